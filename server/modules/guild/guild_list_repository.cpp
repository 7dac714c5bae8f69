// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/guild/guild_list_repository.h"

#include "sql/queries/guild.h"

#include <algorithm>

namespace guildhall {

namespace db {

template <>
struct RowReader<ListedGuild> {
    static ListedGuild read(Row &row)
    {
        ListedGuild guild;
        guild.id = row.take<GuildId>();
        guild.name = row.take<QString>();
        guild.icon = row.take<std::optional<QString>>();
        guild.banner = row.take<std::optional<QString>>();
        guild.owner = row.take<UserId>();
        guild.features = row.take<std::vector<QString>>();
        guild.joined = row.take<bool>();
        guild.timedOutUntil = row.take<std::optional<Timestamp>>();
        guild.everyone = row.take<Permissions>();
        guild.roles = row.take<Permissions>();
        return guild;
    }
};

} // namespace db

std::vector<ListedGuild> GuildListRepository::ownAfter(db::Executor &db, UserId user, GuildId after,
                                                       int limit)
{
    return db.list<ListedGuild>(sql::guild::own_guilds_after, db::bind(":user_id", user),
                                db::bind(":after", after), db::bind(":limit", limit));
}

std::vector<ListedGuild> GuildListRepository::ownBefore(db::Executor &db, UserId user,
                                                        GuildId before, int limit)
{
    auto guilds = db.list<ListedGuild>(sql::guild::own_guilds_before, db::bind(":user_id", user),
                                       db::bind(":before", before), db::bind(":limit", limit));
    std::reverse(guilds.begin(), guilds.end());
    return guilds;
}

std::vector<ListedGuild> GuildListRepository::reachable(db::Executor &db, UserId user,
                                                        GuildId after, int limit)
{
    return db.list<ListedGuild>(sql::guild::reachable_guilds, db::bind(":user_id", user),
                                db::bind(":after", after), db::bind(":limit", limit));
}

std::optional<ListedGuild> GuildListRepository::find(db::Executor &db, UserId user, GuildId guild)
{
    return db.maybe<ListedGuild>(sql::guild::reachable_guild, db::bind(":user_id", user),
                                 db::bind(":guild_id", guild));
}

std::vector<std::pair<GuildId, int>>
GuildListRepository::memberCounts(db::Executor &db, std::span<const GuildId> guilds)
{
    return db.list<std::pair<GuildId, int>>(sql::guild::member_counts,
                                            db::bind(":guild_ids", guilds));
}

} // namespace guildhall
