// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/connection.h"
#include "server/gateway/realtime/deadline_queue.h"
#include "server/gateway/realtime/errands.h"
#include "server/gateway/realtime/fanout.h"
#include "server/gateway/realtime/flusher.h"
#include "server/gateway/realtime/gateway_services.h"
#include "server/gateway/realtime/gateway_settings.h"
#include "server/gateway/realtime/loader.h"
#include "server/gateway/realtime/session.h"
#include "server/gateway/realtime/user_lanes.h"

#include <QObject>

#include <atomic>
#include <memory>
#include <unordered_map>
#include <vector>

class QTimer;

namespace guildhall::realtime {

class IdentifyBudget;

/// One thread's share of the gateway: its connections, its sessions, and the order in which events
/// reach them. Lives in its thread; others reach it through its mailbox only.
class Shard final : public QObject, private MembershipFollower {
    Q_OBJECT

public:
    Shard(const GatewaySettings &settings, const GatewayServices &services,
          std::shared_ptr<UserLanes> lanes, IdentifyBudget &budget);
    ~Shard() override;

    /// @thread any
    const std::shared_ptr<ShardMailbox> &mailbox() const { return m_mailbox; }
    /// Sessions there are or are being made; 0: an event need not be posted. @thread any
    int sessionCount() const { return m_sessionCount.load(); }
    int connectionCount() const { return m_connectionCount.load(std::memory_order_relaxed); }
    quint64 dispatchCount() const { return m_dispatchCount.load(std::memory_order_relaxed); }

    // All below: @thread the shard's
    void adopt(QTcpSocket *socket, const UpgradeRequest &request);
    void closeSessions(const Loader::Matches &matches, CloseCode code);
    /// Tells all clients to identify again: events were missed and nobody knows which.
    void invalidateSessions();
    void dispatchTo(quint64 sessionKey, const char *name, QByteArray d);
    /// Sends the clients away, spread over `within`; the thread's event loop ends with the last.
    void retire(std::chrono::milliseconds within);

    // For Connection.
    const GatewaySettings &settings() const { return m_settings; }
    const GatewayServices &services() const { return m_services; }
    const WebSocketLink::Shared &linkShared() const { return m_linkShared; }
    Flusher &flusher() { return m_flusher; }
    Fanout &fanout() { return m_fanout; }
    Loader &loader() { return m_loader; }
    IdentifyBudget &budget() { return m_budget; }
    Connection *connection(quint64 key);
    void schedule(quint64 key, Connection &connection);
    void bury(quint64 key);
    Session &makeSession(const ReadyRequest &request);
    void dropSession(Session &session);
    void announceOpened(Session &session, const std::optional<PresenceUpdate> &initial);
    void announceClosed(const SessionInfo &session, bool abnormal);
    void noteHeartbeat(UserId user) { m_heartbeats.push_back(user); }
    /// The server ends a connection. Only counted.
    void noteClosing(quint16 code);
    SessionHandle handleOf(const Session &session) const;

    /// Runs `call(commands, session handle)` in the pool, in order with the user's other calls.
    template <typename Call>
    void command(const Session &session, Call call)
    {
        m_lanes->post(session.user(),
                      [&commands = m_services.commands, handle = handleOf(session),
                       call = std::move(call)] { call(commands, handle); });
    }

private:
    bool event(QEvent *event) override;
    void sessionJoined(Session &session, GuildId guild) override;
    void sessionMissedEvents(Session &session) override;
    Connection *connectionOf(const Session &session);

    void readMail();
    void read(ShardMailbox::Mail &mail);
    void lookAtDeadlines();
    void armTimer();
    std::vector<quint64> connectionKeys() const;
    void clearGraveyard();
    void housekeep();
    void reportTraffic();
    void reportHeartbeats();
    void endIfEmpty();

    const GatewaySettings m_settings;
    const GatewayServices m_services;
    std::shared_ptr<UserLanes> m_lanes;
    IdentifyBudget &m_budget;
    std::shared_ptr<ShardMailbox> m_mailbox;
    Errands m_errands;
    Loader m_loader;
    Flusher m_flusher;
    Fanout m_fanout;
    std::vector<char> m_readBuffer;
    WebSocketLink::Shared m_linkShared;

    std::unordered_map<quint64, std::unique_ptr<Session>> m_sessions;
    std::unordered_map<quint64, std::unique_ptr<Connection>> m_connections;
    std::vector<std::unique_ptr<Connection>> m_graveyard; ///< until the call stack is left
    std::vector<ShardMailbox::Mail> m_reading;
    std::vector<UserId> m_heartbeats;
    DeadlineQueue m_deadlines;
    QTimer *m_deadlineTimer;
    DeadlineQueue::Time m_timerAt{};
    DeadlineQueue::Time m_heartbeatsSince{};
    QTimer *m_housekeeping;
    quint64 m_lastKey = 0;
    bool m_retiring = false;
    std::atomic<int> m_sessionCount{0};
    std::atomic<int> m_connectionCount{0};
    std::atomic<quint64> m_dispatchCount{0};
};

} // namespace guildhall::realtime
