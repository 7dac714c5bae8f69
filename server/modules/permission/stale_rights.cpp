// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/permission/stale_rights.h"

#include "server/modules/channel/channel_events.h"
#include "server/modules/guild/guild_events.h"
#include "server/modules/member/member_events.h"
#include "server/modules/role/role_events.h"

#include <typeindex>
#include <unordered_map>

namespace guildhall {

namespace {

using StaleGuilds = std::map<GuildId, StaleRights>;

void add(const GuildUpdated &event, StaleGuilds &stale)
{
    stale[event.guild.id].owner = true;
}

void add(const GuildDeleted &event, StaleGuilds &stale)
{
    stale[event.guild].guild = true;
}

void add(const RoleCreated &event, StaleGuilds &stale)
{
    stale[event.guildId].roles = true; // the others have moved up
}

void add(const RoleUpdated &event, StaleGuilds &stale)
{
    stale[event.guildId].roles = true;
}

void add(const RoleDeleted &event, StaleGuilds &stale)
{
    StaleRights &guild = stale[event.guildId];
    guild.roles = true;
    guild.lostRoles.push_back(event.roleId);
}

void add(const ChannelCreated &event, StaleGuilds &stale)
{
    stale[event.channel.guildId].channels.push_back(event.channel.id);
}

void add(const ChannelUpdated &event, StaleGuilds &stale)
{
    stale[event.channel.guildId].channels.push_back(event.channel.id);
}

void add(const ChannelDeleted &event, StaleGuilds &stale)
{
    StaleRights &guild = stale[event.channel.guildId];
    guild.channels.push_back(event.channel.id);
    guild.lostChannels.push_back(event.channel.id);
}

void add(const MemberJoined &event, StaleGuilds &stale)
{
    stale[event.member.guildId].members.push_back(event.member.user.id);
}

void add(const MemberUpdated &event, StaleGuilds &stale)
{
    stale[event.member.guildId].members.push_back(event.member.user.id);
}

void add(const MemberLeft &event, StaleGuilds &stale)
{
    stale[event.guildId].members.push_back(event.user.id);
}

using Adder = void (*)(const AnyEvent &, StaleGuilds &);

template <typename... Events>
std::unordered_map<std::type_index, Adder> addersOf()
{
    return {{typeid(Events), [](const AnyEvent &event, StaleGuilds &stale) {
                 add(*event.as<Events>(), stale);
             }}...};
}

} // namespace

std::map<GuildId, StaleRights> staleAfter(std::span<const AnyEvent> events)
{
    static const auto adders = addersOf<GuildUpdated, GuildDeleted, RoleCreated, RoleUpdated,
                                        RoleDeleted, ChannelCreated, ChannelUpdated, ChannelDeleted,
                                        MemberJoined, MemberUpdated, MemberLeft>();
    StaleGuilds stale;
    for (const AnyEvent &event : events) {
        if (const auto found = adders.find(event.type()); found != adders.end())
            found->second(event, stale);
    }
    return stale;
}

} // namespace guildhall
