// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/dto/embed.h"
#include "shared/dto/message.h"

namespace guildhall {

/// Which mentions of a message count. Absent: all of them. @source api.md 6.6
struct AllowedMentions {
    std::optional<std::vector<QString>> parse; ///< "users", "roles", "everyone"
    std::optional<std::vector<UserId>> users;
    std::optional<std::vector<RoleId>> roles;
    std::optional<bool> repliedUser;

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(field("parse", &AllowedMentions::parse, Items{0, 3}),
                      field("users", &AllowedMentions::users, Items{0, 100}),
                      field("roles", &AllowedMentions::roles, Items{0, 100}),
                      field("replied_user", &AllowedMentions::repliedUser));
    }
};

/// The message to answer, as clients name it.
struct MessageReferenceInput {
    MessageId messageId;
    std::optional<ChannelId> channelId;
    std::optional<GuildId> guildId;
    std::optional<bool> failIfNotExists;
    std::optional<int> type;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(field("message_id", &MessageReferenceInput::messageId),
                            field("channel_id", &MessageReferenceInput::channelId),
                            field("guild_id", &MessageReferenceInput::guildId),
                            field("fail_if_not_exists", &MessageReferenceInput::failIfNotExists),
                            field("type", &MessageReferenceInput::type));
    }
};

/// POST /channels/{c}/messages. @source api.md 6.6
struct CreateMessage {
    std::optional<QString> content;
    std::optional<StringOrInt> nonce;
    std::optional<bool> enforceNonce;
    std::optional<bool> tts;
    std::optional<std::vector<Embed>> embeds;
    std::optional<AllowedMentions> allowedMentions;
    std::optional<MessageReferenceInput> messageReference;
    std::optional<RawJson> components;
    std::optional<int> flags;

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(
            field("content", &CreateMessage::content, Trimmed{}, Length{0, 2000}),
            field("nonce", &CreateMessage::nonce),
            field("enforce_nonce", &CreateMessage::enforceNonce), field("tts", &CreateMessage::tts),
            field("embeds", &CreateMessage::embeds, Items{0, 10}),
            field("allowed_mentions", &CreateMessage::allowedMentions),
            field("message_reference", &CreateMessage::messageReference),
            field("components", &CreateMessage::components), field("flags", &CreateMessage::flags));
    }
};

/// PATCH /channels/{c}/messages/{m}.
struct EditMessage {
    Patch<QString> content;
    Patch<std::vector<Embed>> embeds;
    Patch<int> flags;
    std::optional<AllowedMentions> allowedMentions;
    Patch<RawJson> components;
    Patch<RawJson> attachments; ///< the list to keep

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(field("content", &EditMessage::content, Trimmed{}, Length{0, 2000}),
                      field("embeds", &EditMessage::embeds, Items{0, 10}),
                      field("flags", &EditMessage::flags),
                      field("allowed_mentions", &EditMessage::allowedMentions),
                      field("components", &EditMessage::components),
                      field("attachments", &EditMessage::attachments));
    }
};

/// POST /channels/{c}/messages/bulk-delete.
struct BulkDelete {
    std::vector<MessageId> messages;

    static constexpr auto jsonFields()
    {
        return json::fields(json::field("messages", &BulkDelete::messages));
    }
};

/// Query of GET /channels/{c}/messages. Of several anchors around wins, then before, then after.
struct ListMessages {
    int limit = 50;
    std::optional<MessageId> before;
    std::optional<MessageId> after;
    std::optional<MessageId> around;

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(field("limit", &ListMessages::limit, MayBeAbsent{}, Range{1, 100}),
                      field("before", &ListMessages::before), field("after", &ListMessages::after),
                      field("around", &ListMessages::around));
    }
};

} // namespace guildhall
