// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"
#include "shared/core/timestamp.h"
#include "shared/json/fields.h"
#include "shared/json/patch.h"
#include "shared/json/raw.h"
#include "shared/json/rules.h"
#include "shared/permission/overwrite.h"

#include <QString>

#include <vector>

namespace guildhall {

/// @source api.md 5, "Types"
enum class ChannelType : int {
    Text = 0,
    DirectMessage = 1,
    Voice = 2,
    GroupDirectMessage = 3,
    Category = 4,
    Announcement = 5,
    AnnouncementThread = 10,
    PublicThread = 11,
    PrivateThread = 12,
    Stage = 13,
    Directory = 14,
    Forum = 15,
    Media = 16,
};

constexpr bool isThread(ChannelType type)
{
    return type == ChannelType::AnnouncementThread || type == ChannelType::PublicThread
        || type == ChannelType::PrivateThread;
}
constexpr bool isVoiceLike(ChannelType type)
{
    return type == ChannelType::Voice || type == ChannelType::Stage;
}
/// Whether messages can be sent to it directly.
constexpr bool holdsMessages(ChannelType type)
{
    return type == ChannelType::Text || type == ChannelType::Announcement || isVoiceLike(type)
        || isThread(type) || type == ChannelType::DirectMessage
        || type == ChannelType::GroupDirectMessage;
}

/// A channel of a guild. @source api.md 5, "Guild channel"
struct Channel {
    ChannelId id;
    ChannelType type = ChannelType::Text;
    GuildId guildId;
    QString name;
    int position = 0;
    Nullable<ChannelId> parentId;
    std::vector<Overwrite> permissionOverwrites;
    int flags = 0;
    bool nsfw = false;
    Nullable<QString> topic;
    int rateLimitPerUser = 0; ///< seconds
    Nullable<MessageId> lastMessageId;
    std::optional<Timestamp> lastPinTimestamp;
    std::optional<int> defaultAutoArchiveDuration; ///< minutes
    std::optional<int> defaultThreadRateLimitPerUser; ///< seconds
    // Voice and stage only:
    std::optional<int> bitrate;
    std::optional<int> userLimit;
    Patch<QString> rtcRegion; ///< absent on other channels, null: the server chooses
    std::optional<int> videoQualityMode;

    static constexpr auto jsonFields()
    {
        using json::field;
        using json::MayBeAbsent;
        return json::fields(
            field("id", &Channel::id), field("type", &Channel::type),
            field("guild_id", &Channel::guildId), field("name", &Channel::name),
            field("position", &Channel::position, MayBeAbsent{}),
            field("parent_id", &Channel::parentId),
            field("permission_overwrites", &Channel::permissionOverwrites, MayBeAbsent{}),
            field("flags", &Channel::flags, MayBeAbsent{}),
            field("nsfw", &Channel::nsfw, MayBeAbsent{}), field("topic", &Channel::topic),
            field("rate_limit_per_user", &Channel::rateLimitPerUser, MayBeAbsent{}),
            field("last_message_id", &Channel::lastMessageId),
            field("last_pin_timestamp", &Channel::lastPinTimestamp),
            field("default_auto_archive_duration", &Channel::defaultAutoArchiveDuration),
            field("default_thread_rate_limit_per_user", &Channel::defaultThreadRateLimitPerUser),
            field("bitrate", &Channel::bitrate), field("user_limit", &Channel::userLimit),
            field("rtc_region", &Channel::rtcRegion),
            field("video_quality_mode", &Channel::videoQualityMode));
    }
    friend bool operator==(const Channel &, const Channel &) = default;
};

/// POST /guilds/{g}/channels. @source api.md 6.4
struct CreateChannel {
    QString name;
    ChannelType type = ChannelType::Text;
    std::optional<QString> topic;
    std::optional<int> bitrate;
    std::optional<int> userLimit;
    std::optional<int> rateLimitPerUser;
    std::optional<int> position;
    std::optional<std::vector<OverwriteInput>> permissionOverwrites;
    std::optional<ChannelId> parentId;
    std::optional<bool> nsfw;
    std::optional<QString> rtcRegion;
    std::optional<int> videoQualityMode;
    std::optional<int> defaultAutoArchiveDuration;
    std::optional<int> defaultThreadRateLimitPerUser;

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(
            field("name", &CreateChannel::name, Trimmed{}, Length{1, 100}),
            field("type", &CreateChannel::type, MayBeAbsent{}),
            field("topic", &CreateChannel::topic, Length{0, 4096}),
            field("bitrate", &CreateChannel::bitrate, Range{8000, 96000}),
            field("user_limit", &CreateChannel::userLimit, Range{0, 99}),
            field("rate_limit_per_user", &CreateChannel::rateLimitPerUser, Range{0, 21600}),
            field("position", &CreateChannel::position, Range{0, 10000}),
            field("permission_overwrites", &CreateChannel::permissionOverwrites, Items{0, 100}),
            field("parent_id", &CreateChannel::parentId), field("nsfw", &CreateChannel::nsfw),
            field("rtc_region", &CreateChannel::rtcRegion, Length{0, 32}),
            field("video_quality_mode", &CreateChannel::videoQualityMode, Range{1, 2}),
            field("default_auto_archive_duration", &CreateChannel::defaultAutoArchiveDuration,
                  OneOf{{60, 1440, 4320, 10080}}),
            field("default_thread_rate_limit_per_user",
                  &CreateChannel::defaultThreadRateLimitPerUser, Range{0, 21600}));
    }
};

