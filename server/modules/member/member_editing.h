// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/member/member_service.h"

namespace guildhall {

class MemberRepository;

/// Changes members: nickname, roles, mute, time-out. Each field asks for a right of its own; a
/// request that lacks one changes nothing.
/// @thread api pool (blocks)
/// @source api.md 4.3, 6.4
class MemberEditing {
public:
    /// How far ahead a time-out may end.
    static constexpr qint64 longestTimeoutMs = 28ll * 24 * 3600 * 1000;

    MemberEditing(const Kernel &kernel, PermissionService &permissions, UserService &users);

    /// @error UnknownGuild, MissingAccess, UnknownMember
    /// @error MissingPermissions    a right is missing, or the target or a role is not below
    /// @error InvalidRole           unknown, @everyone, or managed
    /// @error InvalidFormBody       a bad value; moving somebody who is in no voice channel
    /// @event MemberUpdated         when something changed
    Result<Member> modify(const Caller &who, GuildId guild, UserId user,
                          const Submitted<ModifyMember> &submitted);
    /// The caller's own nickname. @error UnknownGuild, MissingAccess, MissingPermissions
    /// @event MemberUpdated
    Result<Member> modifyOwn(const Caller &who, GuildId guild,
                             const Submitted<ModifyOwnMember> &submitted);
    /// Nothing happens when the member has the role already.
    /// @error UnknownGuild, MissingAccess, UnknownMember, UnknownRole, InvalidRole,
    /// MissingPermissions
    /// @event MemberUpdated
    Result<void> grantRole(const Caller &who, GuildId guild, UserId user, RoleId role);
    Result<void> revokeRole(const Caller &who, GuildId guild, UserId user, RoleId role);

private:
    /// Makes the change to a record that is locked; refuses, or says nothing.
    using Change = std::function<Result<void>(MemberRecord &)>;

    Result<Member> apply(const GuildGrant &grant, UserId user, const Change &change);
    Result<void> setRole(const Caller &who, GuildId guild, UserId user, RoleId role, bool granted);

    Kernel m_kernel;
    PermissionService &m_permissions;
    UserService &m_users;
};

} // namespace guildhall
