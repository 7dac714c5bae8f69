// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/guild/guild_record.h"

#include <algorithm>

namespace guildhall {

bool GuildRecord::isDiscoverable() const
{
    return std::ranges::find(features, discoverable) != features.end();
}

Guild toGuild(const GuildRecord &record, std::vector<Role> roles)
{
    Guild guild;
    guild.id = record.id;
    guild.name = record.name;
    guild.icon = record.icon;
    guild.banner = record.banner;
    guild.description = record.description;
    guild.ownerId = record.owner;
    guild.afkChannelId = record.afkChannel;
    guild.afkTimeout = record.afkTimeout;
    guild.systemChannelId = record.systemChannel;
    guild.systemChannelFlags = record.systemChannelFlags;
    guild.verificationLevel = record.verificationLevel;
    guild.defaultMessageNotifications = record.defaultMessageNotifications;
    guild.explicitContentFilter = record.explicitContentFilter;
    guild.preferredLocale = record.preferredLocale;
    guild.rulesChannelId = record.rulesChannel;
    guild.publicUpdatesChannelId = record.publicUpdatesChannel;
    guild.premiumProgressBarEnabled = record.premiumProgressBar;
    guild.features = record.features;
    guild.roles = std::move(roles);
    return guild;
}

} // namespace guildhall
