// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/channel/channel_module.h"

#include "server/infrastructure/events/event_bus.h"
#include "server/modules/channel/channel_events.h"
#include "server/modules/role/role_events.h"

namespace guildhall {

ChannelModule::ChannelModule(const Kernel &kernel, PermissionService &permissions)
    : m_service(kernel, permissions)
    , m_editing(kernel, permissions)
    , m_controller(kernel.routes, m_service, m_editing)
{
    kernel.events.declare<ChannelCreated>();
    kernel.events.declare<ChannelUpdated>();
    kernel.events.declare<ChannelDeleted>();
    // What channels change for a role goes with the role, in the same transaction.
    kernel.events.inTransaction<RoleDeleted>(
        [](db::Tx &tx, std::span<const RoleDeleted *const> events) {
            for (const RoleDeleted *event : events) {
                const auto channels = ChannelRepository::removeOverwritesOf(tx, event->roleId);
                tx.publishAllOnCommit(updatesOf(ChannelRepository::find(tx, channels)));
            }
        });
}

} // namespace guildhall
