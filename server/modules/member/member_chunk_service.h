// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/commands.h"
#include "server/modules/member/member_service.h"
#include "shared/dto/member_chunk.h"

#include <functional>

namespace guildhall {

/// Answers op 8, REQUEST_GUILD_MEMBERS, in parts of at most 1000 members.
/// @thread pool (blocks)
/// @source api.md 7.6
class MemberChunkService {
public:
    /// Members that a search gives at most.
    static constexpr int maxFound = 100;
    /// The presences of those of the users who are online; nothing when presences are not kept.
    using PresencesOf = std::function<std::vector<Presence>(const std::vector<UserId> &)>;
    /// Takes an encoded GUILD_MEMBERS_CHUNK.
    using Send = std::function<void(QByteArray d)>;

    MemberChunkService(const Kernel &kernel, PermissionService &permissions,
                       MemberService &members);

    /// For GatewayCommands::requestMembers.
    void answer(const realtime::SessionHandle &session, const realtime::MembersRequest &request,
                const PresencesOf &presencesOf);
    /// Calls `send` at least once: with one empty part when the asker is no member, or is a bot
    /// that asks for everybody without the GUILD_MEMBERS intent. Presences need GUILD_PRESENCES of
    /// a bot.
    void answer(const realtime::SessionInfo &asker, const realtime::MembersRequest &request,
                const PresencesOf &presencesOf, const Send &send);

private:
    class Parts;

    void sendAll(GuildId guild, Parts &parts);
    void sendFound(const realtime::MembersRequest &request, Parts &parts);
    void sendNamed(const realtime::MembersRequest &request, Parts &parts);

    Kernel m_kernel;
    PermissionService &m_permissions;
    MemberService &m_members;
};

} // namespace guildhall
