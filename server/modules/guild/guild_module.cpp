// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/guild/guild_module.h"

#include "server/infrastructure/events/event_bus.h"
#include "server/modules/channel/channel_events.h"
#include "server/modules/guild/guild_events.h"

namespace guildhall {

GuildModule::GuildModule(const Kernel &kernel, PermissionService &permissions, UserService &users,
                         RoleService &roles, MemberService &members)
    : m_service(kernel, permissions, users, roles, members)
    , m_editing(kernel, permissions, users, roles)
    , m_lists(kernel, m_service.counts())
    , m_controller(kernel.routes, m_service, m_editing, m_lists)
{
    kernel.events.declare<GuildUpdated>();
    kernel.events.declare<GuildDeleted>();
    kernel.events.inTransaction<ChannelDeleted>(
        [this](db::Tx &tx, std::span<const ChannelDeleted *const> events) {
            for (const ChannelDeleted *event : events)
                m_editing.forgetChannel(tx, event->channel.guildId, event->channel.id);
        });
}

} // namespace guildhall