/// PATCH /channels/{c}. @source api.md 6.5
struct ModifyChannel {
    std::optional<QString> name;
    std::optional<int> type;
    Patch<int> position;
    Patch<QString> topic;
    Patch<bool> nsfw;
    Patch<int> rateLimitPerUser;
    Patch<std::vector<OverwriteInput>> permissionOverwrites;
    Patch<ChannelId> parentId;
    Patch<int> bitrate;
    Patch<int> userLimit;
    Patch<QString> rtcRegion;
    Patch<int> videoQualityMode;
    Patch<int> defaultAutoArchiveDuration;
    Patch<int> defaultThreadRateLimitPerUser;
    std::optional<int> flags; ///< accepted; the types that are made have none to set

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(
            field("name", &ModifyChannel::name, Trimmed{}, Length{1, 100}),
            field("type", &ModifyChannel::type),
            field("position", &ModifyChannel::position, Range{0, 10000}),
            field("topic", &ModifyChannel::topic, Length{0, 4096}),
            field("nsfw", &ModifyChannel::nsfw),
            field("rate_limit_per_user", &ModifyChannel::rateLimitPerUser, Range{0, 21600}),
            field("permission_overwrites", &ModifyChannel::permissionOverwrites, Items{0, 100}),
            field("parent_id", &ModifyChannel::parentId),
            field("bitrate", &ModifyChannel::bitrate, Range{8000, 96000}),
            field("user_limit", &ModifyChannel::userLimit, Range{0, 99}),
            field("rtc_region", &ModifyChannel::rtcRegion, Length{0, 32}),
            field("video_quality_mode", &ModifyChannel::videoQualityMode, Range{1, 2}),
            field("default_auto_archive_duration", &ModifyChannel::defaultAutoArchiveDuration,
                  OneOf{{60, 1440, 4320, 10080}}),
            field("default_thread_rate_limit_per_user",
                  &ModifyChannel::defaultThreadRateLimitPerUser, Range{0, 21600}),
            field("flags", &ModifyChannel::flags));
    }
};

/// One entry of PATCH /guilds/{g}/channels.
struct ChannelPosition {
    ChannelId id;
    Patch<int> position;
    Patch<bool> lockPermissions;
    Patch<ChannelId> parentId;

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(field("id", &ChannelPosition::id),
                      field("position", &ChannelPosition::position, Range{0, 10000}),
                      field("lock_permissions", &ChannelPosition::lockPermissions),
                      field("parent_id", &ChannelPosition::parentId));
    }
};

/// PUT /channels/{c}/permissions/{o}; the id stands in the path.
struct PutOverwrite {
    OverwriteType type = OverwriteType::Role;
    Patch<Permissions> allow;
    Patch<Permissions> deny;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(field("type", &PutOverwrite::type),
                            field("allow", &PutOverwrite::allow),
                            field("deny", &PutOverwrite::deny));
    }
};

} // namespace guildhall
