// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/caller.h"
#include "server/gateway/rest/submitted.h"
#include "server/infrastructure/database/tx.h"
#include "server/modules/kernel.h"
#include "server/modules/member/member_view.h"
#include "server/modules/permission/permission_service.h"
#include "server/modules/user/user_service.h"

namespace guildhall {

/// Who is in which guild: coming, going and looking up. Changes of members that stay are
/// MemberEditing's.
/// @thread api pool (blocks)
class MemberService {
public:
    /// Guilds that a person can be in; bots are not limited. @source api.md 13
    static constexpr int maxGuilds = 100;

    MemberService(const Kernel &kernel, PermissionService &permissions, UserService &users);

    /// Makes `user` a member, whoever let them in: an invite, an open guild, a bot's authorisation.
    /// A member already is given back as it is, without an event. `tx` holds the account until it
    /// ends.
    /// @param roles  roles of the guild to start with, ascending
    /// @error UnknownGuild, UnknownUser, UserBanned, MaximumGuilds
    /// @event MemberJoined
    Result<GuildMember> join(db::Tx &tx, GuildId guild, const User &user,
                             const std::vector<RoleId> &roles = {});
    /// @error UnknownUser; MaximumGuilds when the account can join no more. `tx` holds the account
    /// until it ends.
    Result<void> requireRoomFor(db::Tx &tx, UserId user);
    /// Takes a member out, whatever the reason; for leaving, kicking and banning.
    /// @error UnknownGuild; UnknownMember; InvalidGuild for the owner
    /// @event MemberLeft
    Result<void> remove(db::Tx &tx, GuildId guild, const User &user);

    /// Up to `limit` members above `after`, by user id, as the database has them now.
    std::vector<Member> membersOf(db::Executor &db, GuildId guild, UserId after, int limit);
    /// Those of `users` who are members, by user id.
    std::vector<Member> membersOf(db::Executor &db, GuildId guild, std::span<const UserId> users);
    /// Members with a name that starts with `query`, whatever its case.
    std::vector<Member> membersNamed(db::Executor &db, GuildId guild, const QString &query,
                                     int limit);
    std::optional<Member> member(db::Executor &db, GuildId guild, UserId user);
    int count(db::Executor &db, GuildId guild);

    /// @error UnknownGuild, MissingAccess
    Result<std::vector<Member>> list(const Caller &who, GuildId guild,
                                     const Submitted<ListMembers> &query);
    Result<std::vector<Member>> search(const Caller &who, GuildId guild,
                                       const Submitted<SearchMembers> &query);
    /// @error UnknownGuild, MissingAccess; UnknownMember; UnknownUser when there is nobody like
    /// that
    Result<Member> find(const Caller &who, GuildId guild, UserId user);
    /// The caller's own membership, with the rights in the whole guild.
    /// @error UnknownGuild, MissingAccess
    Result<Member> own(const Caller &who, GuildId guild);

    /// @error UnknownGuild, MissingAccess, UnknownMember, MissingPermissions
    /// @event MemberLeft
    Result<void> kick(const Caller &who, GuildId guild, UserId user);
    /// @error UnknownGuild, MissingAccess; InvalidGuild for the owner
    /// @event MemberLeft
    Result<void> leave(const Caller &who, GuildId guild);

private:
    std::vector<Member> withUsers(const std::vector<MemberRecord> &records);

    Kernel m_kernel;
    PermissionService &m_permissions;
    UserService &m_users;
};

} // namespace guildhall
