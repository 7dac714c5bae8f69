// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/permission/permission_module.h"

#include "server/infrastructure/events/event_bus.h"
#include "server/modules/channel/channel_events.h"
#include "server/modules/guild/guild_events.h"
#include "server/modules/member/member_events.h"
#include "server/modules/role/role_events.h"

namespace guildhall {

PermissionModule::PermissionModule(const Kernel &kernel)
    : m_rights(kernel.database, kernel.clock)
    , m_service(m_rights)
{
    RightsCache &rights = m_rights;
    EventBus &events = kernel.events;
    events.atCommit<GuildUpdated>(
        [&rights](const GuildUpdated &e) { rights.refreshShape(e.guild.id); });
    events.atCommit<GuildDeleted>([&rights](const GuildDeleted &e) { rights.drop(e.guild); });
    events.atCommit<RoleCreated>(
        [&rights](const RoleCreated &e) { rights.refreshShape(e.guildId); });
    events.atCommit<RoleUpdated>(
        [&rights](const RoleUpdated &e) { rights.refreshShape(e.guildId); });
    events.atCommit<RoleDeleted>(
        [&rights](const RoleDeleted &e) { rights.refreshEverything(e.guildId); });
    events.atCommit<ChannelCreated>(
        [&rights](const ChannelCreated &e) { rights.refreshShape(e.channel.guildId); });
    events.atCommit<ChannelUpdated>(
        [&rights](const ChannelUpdated &e) { rights.refreshShape(e.channel.guildId); });
    events.atCommit<ChannelDeleted>([&rights](const ChannelDeleted &e) {
        rights.forgetChannel(e.channel.id);
        rights.refreshShape(e.channel.guildId);
    });
    events.atCommit<MemberJoined>([&rights](const MemberJoined &e) {
        rights.refreshMember(e.member.guildId, e.member.user.id);
    });
    events.atCommit<MemberUpdated>([&rights](const MemberUpdated &e) {
        rights.refreshMember(e.member.guildId, e.member.user.id);
    });
    events.atCommit<MemberLeft>(
        [&rights](const MemberLeft &e) { rights.refreshMember(e.guildId, e.user.id); });
}

} // namespace guildhall
