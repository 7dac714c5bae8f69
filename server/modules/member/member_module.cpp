// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/member/member_module.h"

#include "server/infrastructure/events/event_bus.h"
#include "server/modules/member/member_events.h"
#include "server/modules/member/member_listeners.h"

namespace guildhall {

MemberModule::MemberModule(const Kernel &kernel, PermissionService &permissions, UserService &users)
    : m_service(kernel, permissions, users)
    , m_editing(kernel, permissions, users)
    , m_chunks(kernel, permissions, m_service)
    , m_controller(kernel.routes, m_service, m_editing)
{
    kernel.events.declare<MemberJoined>();
    kernel.events.declare<MemberUpdated>();
    kernel.events.declare<MemberLeft>();
    memberListeners::listen(kernel);
}

} // namespace guildhall
