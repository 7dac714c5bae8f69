// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/user/user_module.h"

#include "server/infrastructure/events/event_bus.h"
#include "server/modules/user/user_events.h"

namespace guildhall {

UserModule::UserModule(const Kernel &kernel)
    : m_service(kernel)
    , m_controller(kernel, m_service)
{
    kernel.events.declare<UserUpdated>();
    kernel.events.declare<AccountRegistered>();
    kernel.events.atCommit<UserUpdated>(
        [this](const UserUpdated &event) { m_service.forget(event.user.id); });
}

} // namespace guildhall
