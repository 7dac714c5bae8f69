// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/message/message_view.h"

#include "server/modules/member/member_service.h"
#include "server/modules/permission/permission_service.h"

#include <algorithm>

namespace guildhall {

namespace {

void addPeople(const MessageRecord &record, std::vector<UserId> &ids)
{
    ids.push_back(record.author);
    ids.insert(ids.end(), record.mentions.begin(), record.mentions.end());
    if (record.referenced)
        addPeople(*record.referenced, ids);
}

} // namespace

MessageView::People MessageView::peopleOf(std::span<const MessageRecord> records)
{
    std::vector<UserId> ids;
    for (const MessageRecord &record : records)
        addPeople(record, ids);
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    People people;
    for (User &user : m_users.find(ids))
        people.emplace(user.id, std::move(user));
    return people;
}

Message MessageView::assemble(const MessageRecord &record, const People &people)
{
    const auto person = [&](UserId id) {
        const auto found = people.find(id);
        if (found != people.end())
            return found->second;
        User gone;
        gone.id = id;
        gone.username = QStringLiteral("deleted");
        return gone;
    };
    Message message;
    message.id = record.id;
    message.channelId = record.channel;
    message.author = person(record.author);
    message.content = record.content;
    message.timestamp = record.createdAt;
    message.editedTimestamp = record.editedAt;
    message.tts = record.tts;
    message.mentionEveryone = record.mentionEveryone;
    for (const UserId id : record.mentions)
        message.mentions.push_back({person(id), std::nullopt});
    message.mentionRoles = record.mentionRoles;
    message.pinned = record.pinned;
    message.type = record.type;
    message.flags = record.flags;
    message.messageReference = record.reference;
    if (record.components)
        message.components.text = *record.components;
    if (record.embeds) {
        if (auto embeds = json::decode<std::vector<Embed>>(QByteArrayView(*record.embeds)))
            message.embeds = std::move(*embeds);
    }
    if (record.type == MessageType::Reply) {
        message.referencedMessage.emplace();
        if (record.referenced) {
            Message referenced = assemble(*record.referenced, people);
            referenced.referencedMessage.reset(); // one level only
            *message.referencedMessage = std::make_shared<const Message>(std::move(referenced));
        }
    }
    return message;
}

std::vector<Message> MessageView::show(std::span<const MessageRecord> records)
{
    const People people = peopleOf(records);
    std::vector<Message> messages;
    messages.reserve(records.size());
    for (const MessageRecord &record : records)
        messages.push_back(assemble(record, people));
    return messages;
}

Message MessageView::show(const MessageRecord &record)
{
    return std::move(show({&record, 1}).front());
}

MessageInGuild MessageView::showInGuild(const MessageRecord &record, const GuildSnapshot &guild)
{
    const ChannelRights *channel = guild.channel(record.channel);
    return withMemberships(show(record), channel ? channel->type : ChannelType::Text, guild);
}

MessageInGuild withMemberships(Message message, ChannelType type, const GuildSnapshot &guild)
{
    MessageInGuild result{std::move(message), guild.guild(), std::nullopt, type};
    if (const MemberRecord *author = guild.member(result.author.id))
        result.member = toPartialMember(*author);
    for (MentionedUser &mentioned : result.mentions) {
        if (const MemberRecord *member = guild.member(mentioned.id))
            mentioned.member = toPartialMember(*member);
    }
    return result;
}

Message withoutMemberships(MessageInGuild message)
{
    for (MentionedUser &mentioned : message.mentions)
        mentioned.member.reset();
    return static_cast<Message &&>(std::move(message));
}

} // namespace guildhall
