// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/guild/guild_changes.h"

#include <algorithm>
#include <array>

namespace guildhall::guildChanges {

using namespace Qt::StringLiterals;

namespace {

/// A setting that names a channel.
struct ChannelSetting {
    QString field;
    const Patch<ChannelId> &value;
    bool voice; ///< wants a voice channel; the others want one with text
};

std::array<ChannelSetting, 4> channelSettings(const ModifyGuild &change)
{
    return {{{u"afk_channel_id"_s, change.afkChannelId, true},
             {u"system_channel_id"_s, change.systemChannelId, false},
             {u"rules_channel_id"_s, change.rulesChannelId, false},
             {u"public_updates_channel_id"_s, change.publicUpdatesChannelId, false}}};
}

bool fits(const ChannelSetting &setting, ChannelType type)
{
    if (setting.voice)
        return type == ChannelType::Voice;
    return type == ChannelType::Text || type == ChannelType::Announcement;
}

/// Features that are switched; what else clients send back is the service's own business.
std::vector<QString> knownFeatures(const std::vector<QString> &wanted)
{
    static const std::vector<QString> known{u"COMMUNITY"_s, discoverable};
    std::vector<QString> features;
    for (const QString &feature : known) {
        if (std::ranges::find(wanted, feature) != wanted.end())
            features.push_back(feature);
    }
    return features;
}

template <typename T>
void applyNullable(const Patch<T> &change, Nullable<T> &value)
{
    if (change.isPresent())
        value = change.asOptional();
}

/// Null is a setting's usual value.
void applyNumber(const Patch<int> &change, int &value, int usual)
{
    if (change.isPresent())
        value = change.valueOr(usual);
}

void applyImage(const Patch<ImageData> &change, Nullable<QString> &hash)
{
    if (change.isPresent())
        hash = change.hasValue() ? Nullable<QString>(change->hash()) : Nullable<QString>();
}

} // namespace

std::vector<ChannelId> namedChannels(const ModifyGuild &change)
{
    std::vector<ChannelId> channels;
    for (const ChannelSetting &setting : channelSettings(change)) {
        if (setting.value.hasValue())
            channels.push_back(*setting.value);
    }
    return channels;
}

Result<void> checkChannels(const ModifyGuild &change, const ChannelTypes &types)
{
    ApiError error = makeError(ErrorCode::InvalidFormBody);
    for (const ChannelSetting &setting : channelSettings(change)) {
        if (!setting.value.hasValue())
            continue;
        const auto found
            = std::ranges::find(types, *setting.value, &std::pair<ChannelId, ChannelType>::first);
        if (found == types.end() || !fits(setting, found->second))
            error.fields.push_back({{setting.field},
                                    "BASE_TYPE_CHOICES",
                                    u"Not a channel of this guild, or of the wrong type."_s});
    }
    if (error.fields.empty())
        return {};
    return tl::unexpected<ApiError>(std::move(error));
}

void apply(const ModifyGuild &change, GuildRecord &guild)
{
    const GuildRecord usual;
    guild.name = change.name.value_or(guild.name);
    applyNullable(change.description, guild.description);
    if (guild.description && guild.description->isEmpty())
        guild.description.reset();
    applyImage(change.icon, guild.icon);
    applyImage(change.banner, guild.banner);
    applyNumber(change.verificationLevel, guild.verificationLevel, usual.verificationLevel);
    applyNumber(change.defaultMessageNotifications, guild.defaultMessageNotifications,
                usual.defaultMessageNotifications);
    applyNumber(change.explicitContentFilter, guild.explicitContentFilter,
                usual.explicitContentFilter);
    applyNullable(change.afkChannelId, guild.afkChannel);
    applyNumber(change.afkTimeout, guild.afkTimeout, usual.afkTimeout);
    applyNullable(change.systemChannelId, guild.systemChannel);
    applyNumber(change.systemChannelFlags, guild.systemChannelFlags, usual.systemChannelFlags);
    applyNullable(change.rulesChannelId, guild.rulesChannel);
    applyNullable(change.publicUpdatesChannelId, guild.publicUpdatesChannel);
    if (change.preferredLocale.isPresent())
        guild.preferredLocale = change.preferredLocale.valueOr(usual.preferredLocale);
    if (change.premiumProgressBarEnabled.isPresent())
        guild.premiumProgressBar = change.premiumProgressBarEnabled.valueOr(false);
    if (change.features.isPresent())
        guild.features = knownFeatures(change.features.valueOr({}));
}

} // namespace guildhall::guildChanges
