// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/tx.h"
#include "server/modules/message/message_record.h"

#include <optional>
#include <span>
#include <vector>

namespace guildhall {

/// Rows of messages ↔ records. Rights were judged when what is written here was put into the lane.
class MessageRepository {
public:
    static std::optional<MessageRecord> find(db::Executor &db, ChannelId channel,
                                             MessageId message);
    /// Messages before `before`, newest first.
    static std::vector<MessageRecord> pageBefore(db::Executor &db, ChannelId channel,
                                                 MessageId before, int limit);
    /// Messages from `from` on, it included, oldest first.
    static std::vector<MessageRecord> pageFrom(db::Executor &db, ChannelId channel, MessageId from,
                                               int limit);

    /// One statement, however many there are.
    static void insert(db::Tx &tx, std::span<const MessageRecord> messages);
    static void update(db::Tx &tx, const MessageRecord &message);
    /// @return those that were there
    static std::vector<MessageId> remove(db::Tx &tx, ChannelId channel,
                                         std::span<const MessageId> messages);

    /// Takes the nonce for `message`. @return false: another message has it
    static bool claimNonce(db::Tx &tx, const MessageRecord &message, const QByteArray &nonce,
                           Timestamp forgottenBefore);
    /// The message that has the nonce, unless it was deleted.
    static std::optional<MessageId> messageOfNonce(db::Executor &db, const MessageRecord &message,
                                                   const QByteArray &nonce);
    /// Takes the nonce for `message` from one that was deleted.
    static void takeNonceOver(db::Tx &tx, const MessageRecord &message, const QByteArray &nonce);
    static void forgetNonces(db::Executor &db, Timestamp before);
    /// The author's newest message with an id from `since` on.
    static std::optional<MessageId> postedSince(db::Executor &db, ChannelId channel, UserId author,
                                                MessageId since);

    struct WelcomePlace {
        UserId owner;
        std::optional<ChannelId> channel;
        int flags = 0;
    };
    static std::optional<WelcomePlace> welcomePlace(db::Executor &db, GuildId guild);
};

} // namespace guildhall
