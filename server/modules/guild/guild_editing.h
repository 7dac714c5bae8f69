// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/guild/guild_service.h"

namespace guildhall {

/// Changes the settings of guilds, and hands them to another owner. @thread api pool (blocks)
/// @source api.md 6.4
class GuildEditing {
public:
    GuildEditing(const Kernel &kernel, PermissionService &permissions, UserService &users,
                 RoleService &roles);

    /// @error UnknownGuild, MissingAccess
    /// @error MissingPermissions  no ManageGuild; another owner, and the caller is not the one
    /// there
    ///                            is, also when that changed a moment ago
    /// @error InvalidFormBody     also for channels that are not the guild's or of the wrong kind
    /// @error UnknownMember       the new owner is none
    /// @error OwnershipToBot
    /// @event GuildUpdated        when something changed
    Result<Guild> modify(const Caller &who, GuildId guild, const Submitted<ModifyGuild> &submitted);
    /// The settings stop naming a channel that is being deleted in `tx`.
    /// @event GuildUpdated  when they named it
    void forgetChannel(db::Tx &tx, GuildId guild, ChannelId channel);

private:
    Result<void> checkNewOwner(const GuildGrant &grant, UserId owner);

    Kernel m_kernel;
    PermissionService &m_permissions;
    UserService &m_users;
    RoleService &m_roles;
};

} // namespace guildhall
