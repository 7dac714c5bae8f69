// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/permission/permission_module.h"

#include "server/infrastructure/events/event_bus.h"
#include "server/modules/permission/stale_rights.h"

namespace guildhall {

PermissionModule::PermissionModule(const Kernel &kernel)
    : m_rights(kernel.database, kernel.clock)
    , m_service(m_rights)
{
    kernel.events.atEachCommit([&rights = m_rights](std::span<const AnyEvent> events) {
        for (const auto &[guild, stale] : staleAfter(events))
            rights.refresh(guild, stale);
    });
}

} // namespace guildhall
