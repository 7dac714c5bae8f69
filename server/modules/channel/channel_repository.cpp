// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/channel/channel_repository.h"

#include "sql/queries/channel.h"

#include <unordered_map>

namespace guildhall {

namespace {

struct OverwriteRow {
    ChannelId channel;
    Overwrite overwrite;
};

} // namespace

template <>
struct db::RowReader<Channel> {
    static Channel read(Row &row)
    {
        Channel channel;
        channel.id = row.take<ChannelId>();
        channel.type = ChannelType(row.take<int>());
        channel.guildId = row.take<GuildId>();
        channel.name = row.take<QString>();
        channel.position = row.take<int>();
        channel.parentId = row.take<std::optional<ChannelId>>();
        channel.flags = row.take<int>();
        channel.nsfw = row.take<bool>();
        channel.topic = row.take<std::optional<QString>>();
        channel.rateLimitPerUser = row.take<int>();
        channel.lastMessageId = row.take<std::optional<MessageId>>();
        channel.lastPinTimestamp = row.take<std::optional<Timestamp>>();
        channel.defaultAutoArchiveDuration = row.take<std::optional<int>>();
        channel.defaultThreadRateLimitPerUser = row.take<std::optional<int>>();
        channel.bitrate = row.take<std::optional<int>>();
        channel.userLimit = row.take<std::optional<int>>();
        const auto region = row.take<std::optional<QString>>();
        if (isVoiceLike(channel.type))
            channel.rtcRegion = region ? Patch<QString>(*region) : Patch<QString>::clear();
        channel.videoQualityMode = row.take<std::optional<int>>();
        return channel;
    }
};

template <>
struct db::RowReader<OverwriteTarget> {
    static OverwriteTarget read(Row &row)
    {
        OverwriteTarget target;
        target.id = row.take<OverwriteId>();
        target.type = OverwriteType(row.take<int>());
        return target;
    }
};

template <>
struct db::RowReader<OverwriteRow> {
    static OverwriteRow read(Row &row)
    {
        OverwriteRow result;
        result.channel = row.take<ChannelId>();
        result.overwrite.id = row.take<OverwriteId>();
        result.overwrite.type = OverwriteType(row.take<int>());
        result.overwrite.allow = row.take<Permissions>();
        result.overwrite.deny = row.take<Permissions>();
        return result;
    }
};

namespace {

std::vector<ChannelId> idsOf(std::span<const Channel> channels)
{
    std::vector<ChannelId> ids;
    for (const Channel &channel : channels)
        ids.push_back(channel.id);
    return ids;
}

void insertOverwrites(db::Tx &tx, const Grant &grant, std::span<const Channel> channels)
{
    std::vector<ChannelId> ids;
    std::vector<OverwriteId> targets;
    std::vector<int> types;
    std::vector<Permissions> allows;
    std::vector<Permissions> denies;
    for (const Channel &channel : channels) {
        for (const Overwrite &overwrite : channel.permissionOverwrites) {
            ids.push_back(channel.id);
            targets.push_back(overwrite.id);
            types.push_back(int(overwrite.type));
            allows.push_back(overwrite.allow);
            denies.push_back(overwrite.deny);
        }
    }
    if (ids.empty())
        return;
    tx.exec(sql::channel::insert_overwrites, db::bind(":guild_id", grant.guild()),
            db::bind(":channel_ids", ids), db::bind(":target_ids", targets),
            db::bind(":types", types), db::bind(":allows", allows), db::bind(":denies", denies));
}

std::vector<Channel> joined(std::vector<Channel> channels, const std::vector<OverwriteRow> &rows)
{
    std::unordered_map<ChannelId, Channel *> byId;
    for (Channel &channel : channels)
        byId.emplace(channel.id, &channel);
    for (const OverwriteRow &row : rows) {
        if (const auto found = byId.find(row.channel); found != byId.end())
            found->second->permissionOverwrites.push_back(row.overwrite);
    }
    return channels;
}

} // namespace

std::vector<Channel> ChannelRepository::list(db::Executor &db, GuildId guild)
{
    auto channels = db.list<Channel>(sql::channel::list_channels, db::bind(":guild_id", guild));
    return joined(
        std::move(channels),
        db.list<OverwriteRow>(sql::channel::overwrites_of_guild, db::bind(":guild_id", guild)));
}

std::vector<Channel> ChannelRepository::find(db::Executor &db, std::span<const ChannelId> ids)
{
    if (ids.empty())
        return {};
    auto channels = db.list<Channel>(sql::channel::find_channels, db::bind(":channel_ids", ids));
    if (channels.empty())
        return {};
    return joined(
        std::move(channels),
        db.list<OverwriteRow>(sql::channel::overwrites_of_channels, db::bind(":channel_ids", ids)));
}

std::optional<Channel> ChannelRepository::find(db::Executor &db, ChannelId id)
{
    std::vector<Channel> found = find(db, {&id, 1});
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<Channel> ChannelRepository::childrenOf(db::Executor &db, GuildId guild,
                                                   ChannelId category)
{
    return find(db,
                db.list<ChannelId>(sql::channel::children_of, db::bind(":guild_id", guild),
                                   db::bind(":parent_id", category)));
}

std::vector<OverwriteTarget> ChannelRepository::existingTargets(db::Executor &db, GuildId guild,
                                                                std::span<const OverwriteId> ids)
{
    if (ids.empty())
        return {};
    return db.list<OverwriteTarget>(sql::channel::existing_targets, db::bind(":guild_id", guild),
                                    db::bind(":target_ids", ids));
}

bool ChannelRepository::lock(db::Tx &tx, GuildId guild)
{
    return tx.maybe<GuildId>(sql::channel::lock_guild, db::bind(":guild_id", guild)).has_value();
}

void ChannelRepository::insert(db::Tx &tx, const GuildGrant &grant, const Channel &channel,
                               std::optional<int> position, Timestamp now)
{
    tx.exec(
        sql::channel::insert_channel, db::bind(":id", channel.id),
        db::bind(":guild_id", grant.guild()), db::bind(":type", channel.type),
        db::bind(":name", channel.name), db::bind(":topic", channel.topic),
        db::bind(":position", position), db::bind(":parent_id", channel.parentId),
        db::bind(":nsfw", channel.nsfw), db::bind(":rate_limit_per_user", channel.rateLimitPerUser),
        db::bind(":default_auto_archive_duration", channel.defaultAutoArchiveDuration),
        db::bind(":default_thread_rate_limit_per_user", channel.defaultThreadRateLimitPerUser),
        db::bind(":bitrate", channel.bitrate), db::bind(":user_limit", channel.userLimit),
        db::bind(":rtc_region", channel.rtcRegion.asOptional()),
        db::bind(":video_quality_mode", channel.videoQualityMode), db::bind(":created_at", now));
    insertOverwrites(tx, grant, {&channel, 1});
}

void ChannelRepository::update(db::Tx &tx, const ChannelGrant &grant, const Channel &channel)
{
    tx.exec(sql::channel::update_channel, db::bind(":channel_id", grant.channel()),
            db::bind(":type", channel.type), db::bind(":name", channel.name),
            db::bind(":topic", channel.topic), db::bind(":position", channel.position),
            db::bind(":parent_id", channel.parentId), db::bind(":nsfw", channel.nsfw),
            db::bind(":rate_limit_per_user", channel.rateLimitPerUser),
            db::bind(":default_auto_archive_duration", channel.defaultAutoArchiveDuration),
            db::bind(":default_thread_rate_limit_per_user", channel.defaultThreadRateLimitPerUser),
            db::bind(":bitrate", channel.bitrate), db::bind(":user_limit", channel.userLimit),
            db::bind(":rtc_region", channel.rtcRegion.asOptional()),
            db::bind(":video_quality_mode", channel.videoQualityMode));
}

void ChannelRepository::remove(db::Tx &tx, const ChannelGrant &grant)
{
    tx.exec(sql::channel::delete_channel, db::bind(":channel_id", grant.channel()));
}

void ChannelRepository::place(db::Tx &tx, const GuildGrant &grant,
                              std::span<const Channel> channels)
{
    std::vector<int> positions;
    std::vector<std::optional<ChannelId>> parents;
    for (const Channel &channel : channels) {
        positions.push_back(channel.position);
        parents.push_back(channel.parentId);
    }
    tx.exec(sql::channel::place_channels, db::bind(":guild_id", grant.guild()),
            db::bind(":channel_ids", idsOf(channels)), db::bind(":positions", positions),
            db::bind(":parent_ids", parents));
}

void ChannelRepository::replaceOverwrites(db::Tx &tx, const Grant &grant,
                                          std::span<const Channel> channels)
{
    if (channels.empty())
        return;
    tx.exec(sql::channel::delete_overwrites, db::bind(":guild_id", grant.guild()),
            db::bind(":channel_ids", idsOf(channels)));
    insertOverwrites(tx, grant, channels);
}

void ChannelRepository::putOverwrite(db::Tx &tx, const ChannelGrant &grant,
                                     const Overwrite &overwrite)
{
    tx.exec(sql::channel::put_overwrite, db::bind(":channel_id", grant.channel()),
            db::bind(":target_id", overwrite.id), db::bind(":type", overwrite.type),
            db::bind(":allow", overwrite.allow), db::bind(":deny", overwrite.deny));
}

bool ChannelRepository::removeOverwrite(db::Tx &tx, const ChannelGrant &grant, OverwriteId target)
{
    return tx.exec(sql::channel::delete_overwrite, db::bind(":channel_id", grant.channel()),
                   db::bind(":target_id", target))
        > 0;
}

std::vector<ChannelId> ChannelRepository::removeOverwritesOf(db::Tx &tx, RoleId role)
{
    return tx.list<ChannelId>(sql::channel::delete_overwrites_of_role, db::bind(":role_id", role));
}

} // namespace guildhall
