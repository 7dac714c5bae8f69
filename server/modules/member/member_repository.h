// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/tx.h"
#include "server/modules/permission/grants.h"

namespace guildhall {

/// Rows of guild_members and member_roles. Reads give what the database holds at that moment, which
/// inside a transaction is more than the rights know.
class MemberRepository {
public:
    /// A membership and the guild it is in.
    struct InGuild {
        GuildId guild;
        MemberRecord member;
    };

    /// nullopt: no such account. Held until `tx` ends.
    static std::optional<bool> lockAccount(db::Tx &tx, UserId user);
    static bool keepGuild(db::Tx &tx, GuildId guild);
    static std::optional<UserId> keepOwner(db::Tx &tx, GuildId guild);
    /// The member as it is now; nobody else changes it until `tx` ends.
    static std::optional<MemberRecord> lock(db::Tx &tx, GuildId guild, UserId user);

    static bool isBanned(db::Executor &db, GuildId guild, UserId user);
    static int countGuilds(db::Executor &db, UserId user);
    static int count(db::Executor &db, GuildId guild);
    static std::optional<MemberRecord> find(db::Executor &db, GuildId guild, UserId user);
    static std::vector<MemberRecord> page(db::Executor &db, GuildId guild, UserId after, int limit);
    static std::vector<MemberRecord> find(db::Executor &db, GuildId guild,
                                          std::span<const UserId> users);
    static std::vector<MemberRecord> search(db::Executor &db, GuildId guild, const QString &query,
                                            int limit);
    static std::vector<InGuild> membershipsOf(db::Executor &db, UserId user);

    /// With its roles. Joining is no right that somebody grants: whoever calls has found it in
    /// order.
    static void insert(db::Tx &tx, GuildId guild, const MemberRecord &member);
    /// Whether there was such a member.
    static bool remove(db::Tx &tx, GuildId guild, UserId user);
    /// Stores everything of `member` but its roles.
    static void update(db::Tx &tx, const GuildGrant &grant, const MemberRecord &member);
    /// The member has exactly these roles afterwards, those that were deleted meanwhile left out.
    static void setRoles(db::Tx &tx, const GuildGrant &grant, UserId user,
                         const std::vector<RoleId> &roles);
};

} // namespace guildhall
