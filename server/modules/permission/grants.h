// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/permission/guild_snapshot.h"

namespace guildhall {

class PermissionService;

/// Proof that somebody was found to have rights, which only PermissionService makes. Functions of
/// repositories that write what was asked for by rights in a guild want one: forgetting the check
/// does not compile. ADR 0007 says which do not.

/// What all of them say; for writes that several of them allow.
class Grant {
public:
    UserId user() const { return m_user; }
    GuildId guild() const { return m_snapshot->guild(); }
    const GuildSnapshot &snapshot() const { return *m_snapshot; }
    /// All that the user may do there, not only what was asked for.
    Permissions permissions() const { return m_permissions; }
    bool has(Permissions wanted) const { return m_permissions.has(wanted); }

protected:
    Grant(UserId user, Permissions permissions, GuildSnapshotPtr snapshot)
        : m_user(user)
        , m_permissions(permissions)
        , m_snapshot(std::move(snapshot))
    { }

private:
    UserId m_user;
    Permissions m_permissions;
    GuildSnapshotPtr m_snapshot;
};

/// `user` is a member of `guild` and holds what was asked for.
class GuildGrant : public Grant {
public:
    bool isOwner() const { return user() == snapshot().owner(); }

private:
    friend class PermissionService;
    GuildGrant(UserId user, Permissions permissions, GuildSnapshotPtr snapshot)
        : Grant(user, permissions, std::move(snapshot))
    { }
};

/// `user` sees `channel` and holds what was asked for there.
class ChannelGrant : public Grant {
public:
    ChannelId channel() const { return m_channel; }
    const ChannelRights &rights() const { return *snapshot().channel(m_channel); }

private:
    friend class PermissionService;
    ChannelGrant(UserId user, ChannelId channel, Permissions permissions, GuildSnapshotPtr snapshot)
        : Grant(user, permissions, std::move(snapshot))
        , m_channel(channel)
    { }

    ChannelId m_channel;
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
