// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/dto/guild.h"

namespace guildhall {

/// A guild's own row: everything but its roles.
struct GuildRecord {
    GuildId id;
    QString name;
    UserId owner;
    Nullable<QString> icon;
    Nullable<QString> banner;
    Nullable<QString> description;
    int verificationLevel = 0;
    int defaultMessageNotifications = 0;
    int explicitContentFilter = 0;
    Nullable<ChannelId> afkChannel;
    int afkTimeout = 300; ///< seconds
    Nullable<ChannelId> systemChannel;
    int systemChannelFlags = 0;
    Nullable<ChannelId> rulesChannel;
    Nullable<ChannelId> publicUpdatesChannel;
    QString preferredLocale = QStringLiteral("en-US");
    bool premiumProgressBar = false;
    std::vector<QString> features;

    bool isDiscoverable() const;
    friend bool operator==(const GuildRecord &, const GuildRecord &) = default;
};

/// Open to anybody: listed for all, and joined without an invite.
inline const QString discoverable = QStringLiteral("DISCOVERABLE");

Guild toGuild(const GuildRecord &record, std::vector<Role> roles);

} // namespace guildhall
