// SPDX-License-Identifier: GPL-3.0-or-later
// What a shard does with its sessions; the thread, its sockets and timers are in shard.cpp.
#include "server/gateway/realtime/session.h"
#include "server/gateway/realtime/shard.h"
#include "server/infrastructure/metrics/metric_groups.h"
#include "server/infrastructure/security/random.h"

namespace guildhall::realtime {

Connection *Shard::connectionOf(const Session &session)
{
    return connection(session.connection());
}

Session &Shard::makeSession(const ReadyRequest &request)
{
    const quint64 key = ++m_lastKey;
    auto session = std::make_unique<Session>(key, random::hexId(16), request);
    // Before its state is read: an event published from now on is posted.
    m_sessionCount.fetch_add(1);
    if (m_services.metrics)
        m_services.metrics->sessions.Increment();
    return *m_sessions.emplace(key, std::move(session)).first->second;
}

void Shard::dropSession(Session &session)
{
    m_fanout.remove(session);
    m_sessions.erase(session.key());
    m_sessionCount.fetch_sub(1);
    if (m_services.metrics)
        m_services.metrics->sessions.Decrement();
}

void Shard::closeSessions(const Loader::Matches &matches, CloseCode code)
{
    m_loader.revoke(matches);
    for (const quint64 key : connectionKeys()) {
        Connection *found = connection(key);
        if (found != nullptr && found->session() != nullptr
            && matches(found->session()->identity()))
            found->close(code);
    }
}

void Shard::invalidateSessions()
{
    m_loader.abandonJudgements();
    for (const quint64 key : connectionKeys()) {
        if (Connection *found = connection(key))
            found->invalidateSession();
    }
}

void Shard::dispatchTo(quint64 sessionKey, const char *name, QByteArray d)
{
    const auto found = m_sessions.find(sessionKey);
    if (found == m_sessions.end() || !found->second->isAttached())
        return;
    m_flusher.reserve(1);
    found->second->dispatch(m_flusher.add({Outgoing::Kind::Dispatch, name, std::move(d)}));
}

void Shard::sessionJoined(Session &session, GuildId guild)
{
    m_loader.readGuild(session.request(), guild,
                       [this, key = session.key(), guild](std::optional<Loader::Guild> loaded) {
                           const auto found = m_sessions.find(key);
                           if (found == m_sessions.end())
                               return;
                           Session &joining = *found->second;
                           if (!loaded || !loaded->create) {
                               m_fanout.joinFailed(joining, guild);
                               if (!loaded)
                                   sessionMissedEvents(joining);
                               return;
                           }
                           m_fanout.joined(joining, guild, loaded->sequence, [&] {
                               if (joining.intents().has(Intent::Guilds))
                                   dispatchTo(key, "GUILD_CREATE", *loaded->create);
                           });
                       });
}

void Shard::sessionMissedEvents(Session &session)
{
    if (m_services.metrics)
        m_services.metrics->droppedUnknownRights.Increment();
    if (Connection *found = connectionOf(session))
        found->invalidateSession();
}

SessionHandle Shard::handleOf(const Session &session) const
{
    return SessionHandle(m_mailbox, session.key(), session.info());
}

void Shard::announceOpened(Session &session, const std::optional<PresenceUpdate> &initial)
{
    for (SessionObserver *observer : m_services.observers)
        m_lanes->post(session.user(), [observer, handle = handleOf(session), initial] {
            observer->sessionOpened(handle, initial);
        });
}

void Shard::announceClosed(const SessionInfo &session, bool abnormal)
{
    for (SessionObserver *observer : m_services.observers)
        m_lanes->post(session.identity.user, [observer, session, abnormal] {
            observer->sessionClosed(session, abnormal);
        });
}

} // namespace guildhall::realtime
