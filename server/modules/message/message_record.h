// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"
#include "shared/core/timestamp.h"
#include "shared/dto/message.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace guildhall {

/// A message as it is stored: people by id, embeds and components as JSON text.
struct MessageRecord {
    MessageId id;
    ChannelId channel;
    GuildId guild;
    UserId author;
    MessageType type = MessageType::Default;
    int flags = 0;
    QString content;
    bool tts = false;
    bool pinned = false;
    bool mentionEveryone = false;
    std::vector<UserId> mentions;
    std::vector<RoleId> mentionRoles;
    std::optional<QByteArray> embeds;
    std::optional<QByteArray> components;
    std::optional<MessageReference> reference;
    Timestamp createdAt;
    std::optional<Timestamp> editedAt;
    /// The message that `reference` names; null when it is gone or there is none.
    std::shared_ptr<const MessageRecord> referenced;
};

} // namespace guildhall
