// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/identity.h"

#include <QByteArray>

#include <optional>
#include <utility>
#include <vector>

namespace guildhall::realtime {

/// A bot's `shard: [index, count]`.
struct ShardOf {
    quint32 index = 0;
    quint32 count = 1;

    bool holds(GuildId guild) const { return (guild.value() >> 22) % count == index; }
};

/// What a session asked for in IDENTIFY.
struct ReadyRequest {
    Identity identity;
    Intents intents = Intents::all();
    int largeThreshold = 50; ///< 50…250
    std::optional<ShardOf> shard;
};

struct ReadyGuild {
    GuildId id;
    QByteArray create; ///< `d` of its GUILD_CREATE
};

/// The parts of READY that modules know. Everything is encoded JSON.
/// The gateway itself adds v, session_id, resume_gateway_url, shard, session_type and the empty
/// values that clients iterate; for bots it makes `guilds` stubs and sends a GUILD_CREATE each.
struct ReadyData {
    QByteArray user; ///< UserSelf
    /// Every guild of the user; guilds of another shard may be left out and are ignored.
    std::vector<ReadyGuild> guilds;
    QByteArray application; ///< bots: `{"id":…,"flags":…}`; users: empty
    QByteArray privateChannels = "[]";
    /// More keys of `d`, such as read_state; a key given here replaces the gateway's empty value.
    std::vector<std::pair<QByteArray, QByteArray>> extra;
};

/// Reads the state that a session starts from.
class ReadySource {
public:
    virtual ~ReadySource() = default;

    /// Must read committed state as it is when called, not a cache that may lag behind: events that
    /// were published before the call are not delivered again.
    /// @thread pool (may block); a Fault makes the gateway try again, then answer op 9
    virtual ReadyData ready(const ReadyRequest &request) = 0;
    /// `d` of GUILD_CREATE for a session whose user joined `guild`; nullopt when the user is no
    /// member (any more). Same rules as ready().
    virtual std::optional<QByteArray> guildCreate(const ReadyRequest &request, GuildId guild) = 0;
};

} // namespace guildhall::realtime
