// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/dto/guild.h"
#include "shared/dto/image_data.h"

namespace guildhall {

/// A role of POST /guilds. `id` is a number of the sender's own choosing that overwrites refer to.
struct GuildTemplateRole : RoleInput {
    std::optional<RoleId> id;

    static constexpr auto jsonFields()
    {
        return json::fieldsAfter(RoleInput::jsonFields(),
                                 json::field("id", &GuildTemplateRole::id));
    }
};

/// A channel of POST /guilds; `id` as above, for parents and the system channel.
struct GuildTemplateChannel : CreateChannel {
    std::optional<ChannelId> id;

    static constexpr auto jsonFields()
    {
        return json::fieldsAfter(CreateChannel::jsonFields(),
                                 json::field("id", &GuildTemplateChannel::id));
    }
};

/// POST /guilds. @source api.md 6.4
struct CreateGuild {
    QString name;
    std::optional<ImageData> icon;
    std::optional<QString> description;
    std::optional<int> verificationLevel;
    std::optional<int> defaultMessageNotifications;
    std::optional<int> explicitContentFilter;
    std::optional<std::vector<GuildTemplateRole>> roles;
    std::optional<std::vector<GuildTemplateChannel>> channels;
    std::optional<ChannelId> afkChannelId;
    std::optional<int> afkTimeout;
    std::optional<ChannelId> systemChannelId;
    std::optional<int> systemChannelFlags;

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(
            field("name", &CreateGuild::name, Trimmed{}, Length{2, 100}),
            field("icon", &CreateGuild::icon),
            field("description", &CreateGuild::description, Length{0, 300}),
            field("verification_level", &CreateGuild::verificationLevel, Range{0, 4}),
            field("default_message_notifications", &CreateGuild::defaultMessageNotifications,
                  Range{0, 1}),
            field("explicit_content_filter", &CreateGuild::explicitContentFilter, Range{0, 2}),
            field("roles", &CreateGuild::roles, Items{0, 250}),
            field("channels", &CreateGuild::channels, Items{0, 500}),
            field("afk_channel_id", &CreateGuild::afkChannelId),
            field("afk_timeout", &CreateGuild::afkTimeout, OneOf{{60, 300, 900, 1800, 3600}}),
            field("system_channel_id", &CreateGuild::systemChannelId),
            field("system_channel_flags", &CreateGuild::systemChannelFlags, Range{0, 63}));
    }
};

/// PATCH /guilds/{g}. @source api.md 6.4
struct ModifyGuild {
    std::optional<QString> name;
    Patch<QString> description;
    Patch<ImageData> icon;
    Patch<ImageData> banner;
    Patch<ImageData> splash; ///< accepted; guilds have none
    Patch<int> verificationLevel;
    Patch<int> defaultMessageNotifications;
    Patch<int> explicitContentFilter;
    Patch<ChannelId> afkChannelId;
    Patch<int> afkTimeout;
    Patch<ChannelId> systemChannelId;
    Patch<int> systemChannelFlags;
    Patch<ChannelId> rulesChannelId;
    Patch<ChannelId> publicUpdatesChannelId;
    Patch<QString> preferredLocale;
    Patch<std::vector<QString>> features;
    std::optional<UserId> ownerId;
    Patch<bool> premiumProgressBarEnabled;

    static constexpr auto jsonFields();
};

constexpr auto ModifyGuild::jsonFields()
{
    using namespace json;
    using M = ModifyGuild;
    return fields(
        field("name", &M::name, Trimmed{}, Length{2, 100}),
        field("description", &M::description, Length{0, 300}), field("icon", &M::icon),
        field("banner", &M::banner), field("splash", &M::splash),
        field("verification_level", &M::verificationLevel, Range{0, 4}),
        field("default_message_notifications", &M::defaultMessageNotifications, Range{0, 1}),
        field("explicit_content_filter", &M::explicitContentFilter, Range{0, 2}),
        field("afk_channel_id", &M::afkChannelId),
        field("afk_timeout", &M::afkTimeout, OneOf{{60, 300, 900, 1800, 3600}}),
        field("system_channel_id", &M::systemChannelId),
        field("system_channel_flags", &M::systemChannelFlags, Range{0, 63}),
        field("rules_channel_id", &M::rulesChannelId),
        field("public_updates_channel_id", &M::publicUpdatesChannelId),
        field("preferred_locale", &M::preferredLocale, Length{2, 10}),
        field("features", &M::features, Items{0, 100}), field("owner_id", &M::ownerId),
        field("premium_progress_bar_enabled", &M::premiumProgressBarEnabled));
}

/// Query of GET /guilds/{g}.
struct GetGuild {
    bool withCounts = false;

    static constexpr auto jsonFields()
    {
        return json::fields(json::field("with_counts", &GetGuild::withCounts, json::MayBeAbsent{}));
    }
};

/// Query of GET /users/@me/guilds and the storefront's lists.
struct ListGuilds {
    int limit = 200;
    std::optional<GuildId> before;
    std::optional<GuildId> after;
    bool withCounts = false;

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(field("limit", &ListGuilds::limit, MayBeAbsent{}, Range{1, 200}),
                      field("before", &ListGuilds::before), field("after", &ListGuilds::after),
                      field("with_counts", &ListGuilds::withCounts, MayBeAbsent{}));
    }
};

} // namespace guildhall
