// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/events/event.h"
#include "shared/dto/message.h"
#include "shared/json/codec.h"

namespace guildhall {

/// A message as the gateway carries it: with where it is and the memberships beside the people.
struct MessageInGuild : Message {
    GuildId guildId;
    std::optional<PartialMember> member; ///< the author's
    ChannelType channelType = ChannelType::Text;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fieldsAfter(Message::jsonFields(), field("guild_id", &MessageInGuild::guildId),
                                 field("member", &MessageInGuild::member),
                                 field("channel_type", &MessageInGuild::channelType));
    }
};

/// The parts that MESSAGE_CREATE and MESSAGE_UPDATE share.
struct MessageEvent {
    MessageInGuild message;

    Intent intent() const { return Intent::GuildMessages; }
    Audience audience() const { return Audience::viewers(message.guildId, message.channelId); }
    QByteArray payload(PayloadVariant variant) const;
    /// Bots without the intent see their own messages and those that mention them. @source
    /// api.md 8.1
    bool showsContentTo(UserId user) const;
};

struct MessageCreated : MessageEvent {
    static constexpr const char *eventName = "MESSAGE_CREATE";
};

struct MessageUpdated : MessageEvent {
    static constexpr const char *eventName = "MESSAGE_UPDATE";
};

struct MessageDeleted {
    static constexpr const char *eventName = "MESSAGE_DELETE";
    MessageId id;
    ChannelId channelId;
    GuildId guildId;

    Intent intent() const { return Intent::GuildMessages; }
    Audience audience() const { return Audience::viewers(guildId, channelId); }
    QByteArray payload(PayloadVariant) const { return json::encode(*this); }
    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(field("id", &MessageDeleted::id),
                            field("channel_id", &MessageDeleted::channelId),
                            field("guild_id", &MessageDeleted::guildId));
    }
};

struct MessagesDeleted {
    static constexpr const char *eventName = "MESSAGE_DELETE_BULK";
    std::vector<MessageId> ids;
    ChannelId channelId;
    GuildId guildId;

    Intent intent() const { return Intent::GuildMessages; }
    Audience audience() const { return Audience::viewers(guildId, channelId); }
    QByteArray payload(PayloadVariant) const { return json::encode(*this); }
    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(field("ids", &MessagesDeleted::ids),
                            field("channel_id", &MessagesDeleted::channelId),
                            field("guild_id", &MessagesDeleted::guildId));
    }
};

} // namespace guildhall
