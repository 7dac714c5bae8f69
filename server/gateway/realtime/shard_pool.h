// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/gateway_services.h"
#include "server/gateway/realtime/gateway_settings.h"
#include "server/gateway/realtime/identify_budget.h"
#include "server/gateway/realtime/websocket_handshake.h"
#include "shared/gateway/close_codes.h"

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

class QTcpSocket;
class QThread;

namespace guildhall::realtime {

class Dispatcher;
class Shard;
class UserLanes;

struct GatewayStatistics {
    int connections = 0;
    int sessions = 0; ///< those being made included
    quint64 dispatches = 0; ///< deliveries since the start
};

/// The realtime gateway: threads with sessions, fed by the event bus.
class ShardPool {
public:
    /// Hears the bus from now on. To be made in the main thread, after the modules that keep rights
    /// have registered their atCommit listeners and before anything is published; must live until
    /// nothing is published any more.
    ShardPool(GatewaySettings settings, const GatewayServices &services);
    /// Shuts down at once if shutdown() was not called.
    ~ShardPool();
    ShardPool(const ShardPool &) = delete;
    ShardPool &operator=(const ShardPool &) = delete;

    /// Starts the threads; sockets may be adopted from now on.
    void start();

    /// Takes over a socket whose request asks for the gateway and is still unread, from its first
    /// byte on. Nobody may be connected to its signals any more, but for destroyed().
    /// @thread the socket's
    void adopt(QTcpSocket *socket, const UpgradeRequest &request);

    /// Closes the sessions of those whom `matches` names, and refuses tokens of theirs that are
    /// being judged right now. `matches` is called in several threads, later. @thread any
    void closeSessions(const std::function<bool(const Identity &)> &matches,
                       CloseCode code = CloseCode::AuthenticationFailed);
    /// Tells every client to identify again: events were missed and nobody knows which. @thread any
    void invalidateSessions();

    /// Tells the clients to reconnect (op 7), closes their connections spread over `within`, and
    /// returns when all are gone or the time is over. New sockets are cut.
    /// @thread main
    void shutdown(std::chrono::milliseconds within);

    /// For GET /gateway/bot. @thread any
    const IdentifyBudget &identifyBudget() const { return m_budget; }
    /// @thread any
    GatewayStatistics statistics() const;

private:
    void postToAll(const std::function<void(Shard &)> &task);

    const GatewaySettings m_settings;
    const LoopMetrics *m_loops;
    std::shared_ptr<UserLanes> m_lanes;
    IdentifyBudget m_budget;
    std::vector<std::unique_ptr<Shard>> m_shards;
    std::vector<std::unique_ptr<QThread>> m_threads;
    std::unique_ptr<Dispatcher> m_dispatcher;
    std::atomic<size_t> m_next{0};
    bool m_running = false;
};

} // namespace guildhall::realtime
