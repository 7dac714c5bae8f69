// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/guild/guild_repository.h"

#include "shared/core/snowflake.h"
#include "sql/queries/guild.h"

namespace guildhall {

namespace db {

template <>
struct RowReader<GuildRecord> {
    static GuildRecord read(Row &row)
    {
        GuildRecord guild;
        guild.id = row.take<GuildId>();
        guild.name = row.take<QString>();
        guild.owner = row.take<UserId>();
        guild.icon = row.take<std::optional<QString>>();
        guild.banner = row.take<std::optional<QString>>();
        guild.description = row.take<std::optional<QString>>();
        guild.verificationLevel = row.take<int>();
        guild.defaultMessageNotifications = row.take<int>();
        guild.explicitContentFilter = row.take<int>();
        guild.afkChannel = row.take<std::optional<ChannelId>>();
        guild.afkTimeout = row.take<int>();
        guild.systemChannel = row.take<std::optional<ChannelId>>();
        guild.systemChannelFlags = row.take<int>();
        guild.rulesChannel = row.take<std::optional<ChannelId>>();
        guild.publicUpdatesChannel = row.take<std::optional<ChannelId>>();
        guild.preferredLocale = row.take<QString>();
        guild.premiumProgressBar = row.take<bool>();
        guild.features = row.take<std::vector<QString>>();
        return guild;
    }
};

} // namespace db

std::optional<GuildRecord> GuildRepository::find(db::Executor &db, GuildId guild)
{
    return db.maybe<GuildRecord>(sql::guild::guild, db::bind(":guild_id", guild));
}

std::optional<GuildRecord> GuildRepository::lock(db::Tx &tx, GuildId guild)
{
    // Two statements: what a lock waited for is only seen by the statement after it.
    if (!tx.maybe<GuildId>(sql::guild::lock_guild, db::bind(":guild_id", guild)))
        return std::nullopt;
    return find(tx, guild);
}

bool GuildRepository::isMember(db::Executor &db, GuildId guild, UserId user)
{
    return db.one<bool>(sql::guild::is_member, db::bind(":guild_id", guild),
                        db::bind(":user_id", user));
}

std::vector<std::pair<ChannelId, ChannelType>>
GuildRepository::channelTypes(db::Executor &db, GuildId guild, std::span<const ChannelId> channels)
{
    return db.list<std::pair<ChannelId, ChannelType>>(sql::guild::channel_types,
                                                      db::bind(":guild_id", guild),
                                                      db::bind(":channel_ids", channels));
}

void GuildRepository::insert(db::Tx &tx, const GuildRecord &guild)
{
    tx.exec(sql::guild::insert_guild, db::bind(":id", guild.id), db::bind(":name", guild.name),
            db::bind(":owner_id", guild.owner), db::bind(":icon", guild.icon),
            db::bind(":description", guild.description),
            db::bind(":verification_level", guild.verificationLevel),
            db::bind(":default_message_notifications", guild.defaultMessageNotifications),
            db::bind(":explicit_content_filter", guild.explicitContentFilter),
            db::bind(":afk_channel_id", guild.afkChannel),
            db::bind(":afk_timeout", guild.afkTimeout),
            db::bind(":system_channel_id", guild.systemChannel),
            db::bind(":system_channel_flags", guild.systemChannelFlags),
            db::bind(":created_at", createdAt(guild.id)));
}

void GuildRepository::update(db::Tx &tx, const GuildGrant &grant, const GuildRecord &guild)
{
    tx.exec(sql::guild::update_guild, db::bind(":guild_id", grant.guild()),
            db::bind(":name", guild.name), db::bind(":owner_id", guild.owner),
            db::bind(":icon", guild.icon), db::bind(":banner", guild.banner),
            db::bind(":description", guild.description),
            db::bind(":verification_level", guild.verificationLevel),
            db::bind(":default_message_notifications", guild.defaultMessageNotifications),
            db::bind(":explicit_content_filter", guild.explicitContentFilter),
            db::bind(":afk_channel_id", guild.afkChannel),
            db::bind(":afk_timeout", guild.afkTimeout),
            db::bind(":system_channel_id", guild.systemChannel),
            db::bind(":system_channel_flags", guild.systemChannelFlags),
            db::bind(":rules_channel_id", guild.rulesChannel),
            db::bind(":public_updates_channel_id", guild.publicUpdatesChannel),
            db::bind(":preferred_locale", guild.preferredLocale),
            db::bind(":premium_progress_bar_enabled", guild.premiumProgressBar),
            db::bind(":features", guild.features));
}

void GuildRepository::remove(db::Tx &tx, const GuildGrant &grant)
{
    tx.exec(sql::guild::delete_guild, db::bind(":guild_id", grant.guild()));
}

bool GuildRepository::clearChannel(db::Tx &tx, GuildId guild, ChannelId channel)
{
    return tx.exec(sql::guild::clear_channel, db::bind(":guild_id", guild),
                   db::bind(":channel_id", channel))
        > 0;
}

} // namespace guildhall
