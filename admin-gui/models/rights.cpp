// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/models/rights.h"

#include "admin-gui/models/permission_catalog.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

namespace guildhall::console {

namespace {

struct Translated {
    Q_DECLARE_TR_FUNCTIONS(Rights)
};

Permissions permissionsOf(const GuildView &guild, const Member &member)
{
    const auto held = [&](RoleId role) {
        const auto found = guild.roles.find(role);
        return found == guild.roles.end() ? Permissions() : found->second.permissions;
    };
    Permissions sum;
    for (const RoleId role : member.roles)
        sum |= held(role);
    const auto &until = member.communicationDisabledUntil;
    const bool timedOut = until && until->ms > QDateTime::currentMSecsSinceEpoch();
    const MemberFacts facts{member.user.id, false, member.roles, timedOut};
    return guildPermissions(facts, held(RoleId(guild.guild.id)), sum);
}

} // namespace

Rights Rights::of(const GuildView &guild, UserId self)
{
    Rights rights;
    rights.m_roles = guild.roles;
    rights.m_self = self;
    rights.m_ownerId = guild.guild.ownerId;
    rights.m_everyone = RoleId(guild.guild.id);
    rights.m_owner = guild.statedOwner || (self && guild.guild.ownerId == self);
    const auto member = guild.members.find(self);
    if (rights.m_owner)
        rights.m_permissions = Permissions::all();
    else if (member != guild.members.end() && !guild.roles.empty())
        rights.m_permissions = permissionsOf(guild, member->second);
    else
        rights.m_permissions = guild.statedPermissions.value_or(Permissions());
    if (member != guild.members.end())
        rights.m_rank = rights.rankOf(member->second);
    rights.m_rank.owner = rights.m_owner;
    return rights;
}

Rank Rights::rankOf(const Role &role)
{
    return {role.position, role.id};
}

Rank Rights::rankOf(const Member &member) const
{
    Rank highest;
    for (const RoleId id : member.roles) {
        const auto found = m_roles.find(id);
        if (found != m_roles.end()
            && (highest.role.isNull() || rankOf(found->second).isAbove(highest)))
            highest = rankOf(found->second);
    }
    return highest;
}

QString Rights::missing(Permission permission) const
{
    if (m_permissions.has(permission))
        return {};
    return Translated::tr("Needs the permission “%1”.").arg(permissionName(permission));
}

QString Rights::whyNotKick(const Member &target) const
{
    if (target.user.id == m_self)
        return Translated::tr("You cannot kick yourself.");
    if (QString why = missing(Permission::KickMembers); !why.isEmpty())
        return why;
    if (target.user.id == m_ownerId)
        return Translated::tr("The owner of the guild cannot be kicked.");
    if (!m_rank.isAbove(rankOf(target)))
        return Translated::tr("Their highest role is not below yours.");
    return {};
}

QString Rights::whyNotCreateRole() const
{
    return missing(Permission::ManageRoles);
}

QString Rights::whyNotEditRole(const Role &role) const
{
    if (QString why = missing(Permission::ManageRoles); !why.isEmpty())
        return why;
    if (!m_rank.isAbove(rankOf(role)))
        return Translated::tr("The role is not below your highest role.");
    return {};
}

QString Rights::whyNotDeleteRole(const Role &role) const
{
    if (role.id == m_everyone)
        return Translated::tr("@everyone cannot be deleted.");
    if (role.managed)
        return Translated::tr("The role belongs to a bot and goes with it.");
    return whyNotEditRole(role);
}

QString Rights::whyNotMoveRole(const Role &role) const
{
    if (role.id == m_everyone)
        return Translated::tr("@everyone is always the lowest.");
    return whyNotEditRole(role);
}

QString Rights::whyNotSet(const Role &role, Permission permission) const
{
    if (QString why = whyNotEditRole(role); !why.isEmpty())
        return why;
    if (!m_permissions.has(permission))
        return Translated::tr("Only who has “%1” can give it.").arg(permissionName(permission));
    return {};
}

} // namespace guildhall::console
