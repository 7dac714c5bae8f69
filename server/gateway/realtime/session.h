// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/flusher.h"
#include "server/gateway/realtime/ready.h"
#include "server/gateway/realtime/session_handle.h"
#include "server/gateway/realtime/websocket_link.h"

#include <vector>

namespace guildhall::realtime {

/// An identified client: who it is, what it asked for and how far it has been told. Apart from its
/// connection, so that it can outlive one.
/// @thread the shard's
class Session {
public:
    /// @param key unique within the shard
    Session(quint64 key, QByteArray sessionId, ReadyRequest request)
        : m_user(request.identity.user)
        , m_intents(request.intents)
        , m_contentHidden(request.identity.bot && !request.intents.has(Intent::MessageContent))
        , m_key(key)
        , m_sessionId(std::move(sessionId))
        , m_request(std::move(request))
    { }
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    UserId user() const { return m_user; }
    Intents intents() const { return m_intents; }
    /// Gets PayloadVariant::WithoutContent, unless the event shows itself to this user.
    bool isContentHidden() const { return m_contentHidden; }
    quint64 key() const { return m_key; }
    const QByteArray &sessionId() const { return m_sessionId; }
    const ReadyRequest &request() const { return m_request; }
    const Identity &identity() const { return m_request.identity; }
    SessionInfo info() const { return {m_sessionId, m_request.identity, m_intents}; }

    /// The connection it speaks over from now on.
    void attach(WebSocketLink &link, quint64 connection)
    {
        m_link = &link;
        m_connection = connection;
    }
    void detach()
    {
        m_link = nullptr;
        m_connection = 0;
    }
    bool isAttached() const { return m_link != nullptr; }
    /// The key of its connection; 0: none.
    quint64 connection() const { return m_connection; }

    /// `s` of the newest dispatch.
    quint64 sequence() const { return m_sequence; }
    /// Gives the item, a dispatch, the next `s` and queues it.
    void dispatch(DispatchTable::Index item)
    {
        ++m_sequence;
        if (m_link != nullptr)
            m_link->stageDispatch(item, m_sequence);
    }

    /// Whether events of `guild` are for this shard of a sharded bot.
    bool holds(GuildId guild) const { return !m_request.shard || m_request.shard->holds(guild); }
    /// Whether direct messages are.
    bool holdsDirect() const { return !m_request.shard || m_request.shard->index == 0; }

    /// Events up to this place in the order of publication are in the state it started from.
    quint64 knownUpTo() const { return m_knownUpTo; }
    void setKnownUpTo(quint64 sequence) { m_knownUpTo = sequence; }

    /// The guilds it hears; kept by Subscriptions.
    std::vector<GuildId> &guilds() { return m_guilds; }

private:
    // What a delivery touches comes first: it is one cache line.
    WebSocketLink *m_link = nullptr;
    quint64 m_sequence = 0;
    UserId m_user;
    Intents m_intents;
    bool m_contentHidden;
    quint64 m_knownUpTo = 0;

    quint64 m_key;
    quint64 m_connection = 0;
    std::vector<GuildId> m_guilds;
    QByteArray m_sessionId;
    ReadyRequest m_request;
};

} // namespace guildhall::realtime
