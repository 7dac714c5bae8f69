// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/executor.h"
#include "shared/core/timestamp.h"
#include "shared/dto/guild.h"

#include <optional>
#include <span>

namespace guildhall {

/// A guild in somebody's list, with what their rights there are made of.
struct ListedGuild {
    GuildId id;
    QString name;
    Nullable<QString> icon;
    Nullable<QString> banner;
    UserId owner;
    std::vector<QString> features;
    bool joined = false;
    std::optional<Timestamp> timedOutUntil;
    Permissions everyone;
    Permissions roles; ///< what the reader's roles add
};

/// Reads lists of guilds as one account sees them, each in one statement.
class GuildListRepository {
public:
    /// Ascending by id, the first above `after`.
    static std::vector<ListedGuild> ownAfter(db::Executor &db, UserId user, GuildId after,
                                             int limit);
    /// Ascending by id, the last below `before`.
    static std::vector<ListedGuild> ownBefore(db::Executor &db, UserId user, GuildId before,
                                              int limit);
    /// The account's and those open to anybody, ascending by id.
    static std::vector<ListedGuild> reachable(db::Executor &db, UserId user, GuildId after,
                                              int limit);
    static std::optional<ListedGuild> find(db::Executor &db, UserId user, GuildId guild);
    /// Of those that have any.
    static std::vector<std::pair<GuildId, int>> memberCounts(db::Executor &db,
                                                             std::span<const GuildId> guilds);
};

} // namespace guildhall
