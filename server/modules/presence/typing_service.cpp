// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/presence/typing_service.h"

#include "server/infrastructure/events/event_bus.h"
#include "server/infrastructure/runtime/clock.h"
#include "server/modules/member/member_service.h"
#include "server/modules/presence/presence_events.h"

namespace guildhall {

TypingService::TypingService(const Kernel &kernel, PermissionService &permissions,
                             UserService &users)
    : m_kernel(kernel)
    , m_permissions(permissions)
    , m_users(users)
{ }

Result<api::NoReply> TypingService::start(const Caller &who, ChannelId channel)
{
    GH_TRY(const ChannelGrant grant,
           m_permissions.require(who.user, channel, Permission::SendMessages));
    if (!holdsMessages(grant.rights().type))
        return refuse(ErrorCode::NotATextChannel);
    const std::optional<User> user = m_users.find(who.user);
    const MemberRecord *record = grant.snapshot().member(who.user);
    if (!user || !record)
        return refuse(ErrorCode::MissingAccess);
    m_kernel.events.publish(TypingStarted{channel, grant.guild(), who.user,
                                          m_kernel.clock.now().ms / 1000,
                                          toMember(*record, *user)});
    return api::NoReply{};
}

} // namespace guildhall
