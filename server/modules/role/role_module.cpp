// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/role/role_module.h"

#include "server/infrastructure/events/event_bus.h"
#include "server/modules/role/role_events.h"

namespace guildhall {

RoleModule::RoleModule(const Kernel &kernel, PermissionService &permissions)
    : m_service(kernel, permissions)
    , m_controller(kernel.routes, m_service)
{
    kernel.events.declare<RoleCreated>();
    kernel.events.declare<RoleUpdated>();
    kernel.events.declare<RoleDeleted>();
}

} // namespace guildhall
