// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/dto/channel.h"
#include "shared/dto/guild.h"
#include "shared/dto/message.h"
#include "shared/dto/message_input.h"

namespace guildhall {

/// Objects of the simple routes: the API's own, plus the camelCase names that plain web clients
/// read. @source api.md 12.1
struct StorefrontGuild : GuildListItem {
    UserId ownerId;
    int memberCount = 0;
    std::optional<bool> joined;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fieldsAfter(GuildListItem::jsonFields(),
                                 field("ownerId", &StorefrontGuild::ownerId),
                                 field("memberCount", &StorefrontGuild::memberCount),
                                 field("joined", &StorefrontGuild::joined));
    }
};

struct StorefrontChannel : Channel {
    GuildId guildIdCamel;
    Nullable<ChannelId> parentIdCamel;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fieldsAfter(Channel::jsonFields(),
                                 field("guildId", &StorefrontChannel::guildIdCamel),
                                 field("parentId", &StorefrontChannel::parentIdCamel));
    }
};

struct StorefrontMessage : Message {
    ChannelId channelIdCamel;
    UserId authorId;
    Timestamp createdAt;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fieldsAfter(Message::jsonFields(),
                                 field("channelId", &StorefrontMessage::channelIdCamel),
                                 field("authorId", &StorefrontMessage::authorId),
                                 field("createdAt", &StorefrontMessage::createdAt));
    }
};

/// POST /channels. `type` is a number or one of the words "text", "voice", "category".
struct StorefrontCreateChannel {
    std::optional<GuildId> guildIdCamel;
    std::optional<GuildId> guildId;
    QString name;
    std::optional<StringOrInt> type;
    std::optional<QString> topic;
    std::optional<ChannelId> parentIdCamel;
    std::optional<ChannelId> parentId;

    std::optional<GuildId> guild() const { return guildIdCamel ? guildIdCamel : guildId; }
    /// What calls are counted by; in the path of the API's own route.
    quint64 majorParameter() const { return guild().value_or(GuildId()).value(); }

    static constexpr auto jsonFields()
    {
        using namespace json;
        using S = StorefrontCreateChannel;
        return fields(field("guildId", &S::guildIdCamel), field("guild_id", &S::guildId),
                      field("name", &S::name, Trimmed{}, Length{1, 100}), field("type", &S::type),
                      field("topic", &S::topic, Length{0, 1024}),
                      field("parentId", &S::parentIdCamel), field("parent_id", &S::parentId));
    }
};

/// POST /messages.
struct StorefrontCreateMessage {
    std::optional<ChannelId> channelIdCamel;
    std::optional<ChannelId> channelId;
    std::optional<QString> content;
    std::optional<StringOrInt> nonce;
    std::optional<MessageId> replyTo;

    std::optional<ChannelId> channel() const { return channelIdCamel ? channelIdCamel : channelId; }
    /// What calls are counted by; in the path of the API's own route.
    quint64 majorParameter() const { return channel().value_or(ChannelId()).value(); }

    static constexpr auto jsonFields()
    {
        using namespace json;
        using S = StorefrontCreateMessage;
        return fields(field("channelId", &S::channelIdCamel), field("channel_id", &S::channelId),
                      field("content", &S::content, Trimmed{}, Length{0, 2000}),
                      field("nonce", &S::nonce), field("replyTo", &S::replyTo));
    }
};

} // namespace guildhall
