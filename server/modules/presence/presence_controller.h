// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/presence/typing_service.h"

namespace guildhall {

class Router;

class PresenceController {
public:
    PresenceController(Router &routes, TypingService &typing);

private:
    Result<api::NoReply> startTyping(const Caller &who, ChannelId channel);

    TypingService &m_typing;
};

} // namespace guildhall
