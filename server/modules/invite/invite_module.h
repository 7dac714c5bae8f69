// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/invite/invite_controller.h"

namespace guildhall {

/// Invites: who may let others in, and letting them in.
class InviteModule {
public:
    InviteModule(const Kernel &kernel, PermissionService &permissions, UserService &users,
                 GuildService &guilds, MemberService &members);

private:
    InviteService m_service;
    InviteAcceptance m_acceptance;
    InviteController m_controller;
};

} // namespace guildhall
