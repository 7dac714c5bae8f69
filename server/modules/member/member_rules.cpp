// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/member/member_rules.h"

#include <algorithm>
#include <iterator>

namespace guildhall {

namespace {

constexpr Permissions memberRights{Permission::ManageNicknames, Permission::ManageRoles,
                                   Permission::MuteMembers,     Permission::DeafenMembers,
                                   Permission::MoveMembers,     Permission::ModerateMembers,
                                   Permission::ManageGuild};

} // namespace

MemberRules::MemberRules(const GuildGrant &grant, UserId target)
    : m_grant(grant)
    , m_target(target)
    , m_self(grant.user() == target)
    , m_below(grant.snapshot().rank(grant.user()).isAbove(grant.snapshot().rank(target)))
{ }

Result<void> MemberRules::needs(Permissions right) const
{
    if (!m_grant.has(right))
        return refuse(ErrorCode::MissingPermissions);
    return {};
}

Result<void> MemberRules::mayChangeAnything() const
{
    const Permissions own = m_self ? memberRights | Permission::ChangeNickname : memberRights;
    if (!m_grant.permissions().hasAny(own))
        return refuse(ErrorCode::MissingPermissions);
    return {};
}

Result<void> MemberRules::mayChangeNick() const
{
    if (m_self && m_grant.has(Permission::ChangeNickname))
        return {};
    GH_CHECK(needs(Permission::ManageNicknames));
    if (!isBelowOrSelf())
        return refuse(ErrorCode::MissingPermissions);
    return {};
}

Result<void> MemberRules::mayTimeOut() const
{
    GH_CHECK(needs(Permission::ModerateMembers));
    const bool administrator
        = m_grant.snapshot().permissions(m_target).has(Permission::Administrator);
    if (m_self || !m_below || administrator)
        return refuse(ErrorCode::MissingPermissions);
    return {};
}

Result<void> MemberRules::mayChange(const ModifyMember &change) const
{
    if (change.nick.isPresent())
        GH_CHECK(mayChangeNick());
    if (change.roles.isPresent()) {
        GH_CHECK(needs(Permission::ManageRoles));
        if (!isBelowOrSelf())
            return refuse(ErrorCode::MissingPermissions);
    }
    if (change.mute.isPresent())
        GH_CHECK(needs(Permission::MuteMembers));
    if (change.deaf.isPresent())
        GH_CHECK(needs(Permission::DeafenMembers));
    if (change.channelId.isPresent())
        GH_CHECK(needs(Permission::MoveMembers));
    if (change.communicationDisabledUntil.isPresent())
        GH_CHECK(mayTimeOut());
    if (change.flags.isPresent())
        GH_CHECK(needs(Permission::ManageGuild));
    return {};
}

Result<void> MemberRules::mayManage(RoleId role) const
{
    const GuildSnapshot &rights = m_grant.snapshot();
    const RoleRights *found = rights.role(role);
    if (!found || found->managed || role == RoleId(rights.guild()))
        return refuse(ErrorCode::InvalidRole);
    if (!rights.rank(m_grant.user()).isAbove(rights.rankOf(role)))
        return refuse(ErrorCode::MissingPermissions);
    return {};
}

Result<void> MemberRules::mayHaveRoles(const std::vector<RoleId> &before,
                                       const std::vector<RoleId> &after) const
{
    std::vector<RoleId> changed;
    std::set_symmetric_difference(before.begin(), before.end(), after.begin(), after.end(),
                                  std::back_inserter(changed));
    for (const RoleId role : changed)
        GH_CHECK(mayManage(role));
    return {};
}

} // namespace guildhall
