// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/gateway_command_router.h"

#include "server/modules/member/member_service.h"
#include "server/modules/presence/presence_service.h"

namespace guildhall {

GatewayCommandRouter::GatewayCommandRouter(PresenceService &presence, MemberService &members)
    : m_presence(presence)
    , m_members(members)
{
}

void GatewayCommandRouter::updatePresence(const realtime::SessionHandle &session,
                                          const realtime::PresenceUpdate &update)
{
    m_presence.update(session, update);
}

void GatewayCommandRouter::requestMembers(const realtime::SessionHandle &session,
                                          const realtime::MembersRequest &request)
{
    for (QByteArray &chunk : m_members.chunks(session, request))
        session.send("GUILD_MEMBERS_CHUNK", std::move(chunk));
}

} // namespace guildhall
