// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/timestamp.h"
#include "shared/dto/channel.h"
#include "shared/dto/role.h"
#include "shared/dto/user.h"

#include <vector>

namespace guildhall {

/// A guild as REST shows it: no channels, no members. @source api.md 5, "Guild (REST)"
struct Guild {
    GuildId id;
    QString name;
    Nullable<QString> icon;
    AlwaysNull splash;
    AlwaysNull discoverySplash;
    AlwaysNull homeHeader;
    Nullable<QString> banner;
    Nullable<QString> description;
    UserId ownerId;
    QString region = QStringLiteral("local");
    Nullable<ChannelId> afkChannelId;
    int afkTimeout = 300; ///< seconds
    Nullable<ChannelId> systemChannelId;
    int systemChannelFlags = 0;
    bool widgetEnabled = false;
    AlwaysNull widgetChannelId;
    int verificationLevel = 0;
    int defaultMessageNotifications = 0;
    int explicitContentFilter = 0;
    int mfaLevel = 0;
    AlwaysNull applicationId;
    AlwaysNull maxPresences;
    int maxMembers = 500000;
    int maxVideoChannelUsers = 25;
    int maxStageVideoChannelUsers = 50;
    AlwaysNull vanityUrlCode;
    int premiumTier = 0;
    int premiumSubscriptionCount = 0;
    QString preferredLocale = QStringLiteral("en-US");
    Nullable<ChannelId> rulesChannelId;
    Nullable<ChannelId> publicUpdatesChannelId;
    AlwaysNull safetyAlertsChannelId;
    bool premiumProgressBarEnabled = false;
    bool nsfw = false;
    int nsfwLevel = 0;
    std::vector<QString> features;
    EmptyList emojis;
    EmptyList stickers;
    std::vector<Role> roles;
    AlwaysNull incidentsData;
    std::optional<int> approximateMemberCount;
    std::optional<int> approximatePresenceCount;

    static constexpr auto jsonFields();
};

constexpr auto Guild::jsonFields()
{
    using json::field;
    using json::MayBeAbsent;
    return json::fields(
        field("id", &Guild::id), field("name", &Guild::name), field("icon", &Guild::icon),
        field("splash", &Guild::splash, MayBeAbsent{}),
        field("discovery_splash", &Guild::discoverySplash, MayBeAbsent{}),
        field("home_header", &Guild::homeHeader, MayBeAbsent{}), field("banner", &Guild::banner),
        field("description", &Guild::description), field("owner_id", &Guild::ownerId),
        field("region", &Guild::region, MayBeAbsent{}),
        field("afk_channel_id", &Guild::afkChannelId),
        field("afk_timeout", &Guild::afkTimeout, MayBeAbsent{}),
        field("system_channel_id", &Guild::systemChannelId),
        field("system_channel_flags", &Guild::systemChannelFlags, MayBeAbsent{}),
        field("widget_enabled", &Guild::widgetEnabled, MayBeAbsent{}),
        field("widget_channel_id", &Guild::widgetChannelId, MayBeAbsent{}),
        field("verification_level", &Guild::verificationLevel, MayBeAbsent{}),
        field("default_message_notifications", &Guild::defaultMessageNotifications, MayBeAbsent{}),
        field("explicit_content_filter", &Guild::explicitContentFilter, MayBeAbsent{}),
        field("mfa_level", &Guild::mfaLevel, MayBeAbsent{}),
        field("application_id", &Guild::applicationId, MayBeAbsent{}),
        field("max_presences", &Guild::maxPresences, MayBeAbsent{}),
        field("max_members", &Guild::maxMembers, MayBeAbsent{}),
        field("max_video_channel_users", &Guild::maxVideoChannelUsers, MayBeAbsent{}),
        field("max_stage_video_channel_users", &Guild::maxStageVideoChannelUsers, MayBeAbsent{}),
        field("vanity_url_code", &Guild::vanityUrlCode, MayBeAbsent{}),
        field("premium_tier", &Guild::premiumTier, MayBeAbsent{}),
        field("premium_subscription_count", &Guild::premiumSubscriptionCount, MayBeAbsent{}),
        field("preferred_locale", &Guild::preferredLocale, MayBeAbsent{}),
        field("rules_channel_id", &Guild::rulesChannelId),
        field("public_updates_channel_id", &Guild::publicUpdatesChannelId),
        field("safety_alerts_channel_id", &Guild::safetyAlertsChannelId, MayBeAbsent{}),
        field("premium_progress_bar_enabled", &Guild::premiumProgressBarEnabled, MayBeAbsent{}),
        field("nsfw", &Guild::nsfw, MayBeAbsent{}),
        field("nsfw_level", &Guild::nsfwLevel, MayBeAbsent{}),
        field("features", &Guild::features, MayBeAbsent{}),
        field("emojis", &Guild::emojis, MayBeAbsent{}),
        field("stickers", &Guild::stickers, MayBeAbsent{}),
        field("roles", &Guild::roles, MayBeAbsent{}),
        field("incidents_data", &Guild::incidentsData, MayBeAbsent{}),
        field("approximate_member_count", &Guild::approximateMemberCount),
        field("approximate_presence_count", &Guild::approximatePresenceCount));
}

/// The answer to creating a guild: with the alias that storefront clients read.
struct CreatedGuild : Guild {
    UserId ownerIdCamel;

    static constexpr auto jsonFields()
    {
        return json::fieldsAfter(Guild::jsonFields(),
                                 json::field("ownerId", &CreatedGuild::ownerIdCamel));
    }
};

/// One guild of a person's own list. @source api.md 5, "Guild list item"
struct GuildListItem {
    GuildId id;
    QString name;
    Nullable<QString> icon;
    Nullable<QString> banner;
    bool owner = false;
    Permissions permissions; ///< the reader's, guild-wide
    std::vector<QString> features;
    std::optional<int> approximateMemberCount;
    std::optional<int> approximatePresenceCount;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(
            field("id", &GuildListItem::id), field("name", &GuildListItem::name),
            field("icon", &GuildListItem::icon), field("banner", &GuildListItem::banner),
            field("owner", &GuildListItem::owner),
            field("permissions", &GuildListItem::permissions),
            field("features", &GuildListItem::features),
            field("approximate_member_count", &GuildListItem::approximateMemberCount),
            field("approximate_presence_count", &GuildListItem::approximatePresenceCount));
    }
};

} // namespace guildhall
