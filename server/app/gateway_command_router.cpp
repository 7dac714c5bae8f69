// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/gateway_command_router.h"

#include "server/modules/member/member_chunk_service.h"
#include "server/modules/presence/presence_service.h"

namespace guildhall {

GatewayCommandRouter::GatewayCommandRouter(PresenceService &presence, MemberChunkService &members)
    : m_presence(presence)
    , m_members(members)
{ }

void GatewayCommandRouter::updatePresence(const realtime::SessionHandle &session,
                                          const realtime::PresenceUpdate &update)
{
    m_presence.update(session, update);
}

void GatewayCommandRouter::requestMembers(const realtime::SessionHandle &session,
                                          const realtime::MembersRequest &request)
{
    m_members.answer(session, request,
                     [this](const std::vector<UserId> &users) { return m_presence.online(users); });
}

} // namespace guildhall
