// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/executor.h"
#include "server/modules/permission/guild_snapshot.h"

namespace guildhall {

/// Reads what decides rights. permission stands at the bottom of the modules and asks no other one.
class PermissionRepository {
public:
    /// nullopt: no such channel. The guild is null for a conversation.
    static std::optional<GuildId> guildOf(db::Executor &db, ChannelId channel);
    /// nullptr: no such guild.
    static std::shared_ptr<const GuildSnapshot::Shape> shape(db::Executor &db, GuildId guild);
    static std::vector<MemberRecord> members(db::Executor &db, GuildId guild);

    // Parts of it, for what is not in force any more.
    static std::optional<UserId> owner(db::Executor &db, GuildId guild);
    static GuildSnapshot::Roles roles(db::Executor &db, GuildId guild);
    /// Those of `channels` that the guild has.
    static GuildSnapshot::Channels channels(db::Executor &db, GuildId guild,
                                            std::span<const ChannelId> channels);
    /// Those of `users` who are members.
    static std::vector<MemberRecord> members(db::Executor &db, GuildId guild,
                                             std::span<const UserId> users);
};

} // namespace guildhall
