// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/models/guild_view.h"
#include "shared/permission/permissions.h"
#include "shared/permission/resolve.h"

#include <QString>

namespace guildhall::console {

/// What the signed-in account may do in a guild. Each question is answered by the reason why not,
/// for the tooltip of what is disabled; empty when it may. The server decides in the end.
/// @source api.md 4.2 and 4.3
class Rights {
public:
    /// Nothing: no guild is chosen.
    Rights() = default;
    static Rights of(const GuildView &guild, UserId self);

    bool has(Permission permission) const { return m_permissions.has(permission); }

    QString whyNotKick(const Member &target) const;
    QString whyNotCreateRole() const;
    QString whyNotEditRole(const Role &role) const;
    QString whyNotDeleteRole(const Role &role) const;
    /// Moving a role past its neighbour needs both to be below the account's own.
    QString whyNotMoveRole(const Role &role) const;
    /// Whether a right may be given or taken away with a role.
    QString whyNotSet(const Role &role, Permission permission) const;

private:
    static Rank rankOf(const Role &role);
    Rank rankOf(const Member &member) const;
    QString missing(Permission permission) const;

    std::map<RoleId, Role> m_roles;
    UserId m_self;
    UserId m_ownerId;
    RoleId m_everyone;
    bool m_owner = false;
    Permissions m_permissions;
    Rank m_rank;
};

} // namespace guildhall::console
