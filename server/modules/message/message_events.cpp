// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/message/message_events.h"

#include <algorithm>

namespace guildhall {

namespace {

void clearContent(Message &message)
{
    message.content.clear();
    message.embeds.clear();
    message.attachments.clear();
    message.components.text = QByteArrayLiteral("[]");
}

} // namespace

QByteArray MessageEvent::payload(PayloadVariant variant) const
{
    if (variant == PayloadVariant::Full)
        return json::encode(message);
    MessageInGuild bare = message;
    clearContent(bare);
    // A reply must not tell what the message that it answers did not.
    if (bare.referencedMessage && *bare.referencedMessage) {
        Message referenced = ***bare.referencedMessage;
        clearContent(referenced);
        *bare.referencedMessage = std::make_shared<const Message>(std::move(referenced));
    }
    return json::encode(bare);
}

bool MessageEvent::showsContentTo(UserId user) const
{
    return message.author.id == user
        || std::any_of(message.mentions.begin(), message.mentions.end(),
                       [user](const MentionedUser &mentioned) { return mentioned.id == user; });
}

} // namespace guildhall
