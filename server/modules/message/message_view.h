// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/message/message_events.h"
#include "server/modules/message/message_record.h"
#include "server/modules/user/user_service.h"

#include <span>
#include <unordered_map>
#include <vector>

namespace guildhall {

class GuildSnapshot;

/// Turns records into what clients see, with the people in them looked up once for all.
/// @thread any with a database session (UserService may ask the database)
class MessageView {
public:
    explicit MessageView(UserService &users)
        : m_users(users)
    { }

    /// In the order given. Authors that are gone are shown with their id alone.
    std::vector<Message> show(std::span<const MessageRecord> records);
    Message show(const MessageRecord &record);
    /// For events: with guild, memberships and kind of channel.
    MessageInGuild showInGuild(const MessageRecord &record, const GuildSnapshot &guild);

private:
    using People = std::unordered_map<UserId, User>;

    People peopleOf(std::span<const MessageRecord> records);
    static Message assemble(const MessageRecord &record, const People &people);

    UserService &m_users;
};

/// A message with memberships beside its people. @thread any
MessageInGuild withMemberships(Message message, ChannelType type, const GuildSnapshot &guild);
/// The way back: answers carry no memberships, events do. @source api.md 5, "Message"
Message withoutMemberships(MessageInGuild message);

} // namespace guildhall
