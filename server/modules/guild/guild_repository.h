// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/tx.h"
#include "server/modules/guild/guild_record.h"
#include "server/modules/permission/grants.h"

#include <span>

namespace guildhall {

/// Rows of guilds, and the first channels of one that is being made.
class GuildRepository {
public:
    static std::optional<GuildRecord> find(db::Executor &db, GuildId guild);
    /// The guild as it is now; nobody else changes it, and no member leaves it, until `tx` ends.
    static std::optional<GuildRecord> lock(db::Tx &tx, GuildId guild);
    static bool isMember(db::Executor &db, GuildId guild, UserId user);
    /// Those of the channels that are the guild's, with their types.
    static std::vector<std::pair<ChannelId, ChannelType>>
    channelTypes(db::Executor &db, GuildId guild, std::span<const ChannelId> channels);

    /// Whoever makes a guild has it: there is no right to ask for.
    static void insert(db::Tx &tx, const GuildRecord &guild);
    /// @param channels  categories before their children
    static void insertChannels(db::Tx &tx, GuildId guild, std::span<const Channel> channels);
    static void update(db::Tx &tx, const GuildGrant &grant, const GuildRecord &guild);
    static void remove(db::Tx &tx, const GuildGrant &grant);
    /// Whether the settings named the channel, which they do not any more.
    static bool clearChannel(db::Tx &tx, GuildId guild, ChannelId channel);
};

} // namespace guildhall
