// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"
#include "shared/dto/role.h"

#include <vector>

namespace guildhall {

/// The order of a guild's roles, lowest first, without @everyone, which is always below all. Pure.
/// @source api.md 4.3
class RoleOrder {
public:
    /// @param roles  all of the guild, in any order
    RoleOrder(const std::vector<Role> &roles, GuildId guild);

    /// The order with the roles of `moves` at the positions they name, and the others around them
    /// as they were. Entries without a position, and @everyone at 0, say nothing; libraries send
    /// the whole list back.
    /// @error InvalidRole  an unknown role, or @everyone elsewhere
    Result<RoleOrder> moved(const std::vector<RolePosition> &moves) const;

    /// Whether every role that `isBelow` denies is where it was: above all that were moved, and
    /// among each other as before.
    template <typename IsBelow>
    bool keepsTopOf(const RoleOrder &before, IsBelow isBelow) const
    {
        size_t movable = 0;
        for (const Role &role : before.m_roles)
            movable += isBelow(role) ? 1 : 0;
        for (size_t i = movable; i < m_roles.size(); ++i) {
            if (m_roles[i].id != before.m_roles[i].id)
                return false;
        }
        return true;
    }

    /// The roles whose position is not their place in the order yet, with that position: 1, 2, 3…
    std::vector<Role> renumbered() const;

private:
    GuildId m_guild;
    std::vector<Role> m_roles;
};

} // namespace guildhall
