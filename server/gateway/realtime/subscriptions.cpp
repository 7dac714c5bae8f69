// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/subscriptions.h"

#include "server/gateway/realtime/session.h"

#include <algorithm>

namespace guildhall::realtime {

void Subscriptions::add(Session &session)
{
    m_users[session.user()].push_back(&session);
}

void Subscriptions::remove(Session &session)
{
    while (!session.guilds().empty())
        removeGuild(session, session.guilds().back());
    const auto found = m_users.find(session.user());
    if (found == m_users.end())
        return;
    std::erase(found->second, &session);
    if (found->second.empty())
        m_users.erase(found);
}

void Subscriptions::addGuild(Session &session, GuildId guild, quint64 since)
{
    m_guilds[guild].add({&session, since});
    session.guilds().push_back(guild);
}

void Subscriptions::removeGuild(Session &session, GuildId guild)
{
    std::erase(session.guilds(), guild);
    const auto found = m_guilds.find(guild);
    if (found == m_guilds.end())
        return;
    found->second.remove(session);
    if (found->second.isEmpty())
        m_guilds.erase(found);
}

GuildTopic *Subscriptions::guild(GuildId guild)
{
    const auto found = m_guilds.find(guild);
    return found != m_guilds.end() ? &found->second : nullptr;
}

const std::vector<Session *> &Subscriptions::ofUser(UserId user) const
{
    static const std::vector<Session *> none;
    const auto found = m_users.find(user);
    return found != m_users.end() ? found->second : none;
}

} // namespace guildhall::realtime
