// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"
#include "shared/core/timestamp.h"
#include "shared/dto/attachment.h"
#include "shared/dto/channel.h"
#include "shared/dto/embed.h"
#include "shared/dto/member.h"
#include "shared/dto/user.h"

#include <memory>
#include <vector>

namespace guildhall {

/// @source api.md 5, "Message types"
enum class MessageType : int {
    Default = 0,
    RecipientAdd = 1,
    RecipientRemove = 2,
    Call = 3,
    ChannelNameChange = 4,
    ChannelIconChange = 5,
    Pinned = 6,
    MemberJoin = 7,
    ThreadCreated = 18,
    Reply = 19,
    SlashCommand = 20,
    ThreadStarter = 21,
    InviteReminder = 22,
    ContextMenu = 23,
};

/// Whether people wrote it, as opposed to the server.
constexpr bool isSystem(MessageType type)
{
    return type != MessageType::Default && type != MessageType::Reply
        && type != MessageType::SlashCommand && type != MessageType::ContextMenu;
}

/// Bits of Message::flags.
namespace messageFlag {
inline constexpr int suppressEmbeds = 1 << 2;
inline constexpr int hasThread = 1 << 5;
inline constexpr int suppressNotifications = 1 << 12;
/// What a sender may set; other bits are ignored.
inline constexpr int settable = suppressEmbeds | suppressNotifications;
} // namespace messageFlag

/// What a message points at, as it is sent out. Keys are never null: libraries test for presence.
struct MessageReference {
    int type = 0; ///< 0 reply, 1 forward
    std::optional<MessageId> messageId;
    ChannelId channelId;
    std::optional<GuildId> guildId;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(field("type", &MessageReference::type),
                            field("message_id", &MessageReference::messageId),
                            field("channel_id", &MessageReference::channelId),
                            field("guild_id", &MessageReference::guildId));
    }
};

/// Somebody whom a message mentions; on the gateway with their membership.
struct MentionedUser : User {
    std::optional<PartialMember> member;

    static constexpr auto jsonFields()
    {
        return json::fieldsAfter(User::jsonFields(), json::field("member", &MentionedUser::member));
    }
};

struct Message;

/// The message a reply answers: an object, or null when it was deleted; absent on other messages.
/// Shared, because a Message cannot hold a Message by value.
using ReferencedMessage = Nullable<std::shared_ptr<const Message>>;

/// @source api.md 5, "Message"
struct Message {
    MessageId id;
    ChannelId channelId;
    User author;
    QString content;
    Timestamp timestamp;
    Nullable<Timestamp> editedTimestamp;
    bool tts = false;
    bool mentionEveryone = false;
    std::vector<MentionedUser> mentions;
    std::vector<RoleId> mentionRoles;
    std::vector<Attachment> attachments;
    std::vector<Embed> embeds;
    bool pinned = false;
    MessageType type = MessageType::Default;
    int flags = 0;
    RawJson components{QByteArrayLiteral("[]")};
    std::optional<StringOrInt> nonce; ///< only in the creating answer and MESSAGE_CREATE
    std::optional<WebhookId> webhookId;
    std::optional<ApplicationId> applicationId;
    std::optional<MessageReference> messageReference;
    std::optional<ReferencedMessage> referencedMessage;

    static constexpr auto jsonFields()
    {
        using json::field;
        using json::MayBeAbsent;
        return json::fields(
            field("id", &Message::id), field("channel_id", &Message::channelId),
            field("author", &Message::author), field("content", &Message::content),
            field("timestamp", &Message::timestamp),
            field("edited_timestamp", &Message::editedTimestamp), field("tts", &Message::tts),
            field("mention_everyone", &Message::mentionEveryone),
            field("mentions", &Message::mentions), field("mention_roles", &Message::mentionRoles),
            field("attachments", &Message::attachments), field("embeds", &Message::embeds),
            field("pinned", &Message::pinned), field("type", &Message::type),
            field("flags", &Message::flags, MayBeAbsent{}),
            field("components", &Message::components, MayBeAbsent{}),
            field("nonce", &Message::nonce), field("webhook_id", &Message::webhookId),
            field("application_id", &Message::applicationId),
            field("message_reference", &Message::messageReference),
            field("referenced_message", &Message::referencedMessage));
    }
};

namespace json {

template <>
struct Codec<std::shared_ptr<const Message>> {
    static void write(Writer &out, const std::shared_ptr<const Message> &message);
    static void read(const Value &in, std::shared_ptr<const Message> &message, Decoder &decoder);
};

} // namespace json
} // namespace guildhall
