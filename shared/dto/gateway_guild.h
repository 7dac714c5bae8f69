// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/dto/channel.h"
#include "shared/dto/guild.h"
#include "shared/dto/member.h"
#include "shared/dto/presence.h"

namespace guildhall {

/// A guild as GUILD_CREATE carries it. Clients take one without `channels` for an outage.
/// @source api.md 5, "Guild (gateway GUILD_CREATE)"
struct GatewayGuild : Guild {
    Timestamp joinedAt; ///< the reader's own
    bool large = false;
    bool unavailable = false;
    int memberCount = 0;
    EmptyList voiceStates;
    std::vector<Member> members;
    std::vector<Channel> channels;
    EmptyList threads;
    std::vector<Presence> presences;
    EmptyList stageInstances;
    EmptyList guildScheduledEvents;
    EmptyList soundboardSounds;

    static constexpr auto jsonFields();
};

constexpr auto GatewayGuild::jsonFields()
{
    using json::field;
    using json::MayBeAbsent;
    using G = GatewayGuild;
    return json::fieldsAfter(
        Guild::jsonFields(), field("joined_at", &G::joinedAt, MayBeAbsent{}),
        field("large", &G::large, MayBeAbsent{}),
        field("unavailable", &G::unavailable, MayBeAbsent{}),
        field("member_count", &G::memberCount, MayBeAbsent{}),
        field("voice_states", &G::voiceStates, MayBeAbsent{}),
        field("members", &G::members, MayBeAbsent{}),
        field("channels", &G::channels, MayBeAbsent{}),
        field("threads", &G::threads, MayBeAbsent{}),
        field("presences", &G::presences, MayBeAbsent{}),
        field("stage_instances", &G::stageInstances, MayBeAbsent{}),
        field("guild_scheduled_events", &G::guildScheduledEvents, MayBeAbsent{}),
        field("soundboard_sounds", &G::soundboardSounds, MayBeAbsent{}));
}

} // namespace guildhall
