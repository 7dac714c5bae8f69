// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/permission/grants.h"
#include "server/modules/permission/rights_cache.h"
#include "shared/core/result.h"

namespace guildhall {

/// Says who may do what. Checks go against snapshots and ask the database only for a guild that is
/// not in use yet. Call it before opening a transaction.
/// @thread api pool (blocks while a guild is read for the first time)
class PermissionService {
public:
    explicit PermissionService(RightsCache &rights)
        : m_rights(rights)
    { }

    /// @error UnknownGuild   there is no such guild
    /// @error MissingAccess  `user` is no member of it
    Result<GuildGrant> requireMember(UserId user, GuildId guild);
    /// @error UnknownGuild, MissingAccess, MissingPermissions
    Result<GuildGrant> require(UserId user, GuildId guild, Permissions need);
    /// @error UnknownGuild, MissingAccess; MissingPermissions when `user` is not the owner
    Result<GuildGrant> requireOwner(UserId user, GuildId guild);

    /// @error UnknownChannel      there is no such channel
    /// @error MissingAccess       `user` is no member, or does not see it
    /// @error MissingPermissions  sees it, but lacks some of `need`
    Result<ChannelGrant> require(UserId user, ChannelId channel, Permissions need);
    Result<ChannelGrant> requireVisible(UserId user, ChannelId channel)
    {
        return require(user, channel, Permission::ViewChannel);
    }

    /// For kick, ban, time-out, nickname and roles of another member.
    /// @error UnknownMember       `target` is no member
    /// @error MissingPermissions  lacks `need`, does not stand above `target`, or `target` is the
    /// owner
    Result<MemberGrant> requireOver(UserId actor, GuildId guild, UserId target, Permissions need);

    /// Whether the holder of `grant` stands above a role: for editing, moving, granting, deleting
    /// it.
    /// @error UnknownRole, MissingPermissions
    Result<void> requireAboveRole(const GuildGrant &grant, RoleId role) const;

    /// The rights of one guild as they are now; null when there is no such guild.
    GuildSnapshotPtr snapshot(GuildId guild) { return m_rights.get(guild); }

private:
    RightsCache &m_rights;
};

} // namespace guildhall
