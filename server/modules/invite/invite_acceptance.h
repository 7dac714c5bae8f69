// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/invite/invite_service.h"
#include "server/modules/member/member_service.h"

namespace guildhall {

/// Lets people in by invite. @thread api pool (blocks)
/// @source api.md 6.9
class InviteAcceptance {
public:
    InviteAcceptance(const Kernel &kernel, UserService &users, GuildService &guilds,
                     MemberService &members);

    /// A use is counted for a real join only; the last one ends the invite. Invites of concurrent
    /// joins are used one after the other, so that never more join than it allows.
    /// @error UnknownInvite; UserBanned, MaximumGuilds
    /// @event MemberJoined; InviteDeleted with the last use
    Result<AcceptedInvite> accept(const Caller &who, const QString &code);
    /// For somebody who registered with an invite. What is wrong with it is logged: the account is
    /// there all the same.
    void acceptAtRegistration(UserId user, const QString &code) noexcept;

private:
    Result<AcceptedInvite> accept(const User &user, const QString &code);

    Kernel m_kernel;
    UserService &m_users;
    GuildService &m_guilds;
    MemberService &m_members;
};

} // namespace guildhall
