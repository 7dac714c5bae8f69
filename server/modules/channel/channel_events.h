// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/events/event.h"
#include "shared/dto/channel.h"
#include "shared/json/codec.h"

namespace guildhall {

/// Channel metadata goes to every member, hidden channels included; what happens in them does not.
/// @source api.md 8.3
struct ChannelCreated {
    static constexpr const char *eventName = "CHANNEL_CREATE";
    Channel channel;

    Intent intent() const { return Intent::Guilds; }
    Audience audience() const { return Audience::members(channel.guildId); }
    QByteArray payload(PayloadVariant) const { return json::encode(channel); }
};

struct ChannelUpdated {
    static constexpr const char *eventName = "CHANNEL_UPDATE";
    Channel channel;

    Intent intent() const { return Intent::Guilds; }
    Audience audience() const { return Audience::members(channel.guildId); }
    QByteArray payload(PayloadVariant) const { return json::encode(channel); }
};

/// One for each, to be published together.
inline std::vector<AnyEvent> updatesOf(std::vector<Channel> channels)
{
    std::vector<AnyEvent> events;
    for (Channel &channel : channels)
        events.push_back(AnyEvent::of(ChannelUpdated{std::move(channel)}));
    return events;
}

struct ChannelDeleted {
    static constexpr const char *eventName = "CHANNEL_DELETE";
    Channel channel;

    Intent intent() const { return Intent::Guilds; }
    Audience audience() const { return Audience::members(channel.guildId); }
    QByteArray payload(PayloadVariant) const { return json::encode(channel); }
};

} // namespace guildhall
