// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/guild_topic.h"

#include <unordered_map>

namespace guildhall::realtime {

/// Which sessions of a shard look at which guilds, and which are whose.
/// @thread the shard's
class Subscriptions {
public:
    /// The session hears what is sent to its user. Guilds are added one by one.
    void add(Session &session);
    /// The session hears nothing any more.
    void remove(Session &session);

    /// @param since events of the guild up to this place are in the state the session was given
    void addGuild(Session &session, GuildId guild, quint64 since);
    void removeGuild(Session &session, GuildId guild);

    /// nullptr when no session looks at it.
    GuildTopic *guild(GuildId guild);
    const std::vector<Session *> &ofUser(UserId user) const;

private:
    std::unordered_map<GuildId, GuildTopic> m_guilds;
    std::unordered_map<UserId, std::vector<Session *>> m_users;
};

} // namespace guildhall::realtime
