// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/permission/grants.h"
#include "shared/core/result.h"
#include "shared/dto/member.h"

namespace guildhall {

/// Who may change what of a member, judged on one state of the guild's rights. Pure.
/// @source api.md 4.3, 6.4
class MemberRules {
public:
    /// @param target  a member of the grant's guild
    MemberRules(const GuildGrant &grant, UserId target);

    /// Whether the actor holds any right that changes members at all: asked before a body is looked
    /// at. @error MissingPermissions
    Result<void> mayChangeAnything() const;
    /// Whether every field of `change` may be changed; roles are judged by mayHaveRoles.
    /// @error MissingPermissions
    Result<void> mayChange(const ModifyMember &change) const;
    /// Whether a member with the roles `before` may be given the roles `after`; both ascending.
    /// @error InvalidRole  @error MissingPermissions
    Result<void> mayHaveRoles(const std::vector<RoleId> &before,
                              const std::vector<RoleId> &after) const;
    /// Whether the actor may grant or revoke this role. @error InvalidRole, MissingPermissions
    Result<void> mayManage(RoleId role) const;
    /// Whether the target stands below the actor, or is the actor.
    bool isBelowOrSelf() const { return m_self || m_below; }

private:
    Result<void> mayChangeNick() const;
    Result<void> mayTimeOut() const;
    Result<void> needs(Permissions right) const;

    const GuildGrant &m_grant;
    UserId m_target;
    bool m_self;
    bool m_below;
};

} // namespace guildhall
