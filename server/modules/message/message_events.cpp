// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/message/message_events.h"

#include <algorithm>

namespace guildhall {

QByteArray MessageEvent::payload(PayloadVariant variant) const
{
    if (variant == PayloadVariant::Full)
        return json::encode(message);
    MessageInGuild bare = message;
    bare.content.clear();
    bare.embeds.clear();
    bare.attachments.clear();
    bare.components.text = QByteArrayLiteral("[]");
    return json::encode(bare);
}

bool MessageEvent::showsContentTo(UserId user) const
{
    return message.author.id == user
        || std::any_of(message.mentions.begin(), message.mentions.end(),
                       [user](const MentionedUser &mentioned) { return mentioned.id == user; });
}

} // namespace guildhall
