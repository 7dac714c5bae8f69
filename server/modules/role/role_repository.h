// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/tx.h"
#include "server/modules/permission/grants.h"
#include "shared/dto/role.h"

namespace guildhall {

/// Rows of roles.
class RoleRepository {
public:
    /// false: no such guild. Its roles are nobody else's to add, move or delete until `tx` ends.
    static bool lockOrder(db::Tx &tx, GuildId guild);

    /// With @everyone, by id.
    static std::vector<Role> list(db::Executor &db, GuildId guild);
    static std::optional<Role> find(db::Executor &db, GuildId guild, RoleId role);
    static int count(db::Executor &db, GuildId guild);

    /// Moves every role but @everyone up by one.
    static void shiftUp(db::Tx &tx, const GuildGrant &grant);
    static void insert(db::Tx &tx, const GuildGrant &grant, const Role &role);
    /// For a guild that is being made: nobody has rights in it yet.
    static void insertFirst(db::Tx &tx, GuildId guild, const Role &role);
    /// Everything but the position.
    static void update(db::Tx &tx, const GuildGrant &grant, const Role &role);
    static void setPositions(db::Tx &tx, const GuildGrant &grant, std::span<const Role> roles);
    static void remove(db::Tx &tx, const GuildGrant &grant, RoleId role);
    /// The roles that came with a bot. It has left the guild, whoever wanted it.
    static std::vector<RoleId> removeOfBot(db::Tx &tx, GuildId guild, UserId bot);
};

} // namespace guildhall
