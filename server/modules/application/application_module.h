// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/application/application_controller.h"
#include "server/modules/application/application_service.h"
#include "server/modules/application/bot_authorization.h"

namespace guildhall {

/// Applications, their bots and the bots' tokens.
class ApplicationModule {
public:
    ApplicationModule(const Kernel &kernel, PermissionService &permissions, UserService &users,
                      AuthService &auth, RoleService &roles, MemberService &members);

    ApplicationService &service() { return m_service; }

private:
    ApplicationService m_service;
    BotAuthorization m_authorization;
    ApplicationController m_controller;
};

} // namespace guildhall
