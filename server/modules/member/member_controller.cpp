// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/member/member_controller.h"

#include "server/gateway/rest/router.h"
#include "shared/api/member_api.h"
#include "shared/api/role_api.h"
#include "shared/api/user_api.h"

namespace guildhall {

MemberController::MemberController(Router &routes, MemberService &members, MemberEditing &editing)
    : m_members(members)
    , m_editing(editing)
{
    routes.bind(api::listMembers, this, &MemberController::list);
    routes.bind(api::searchMembers, this, &MemberController::search);
    routes.bind(api::getMember, this, &MemberController::find);
    routes.bind(api::getOwnMember, this, &MemberController::own);
    routes.bind(api::modifyMember, this, &MemberController::modify);
    routes.bind(api::modifyOwnMember, this, &MemberController::modifyOwn);
    routes.bind(api::modifyOwnNick, this, &MemberController::modifyOwnNick);
    routes.bind(api::kickMember, this, &MemberController::kick);
    routes.bind(api::leaveGuild, this, &MemberController::leave);
    routes.bind(api::grantRole, this, &MemberController::grantRole);
    routes.bind(api::revokeRole, this, &MemberController::revokeRole);
}

Result<std::vector<Member>> MemberController::list(const Caller &who, GuildId guild,
                                                   const Submitted<ListMembers> &query)
{
    return m_members.list(who, guild, query);
}

Result<std::vector<Member>> MemberController::search(const Caller &who, GuildId guild,
                                                     const Submitted<SearchMembers> &query)
{
    return m_members.search(who, guild, query);
}

Result<Member> MemberController::find(const Caller &who, GuildId guild, UserId user)
{
    return m_members.find(who, guild, user);
}

Result<Member> MemberController::own(const Caller &who, GuildId guild)
{
    return m_members.own(who, guild);
}

Result<Member> MemberController::modify(const Caller &who, GuildId guild, UserId user,
                                        const Submitted<ModifyMember> &body)
{
    return m_editing.modify(who, guild, user, body);
}

Result<Member> MemberController::modifyOwn(const Caller &who, GuildId guild,
                                           const Submitted<ModifyOwnMember> &body)
{
    return m_editing.modifyOwn(who, guild, body);
}

Result<ModifyOwnMember> MemberController::modifyOwnNick(const Caller &who, GuildId guild,
                                                        const Submitted<ModifyOwnMember> &body)
{
    GH_TRY(const Member member, m_editing.modifyOwn(who, guild, body));
    return ModifyOwnMember{member.nick ? Patch<QString>(*member.nick) : Patch<QString>::clear()};
}

Result<void> MemberController::kick(const Caller &who, GuildId guild, UserId user)
{
    return m_members.kick(who, guild, user);
}

Result<void> MemberController::leave(const Caller &who, GuildId guild)
{
    return m_members.leave(who, guild);
}

Result<void> MemberController::grantRole(const Caller &who, GuildId guild, UserId user, RoleId role)
{
    return m_editing.grantRole(who, guild, user, role);
}

Result<void> MemberController::revokeRole(const Caller &who, GuildId guild, UserId user,
                                          RoleId role)
{
    return m_editing.revokeRole(who, guild, user, role);
}

} // namespace guildhall
