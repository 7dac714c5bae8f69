// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/permission/guild_snapshot.h"

namespace guildhall {

class PermissionService;

/// Proof that somebody was found to have rights. Writing functions of repositories ask for one, and
/// only PermissionService makes them: forgetting the check does not compile.

/// `user` is a member of `guild` and holds what was asked for.
class GuildGrant {
public:
    UserId user() const { return m_user; }
    GuildId guild() const { return m_snapshot->guild(); }
    const GuildSnapshot &snapshot() const { return *m_snapshot; }
    /// All of the member's rights in the guild, not only those asked for.
    Permissions permissions() const { return m_permissions; }
    bool has(Permissions wanted) const { return m_permissions.has(wanted); }
    bool isOwner() const { return m_user == m_snapshot->owner(); }

private:
    friend class PermissionService;
    GuildGrant(UserId user, Permissions permissions, GuildSnapshotPtr snapshot)
        : m_user(user)
        , m_permissions(permissions)
        , m_snapshot(std::move(snapshot))
    { }

    UserId m_user;
    Permissions m_permissions;
    GuildSnapshotPtr m_snapshot;
};

/// `user` sees `channel` and holds what was asked for there.
class ChannelGrant {
public:
    UserId user() const { return m_user; }
    ChannelId channel() const { return m_channel; }
    GuildId guild() const { return m_snapshot->guild(); }
    const GuildSnapshot &snapshot() const { return *m_snapshot; }
    const ChannelRights &rights() const { return *m_snapshot->channel(m_channel); }
    Permissions permissions() const { return m_permissions; }
    bool has(Permissions wanted) const { return m_permissions.has(wanted); }

private:
    friend class PermissionService;
    ChannelGrant(UserId user, ChannelId channel, Permissions permissions, GuildSnapshotPtr snapshot)
        : m_user(user)
        , m_channel(channel)
        , m_permissions(permissions)
        , m_snapshot(std::move(snapshot))
    { }

    UserId m_user;
    ChannelId m_channel;
    Permissions m_permissions;
    GuildSnapshotPtr m_snapshot;
};

/// `actor` holds what was asked for and stands above `target` in the order of roles.
class MemberGrant {
public:
    UserId actor() const { return m_guild.user(); }
    UserId target() const { return m_target; }
    GuildId guild() const { return m_guild.guild(); }
    const GuildGrant &inGuild() const { return m_guild; }

private:
    friend class PermissionService;
    MemberGrant(GuildGrant guild, UserId target)
        : m_guild(std::move(guild))
        , m_target(target)
    { }

    GuildGrant m_guild;
    UserId m_target;
};

} // namespace guildhall
