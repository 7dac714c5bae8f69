// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/events/event.h"
#include "shared/dto/role.h"
#include "shared/json/codec.h"

namespace guildhall {

/// `{guild_id, role}`, what both events below carry.
struct RoleInGuild {
    GuildId guildId;
    Role role;

    static constexpr auto jsonFields()
    {
        return json::fields(json::field("guild_id", &RoleInGuild::guildId),
                            json::field("role", &RoleInGuild::role));
    }
};

struct RoleCreated : RoleInGuild {
    static constexpr const char *eventName = "GUILD_ROLE_CREATE";

    Intent intent() const { return Intent::Guilds; }
    Audience audience() const { return Audience::members(guildId); }
    QByteArray payload(PayloadVariant) const { return json::encode<RoleInGuild>(*this); }
};

struct RoleUpdated : RoleInGuild {
    static constexpr const char *eventName = "GUILD_ROLE_UPDATE";

    Intent intent() const { return Intent::Guilds; }
    Audience audience() const { return Audience::members(guildId); }
    QByteArray payload(PayloadVariant) const { return json::encode<RoleInGuild>(*this); }
};

struct RoleDeleted {
    static constexpr const char *eventName = "GUILD_ROLE_DELETE";
    GuildId guildId;
    RoleId roleId;

    Intent intent() const { return Intent::Guilds; }
    Audience audience() const { return Audience::members(guildId); }
    QByteArray payload(PayloadVariant) const { return json::encode(*this); }
    static constexpr auto jsonFields()
    {
        return json::fields(json::field("guild_id", &RoleDeleted::guildId),
                            json::field("role_id", &RoleDeleted::roleId));
    }
};

} // namespace guildhall
