// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/message/message_repository.h"

#include "sql/queries/message.h"

namespace guildhall {

namespace {

/// How many columns a message has in a page; its referenced message has as many behind them.
constexpr int messageColumns = 20;

std::optional<MessageReference> takeReference(db::Row &row)
{
    const auto type = row.take<std::optional<int>>();
    const auto message = row.take<std::optional<MessageId>>();
    const auto channel = row.take<std::optional<ChannelId>>();
    const auto guild = row.take<std::optional<GuildId>>();
    if (!type)
        return std::nullopt;
    return MessageReference{*type, message, channel.value_or(ChannelId()), guild};
}

MessageRecord takeMessage(db::Row &row)
{
    MessageRecord message;
    message.id = row.take<MessageId>();
    message.channel = row.take<ChannelId>();
    message.guild = row.take<std::optional<GuildId>>().value_or(GuildId());
    message.author = row.take<UserId>();
    message.type = MessageType(row.take<int>());
    message.flags = row.take<int>();
    message.content = row.take<QString>();
    message.tts = row.take<bool>();
    message.pinned = row.take<bool>();
    message.mentionEveryone = row.take<bool>();
    message.mentions = row.take<std::vector<UserId>>();
    message.mentionRoles = row.take<std::vector<RoleId>>();
    message.embeds = row.take<std::optional<QByteArray>>();
    message.components = row.take<std::optional<QByteArray>>();
    message.reference = takeReference(row);
    message.createdAt = row.take<Timestamp>();
    message.editedAt = row.take<std::optional<Timestamp>>();
    return message;
}

/// `{1,2}` for each message: what unnest can carry and a cast turns back into a list.
template <typename AnyId>
QByteArray arrayLiteral(const std::vector<AnyId> &ids)
{
    QByteArray literal = "{";
    for (const AnyId id : ids) {
        if (literal.size() > 1)
            literal += ',';
        literal += QByteArray::number(id.value());
    }
    return literal + '}';
}

template <typename Get>
auto column(std::span<const MessageRecord> messages, Get get)
{
    std::vector<std::remove_cvref_t<decltype(get(messages.front()))>> values;
    values.reserve(messages.size());
    for (const MessageRecord &message : messages)
        values.push_back(get(message));
    return values;
}

template <typename T, typename Member>
std::optional<T> ofReference(const MessageRecord &message, Member member)
{
    return message.reference ? std::optional<T>((*message.reference).*member) : std::nullopt;
}

} // namespace

template <>
struct db::RowReader<MessageRecord> {
    static MessageRecord read(Row &row)
    {
        MessageRecord message = takeMessage(row);
        if (row.nextIsNull())
            row.skip(messageColumns);
        else
            message.referenced = std::make_shared<const MessageRecord>(takeMessage(row));
        return message;
    }
};

template <>
struct db::RowReader<MessageRepository::WelcomePlace> {
    static MessageRepository::WelcomePlace read(Row &row)
    {
        MessageRepository::WelcomePlace place;
        place.owner = row.take<UserId>();
        place.channel = row.take<std::optional<ChannelId>>();
        place.flags = row.take<int>();
        return place;
    }
};

std::optional<MessageRecord> MessageRepository::find(db::Executor &db, ChannelId channel,
                                                     MessageId message)
{
    return db.maybe<MessageRecord>(sql::message::find_message, db::bind(":channel_id", channel),
                                   db::bind(":message_id", message));
}

std::vector<MessageRecord> MessageRepository::pageBefore(db::Executor &db, ChannelId channel,
                                                         MessageId before, int limit)
{
    return db.list<MessageRecord>(sql::message::page_before, db::bind(":channel_id", channel),
                                  db::bind(":before", before), db::bind(":limit", limit));
}

std::vector<MessageRecord> MessageRepository::pageFrom(db::Executor &db, ChannelId channel,
                                                       MessageId from, int limit)
{
    return db.list<MessageRecord>(sql::message::page_from, db::bind(":channel_id", channel),
                                  db::bind(":from", from), db::bind(":limit", limit));
}

void MessageRepository::insert(db::Tx &tx, std::span<const MessageRecord> messages)
{
    using M = const MessageRecord &;
    tx.exec(
        sql::message::insert_messages, db::bind(":ids", column(messages, [](M m) { return m.id; })),
        db::bind(":channel_ids", column(messages, [](M m) { return m.channel; })),
        db::bind(":guild_ids", column(messages, [](M m) { return m.guild; })),
        db::bind(":author_ids", column(messages, [](M m) { return m.author; })),
        db::bind(":types", column(messages, [](M m) { return int(m.type); })),
        db::bind(":flags", column(messages, [](M m) { return m.flags; })),
        db::bind(":contents", column(messages, [](M m) { return m.content; })),
        db::bind(":tts", column(messages, [](M m) { return m.tts; })),
        db::bind(":mention_everyone", column(messages, [](M m) { return m.mentionEveryone; })),
        db::bind(":mentions", column(messages, [](M m) { return arrayLiteral(m.mentions); })),
        db::bind(":mention_roles",
                 column(messages, [](M m) { return arrayLiteral(m.mentionRoles); })),
        db::bind(":embeds", column(messages, [](M m) { return m.embeds; })),
        db::bind(":components", column(messages, [](M m) { return m.components; })),
        db::bind(
            ":reference_types",
            column(messages, [](M m) { return ofReference<int>(m, &MessageReference::type); })),
        db::bind(":reference_message_ids",
                 column(messages,
                        [](M m) { return m.reference ? m.reference->messageId : std::nullopt; })),
        db::bind(
            ":reference_channel_ids",
            column(messages,
                   [](M m) { return ofReference<ChannelId>(m, &MessageReference::channelId); })),
        db::bind(":reference_guild_ids",
                 column(messages,
                        [](M m) { return m.reference ? m.reference->guildId : std::nullopt; })),
        db::bind(":created_at", column(messages, [](M m) { return m.createdAt; })));
}

void MessageRepository::update(db::Tx &tx, const MessageRecord &message)
{
    tx.exec(sql::message::update_message, db::bind(":content", message.content),
            db::bind(":flags", message.flags),
            db::bind(":mention_everyone", message.mentionEveryone),
            db::bind(":mentions", message.mentions),
            db::bind(":mention_roles", message.mentionRoles), db::bind(":embeds", message.embeds),
            db::bind(":components", message.components), db::bind(":edited_at", message.editedAt),
            db::bind(":channel_id", message.channel), db::bind(":message_id", message.id));
}

std::vector<MessageId> MessageRepository::remove(db::Tx &tx, ChannelId channel,
                                                 std::span<const MessageId> messages)
{
    return tx.list<MessageId>(sql::message::delete_messages, db::bind(":channel_id", channel),
                              db::bind(":message_ids", messages));
}

bool MessageRepository::claimNonce(db::Tx &tx, const MessageRecord &message,
                                   const QByteArray &nonce, Timestamp forgottenBefore)
{
    return tx
        .maybe<MessageId>(sql::message::claim_nonce, db::bind(":channel_id", message.channel),
                          db::bind(":author_id", message.author), db::bind(":nonce", nonce),
                          db::bind(":message_id", message.id),
                          db::bind(":created_at", message.createdAt),
                          db::bind(":forgotten_before", forgottenBefore))
        .has_value();
}

std::optional<MessageId> MessageRepository::messageOfNonce(db::Executor &db,
                                                           const MessageRecord &message,
                                                           const QByteArray &nonce)
{
    return db.maybe<MessageId>(sql::message::message_of_nonce,
                               db::bind(":channel_id", message.channel),
                               db::bind(":author_id", message.author), db::bind(":nonce", nonce));
}

void MessageRepository::takeNonceOver(db::Tx &tx, const MessageRecord &message,
                                      const QByteArray &nonce)
{
    tx.exec(sql::message::take_nonce_over, db::bind(":channel_id", message.channel),
            db::bind(":author_id", message.author), db::bind(":nonce", nonce),
            db::bind(":message_id", message.id), db::bind(":created_at", message.createdAt));
}

void MessageRepository::forgetNonces(db::Executor &db, Timestamp before)
{
    db.exec(sql::message::forget_nonces, db::bind(":forgotten_before", before));
}

std::optional<MessageId> MessageRepository::postedSince(db::Executor &db, ChannelId channel,
                                                        UserId author, MessageId since)
{
    return db.one<std::optional<MessageId>>(
        sql::message::posted_since, db::bind(":channel_id", channel),
        db::bind(":author_id", author), db::bind(":since_id", since));
}

std::optional<MessageRepository::WelcomePlace> MessageRepository::welcomePlace(db::Executor &db,
                                                                               GuildId guild)
{
    return db.maybe<WelcomePlace>(sql::message::welcome_place, db::bind(":guild_id", guild));
}

} // namespace guildhall
