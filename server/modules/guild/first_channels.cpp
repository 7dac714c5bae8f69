// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/guild/guild_repository.h"
#include "shared/core/snowflake.h"
#include "sql/queries/guild.h"

namespace guildhall {

namespace {

/// The columns of many channels, for one statement.
struct ChannelColumns {
    std::vector<ChannelId> ids;
    std::vector<ChannelType> types;
    std::vector<QString> names;
    std::vector<std::optional<QString>> topics;
    std::vector<int> positions;
    std::vector<std::optional<ChannelId>> parents;
    std::vector<bool> nsfw;
    std::vector<int> rateLimits;
    std::vector<std::optional<int>> archiveDurations;
    std::vector<std::optional<int>> threadRateLimits;
    std::vector<std::optional<int>> bitrates;
    std::vector<std::optional<int>> userLimits;
    std::vector<std::optional<QString>> rtcRegions;
    std::vector<std::optional<int>> videoQualityModes;

    void add(const Channel &channel)
    {
        ids.push_back(channel.id);
        types.push_back(channel.type);
        names.push_back(channel.name);
        topics.push_back(channel.topic);
        positions.push_back(channel.position);
        parents.push_back(channel.parentId);
        nsfw.push_back(channel.nsfw);
        rateLimits.push_back(channel.rateLimitPerUser);
        archiveDurations.push_back(channel.defaultAutoArchiveDuration);
        threadRateLimits.push_back(channel.defaultThreadRateLimitPerUser);
        bitrates.push_back(channel.bitrate);
        userLimits.push_back(channel.userLimit);
        rtcRegions.push_back(channel.rtcRegion.asOptional());
        videoQualityModes.push_back(channel.videoQualityMode);
    }
};

struct OverwriteColumns {
    std::vector<ChannelId> channels;
    std::vector<OverwriteId> targets;
    std::vector<OverwriteType> types;
    std::vector<Permissions> allows;
    std::vector<Permissions> denies;

    void add(ChannelId channel, const Overwrite &overwrite)
    {
        channels.push_back(channel);
        targets.push_back(overwrite.id);
        types.push_back(overwrite.type);
        allows.push_back(overwrite.allow);
        denies.push_back(overwrite.deny);
    }
};

} // namespace

void GuildRepository::insertChannels(db::Tx &tx, GuildId guild, std::span<const Channel> channels)
{
    ChannelColumns rows;
    OverwriteColumns overwrites;
    for (const Channel &channel : channels) {
        rows.add(channel);
        for (const Overwrite &overwrite : channel.permissionOverwrites)
            overwrites.add(channel.id, overwrite);
    }
    tx.exec(sql::guild::insert_channels, db::bind(":guild_id", guild),
            db::bind(":created_at", createdAt(guild)), db::bind(":ids", rows.ids),
            db::bind(":types", rows.types), db::bind(":names", rows.names),
            db::bind(":topics", rows.topics), db::bind(":positions", rows.positions),
            db::bind(":parent_ids", rows.parents), db::bind(":nsfw", rows.nsfw),
            db::bind(":rate_limits", rows.rateLimits),
            db::bind(":archive_durations", rows.archiveDurations),
            db::bind(":thread_rate_limits", rows.threadRateLimits),
            db::bind(":bitrates", rows.bitrates), db::bind(":user_limits", rows.userLimits),
            db::bind(":rtc_regions", rows.rtcRegions),
            db::bind(":video_quality_modes", rows.videoQualityModes));
    if (overwrites.channels.empty())
        return;
    tx.exec(sql::guild::insert_overwrites, db::bind(":channel_ids", overwrites.channels),
            db::bind(":target_ids", overwrites.targets), db::bind(":types", overwrites.types),
            db::bind(":allows", overwrites.allows), db::bind(":denies", overwrites.denies));
}

} // namespace guildhall
