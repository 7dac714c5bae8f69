// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/events/event.h"
#include "shared/dto/member.h"
#include "shared/dto/presence.h"
#include "shared/json/codec.h"

namespace guildhall {

/// Somebody's status changed, told to one of the guilds they are in.
struct PresenceChanged {
    static constexpr const char *eventName = "PRESENCE_UPDATE";
    Presence presence; ///< with its guild
    QByteArray causedBy; ///< the session that said so itself, and is not told again; may be empty

    Intent intent() const { return Intent::GuildPresences; }
    Audience audience() const
    {
        return Audience::members(*presence.guildId).butNotSession(causedBy);
    }
    QByteArray payload(PayloadVariant) const { return json::encode(presence); }
};

/// Somebody types in a channel of a guild.
struct TypingStarted {
    static constexpr const char *eventName = "TYPING_START";
    ChannelId channelId;
    GuildId guildId;
    UserId userId;
    qint64 timestamp = 0; ///< seconds since 1970
    Member member;

    Intent intent() const { return Intent::GuildMessageTyping; }
    Audience audience() const { return Audience::viewers(guildId, channelId); }
    QByteArray payload(PayloadVariant) const { return json::encode(*this); }
    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(
            field("channel_id", &TypingStarted::channelId),
            field("guild_id", &TypingStarted::guildId), field("user_id", &TypingStarted::userId),
            field("timestamp", &TypingStarted::timestamp), field("member", &TypingStarted::member));
    }
};

} // namespace guildhall
