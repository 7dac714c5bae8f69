// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/tx.h"
#include "server/modules/channel/overwrite_rights.h"
#include "server/modules/permission/grants.h"
#include "shared/dto/channel.h"

#include <optional>
#include <span>
#include <vector>

namespace guildhall {

/// Rows of channels and overwrites ↔ values.
class ChannelRepository {
public:
    /// All channels of a guild by id, overwrites included.
    static std::vector<Channel> list(db::Executor &db, GuildId guild);
    static std::optional<Channel> find(db::Executor &db, ChannelId channel);
    /// Those of `channels` that are there, by id.
    static std::vector<Channel> find(db::Executor &db, std::span<const ChannelId> channels);
    static std::vector<Channel> childrenOf(db::Executor &db, GuildId guild, ChannelId category);
    /// Roles of the guild and accounts among `ids`. Under lock() the roles stay.
    static std::vector<OverwriteTarget> existingTargets(db::Executor &db, GuildId guild,
                                                        std::span<const OverwriteId> ids);

    /// Holds off other changes of this guild's channels and roles until the transaction ends.
    /// @return whether the guild is still there
    [[nodiscard]] static bool lock(db::Tx &tx, GuildId guild);
    /// Stores the channel with its overwrites. @param position  none: behind all others
    static void insert(db::Tx &tx, const GuildGrant &grant, const Channel &channel,
                       std::optional<int> position, Timestamp now);
    /// Stores everything but the overwrites. @param channel  the grant's
    static void update(db::Tx &tx, const ChannelGrant &grant, const Channel &channel);
    static void remove(db::Tx &tx, const ChannelGrant &grant);

    /// Stores position and parent of each.
    static void place(db::Tx &tx, const GuildGrant &grant, std::span<const Channel> channels);

    /// Stores the overwrites of each. @param channels  of the grant's guild
    static void replaceOverwrites(db::Tx &tx, const Grant &grant,
                                  std::span<const Channel> channels);
    static void putOverwrite(db::Tx &tx, const ChannelGrant &grant, const Overwrite &overwrite);
    /// @return whether there was one
    static bool removeOverwrite(db::Tx &tx, const ChannelGrant &grant, OverwriteId target);
    /// The role is gone, whoever wanted it. @return the channels that had one
    static std::vector<ChannelId> removeOverwritesOf(db::Tx &tx, RoleId role);
};

} // namespace guildhall
