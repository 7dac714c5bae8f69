// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/presence/presence_controller.h"

#include "server/gateway/rest/router.h"
#include "shared/api/channel_api.h"

namespace guildhall {

PresenceController::PresenceController(Router &routes, TypingService &typing)
    : m_typing(typing)
{
    routes.bind(api::startTyping, this, &PresenceController::startTyping);
}

Result<api::NoReply> PresenceController::startTyping(const Caller &who, ChannelId channel)
{
    return m_typing.start(who, channel);
}

} // namespace guildhall
