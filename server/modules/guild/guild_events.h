// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/events/event.h"
#include "shared/dto/guild.h"
#include "shared/json/codec.h"

namespace guildhall {

/// A guild's settings changed.
struct GuildUpdated {
    static constexpr const char *eventName = "GUILD_UPDATE";
    Guild guild;

    Intent intent() const { return Intent::Guilds; }
    Audience audience() const { return Audience::members(guild.id); }
    QByteArray payload(PayloadVariant) const { return json::encode(guild); }
};

/// A guild is gone. The gateway tells its members by GUILD_DELETE, from membership().
struct GuildDeleted {
    static constexpr const char *eventName = nullptr;
    GuildId guild;

    Intent intent() const { return Intent::Guilds; }
    Audience audience() const { return Audience::members(guild); }
    QByteArray payload(PayloadVariant) const { return {}; }
    std::optional<MembershipChange> membership() const
    {
        return MembershipChange{MembershipChange::Kind::Left, guild, UserId()};
    }
};

} // namespace guildhall
