// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/role/role_controller.h"
#include "server/modules/role/role_service.h"

namespace guildhall {

/// Roles: what they may do, how they look, and their order.
class RoleModule {
public:
    RoleModule(const Kernel &kernel, PermissionService &permissions);

    RoleService &service() { return m_service; }

private:
    RoleService m_service;
    RoleController m_controller;
};

} // namespace guildhall
