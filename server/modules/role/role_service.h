// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/caller.h"
#include "server/gateway/rest/submitted.h"
#include "server/infrastructure/database/tx.h"
#include "server/modules/kernel.h"
#include "server/modules/permission/permission_service.h"
#include "shared/dto/role.h"

namespace guildhall {

/// The roles of guilds. Who has them is the member module's.
/// @thread api pool (blocks)
/// @source api.md 4.3, 6.4
class RoleService {
public:
    /// Roles of one guild, @everyone included. @source api.md 13
    static constexpr int maxRoles = 250;

    RoleService(const Kernel &kernel, PermissionService &permissions);

    /// A new role as its body describes it, without id and position. Rights that the body does not
    /// name are `usual`; whether the sender may hand them out is not judged.
    static Role described(const RoleInput &input, Permissions usual);
    /// Every role, by id; empty when there is no such guild.
    std::vector<Role> list(db::Executor &db, GuildId guild);
    /// The role of a bot that is being added: at position 1, nobody's to grant or delete. Rights
    /// that the granter does not have are left out.
    /// @error UnknownGuild, MaximumRoles  @event RoleCreated, RoleUpdated of those it moves up
    Result<Role> createManaged(db::Tx &tx, const GuildGrant &grant, UserId bot, const QString &name,
                               Permissions permissions);
    /// A bot has left: the role that came with it goes, so that it does not get a second one when
    /// it comes back. @event RoleDeleted
    void removeManaged(db::Tx &tx, GuildId guild, UserId bot);
    /// The roles of a guild that is being made in `tx`; nobody can have seen it, so there is no
    /// event.
    void createFirst(db::Tx &tx, GuildId guild, const std::vector<Role> &roles);

    /// @error UnknownGuild, MissingAccess
    Result<std::vector<Role>> list(const Caller &who, GuildId guild);
    /// @error UnknownGuild, MissingAccess, UnknownRole
    Result<Role> find(const Caller &who, GuildId guild, RoleId role);

    /// At position 1; the others move up.
    /// @error UnknownGuild, MissingAccess
    /// @error MissingPermissions  also for rights that the caller does not have
    /// @error InvalidFormBody, MaximumRoles
    /// @event RoleCreated, RoleUpdated of those it moves up
    Result<Role> create(const Caller &who, GuildId guild, const Submitted<RoleInput> &submitted);
    /// All or nothing. Roles that are not below the caller stay where they are, and no other one
    /// passes them.
    /// @return every role of the guild
    /// @error UnknownGuild, MissingAccess, MissingPermissions, InvalidFormBody, InvalidRole
    /// @event RoleUpdated  for each whose position changed
    Result<std::vector<Role>> move(const Caller &who, GuildId guild,
                                   const Submitted<std::vector<RolePosition>> &submitted);
    /// Of @everyone only the rights can be changed; the rest of the body is ignored for it.
    /// @error UnknownGuild, MissingAccess, UnknownRole, InvalidFormBody
    /// @error MissingPermissions  also for new rights that the caller does not have
    /// @event RoleUpdated         when something changed
    Result<Role> modify(const Caller &who, GuildId guild, RoleId role,
                        const Submitted<RoleInput> &submitted);
    /// @error UnknownGuild, MissingAccess, UnknownRole, MissingPermissions
    /// @error InvalidRole  @everyone, or managed
    /// @event RoleDeleted
    Result<void> remove(const Caller &who, GuildId guild, RoleId role);

private:
    Result<Role> insertLowest(db::Tx &tx, const GuildGrant &grant, Role role);

    Kernel m_kernel;
    PermissionService &m_permissions;
};

} // namespace guildhall
