// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/member/member_editing.h"
#include "server/modules/member/member_service.h"

namespace guildhall {

class Router;

/// The routes of members, and of which roles a member has.
class MemberController {
public:
    MemberController(Router &routes, MemberService &members, MemberEditing &editing);

    Result<std::vector<Member>> list(const Caller &who, GuildId guild,
                                     const Submitted<ListMembers> &query);
    Result<std::vector<Member>> search(const Caller &who, GuildId guild,
                                       const Submitted<SearchMembers> &query);
    Result<Member> find(const Caller &who, GuildId guild, UserId user);
    Result<Member> own(const Caller &who, GuildId guild);
    Result<Member> modify(const Caller &who, GuildId guild, UserId user,
                          const Submitted<ModifyMember> &body);
    Result<Member> modifyOwn(const Caller &who, GuildId guild,
                             const Submitted<ModifyOwnMember> &body);
    Result<ModifyOwnMember> modifyOwnNick(const Caller &who, GuildId guild,
                                          const Submitted<ModifyOwnMember> &body);
    Result<void> kick(const Caller &who, GuildId guild, UserId user);
    Result<void> leave(const Caller &who, GuildId guild);
    Result<void> grantRole(const Caller &who, GuildId guild, UserId user, RoleId role);
    Result<void> revokeRole(const Caller &who, GuildId guild, UserId user, RoleId role);

private:
    MemberService &m_members;
    MemberEditing &m_editing;
};

} // namespace guildhall
