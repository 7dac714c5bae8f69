// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/permission/permission_service.h"

namespace guildhall {

Result<GuildGrant> PermissionService::requireMember(UserId user, GuildId guild)
{
    GuildSnapshotPtr snapshot = m_rights.get(guild);
    if (!snapshot)
        return refuse(ErrorCode::UnknownGuild);
    if (!snapshot->member(user))
        return refuse(ErrorCode::MissingAccess);
    const Permissions permissions = snapshot->permissions(user);
    return GuildGrant(user, permissions, std::move(snapshot));
}

Result<GuildGrant> PermissionService::require(UserId user, GuildId guild, Permissions need)
{
    GH_TRY(GuildGrant grant, requireMember(user, guild));
    if (!grant.has(need))
        return refuse(ErrorCode::MissingPermissions);
    return grant;
}

Result<GuildGrant> PermissionService::requireOwner(UserId user, GuildId guild)
{
    GH_TRY(GuildGrant grant, requireMember(user, guild));
    if (!grant.isOwner())
        return refuse(ErrorCode::MissingPermissions);
    return grant;
}

Result<ChannelGrant> PermissionService::require(UserId user, ChannelId channel, Permissions need)
{
    const std::optional<GuildId> guild = m_rights.guildOf(channel);
    if (!guild)
        return refuse(ErrorCode::UnknownChannel);
    GuildSnapshotPtr snapshot = m_rights.get(*guild);
    if (!snapshot || !snapshot->channel(channel))
        return refuse(ErrorCode::UnknownChannel);
    const Permissions permissions = snapshot->permissions(user, channel);
    if (!permissions.has(Permission::ViewChannel))
        return refuse(ErrorCode::MissingAccess);
    if (!permissions.has(need))
        return refuse(ErrorCode::MissingPermissions);
    return ChannelGrant(user, channel, permissions, std::move(snapshot));
}

Result<MemberGrant> PermissionService::requireOver(UserId actor, GuildId guild, UserId target,
                                                   Permissions need)
{
    GH_TRY(GuildGrant grant, requireMember(actor, guild));
    if (!grant.snapshot().member(target))
        return refuse(ErrorCode::UnknownMember);
    const Rank own = grant.snapshot().rank(actor);
    if (!grant.has(need) || actor == target || !own.isAbove(grant.snapshot().rank(target)))
        return refuse(ErrorCode::MissingPermissions);
    return MemberGrant(std::move(grant), target);
}

Result<void> PermissionService::requireAboveRole(const GuildGrant &grant, RoleId role) const
{
    if (!grant.snapshot().role(role))
        return refuse(ErrorCode::UnknownRole);
    if (!grant.snapshot().rank(grant.user()).isAbove(grant.snapshot().rankOf(role)))
        return refuse(ErrorCode::MissingPermissions);
    return {};
}

} // namespace guildhall
