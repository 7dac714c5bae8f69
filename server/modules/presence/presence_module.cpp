// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/presence/presence_module.h"

#include "server/infrastructure/events/event_bus.h"
#include "server/modules/presence/presence_events.h"

namespace guildhall {

PresenceModule::PresenceModule(const Kernel &kernel, PermissionService &permissions,
                               UserService &users)
    : m_service(kernel)
    , m_typing(kernel, permissions, users)
    , m_controller(kernel.routes, m_typing)
{
    kernel.events.declare<PresenceChanged>();
    kernel.events.declare<TypingStarted>();
}

} // namespace guildhall
