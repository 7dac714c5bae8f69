// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/app/config.h"
#include "server/app/database_home.h"
#include "server/app/door_thread.h"
#include "server/app/health_handler.h"
#include "server/app/instance_controller.h"
#include "server/app/modules.h"
#include "server/gateway/realtime/gateway_upgrades.h"
#include "server/gateway/realtime/shard_pool.h"
#include "server/gateway/rest/pipeline.h"
#include "server/infrastructure/database/database.h"
#include "server/infrastructure/database/database_watch.h"
#include "server/infrastructure/database/event_gap.h"
#include "server/infrastructure/database/serving_lease.h"
#include "server/infrastructure/events/event_bus.h"
#include "server/infrastructure/metrics/metrics.h"
#include "server/infrastructure/runtime/periodic.h"
#include "server/infrastructure/runtime/snowflakes.h"
#include "server/infrastructure/runtime/worker_pool.h"

#include <QTimer>

#include <atomic>
#include <optional>

namespace guildhall {

/// The running daemon: owns threads, pools, bus and gateways, and knows the order in which they
/// start and stop. Members stand in that order; the destructor goes the other way.
/// @thread main
class Daemon {
public:
    /// Opens the database and builds everything; no port is open yet.
    /// @throws Fault of one sentence that names the setting and the mend
    explicit Daemon(const Config &config);
    ~Daemon();
    Q_DISABLE_COPY_MOVE(Daemon)

    /// Takes the database for itself and opens the ports. @throws Fault
    void start();
    /// Stops in order: no new sockets, open requests, gateway sessions (told to come back), pools.
    void stop();

    quint16 port() const;
    /// Of /livez, /readyz and /metrics.
    quint16 healthPort() const;
    const DatabaseHome &database() const { return m_home; }
    const Router &router() const { return m_router; }
    AuthService &auth() { return m_modules.auth.service(); }

private:
    void keepLease();
    void openHealth();
    void observeRequests();
    void observeLoop();
    bool databaseAnswers() const { return m_databaseWatch.isAnswering(); }
    DoorSettings doorSettings();

    const Config m_config;
    Metrics m_metrics;
    DatabaseHome m_home;
    db::ServingLease m_lease;
    QTimer m_leaseTimer;
    EventBus m_bus;
    db::Database m_database;
    db::DatabaseWatch m_databaseWatch;
    Snowflakes m_ids;
    Router m_router;
    WorkerPool m_api;
    WorkerPool m_heavy;
    Kernel m_kernel;
    Modules m_modules;
    realtime::ShardPool m_shards;
    db::EventGap m_gap;
    realtime::GatewayUpgrades m_upgrades;
    InstanceController m_instance;
    Pipeline m_pipeline;
    HealthHandler m_health;
    Periodic m_periodic;
    std::optional<DoorThread> m_door;
    std::optional<DoorThread> m_healthDoor;
    std::atomic<bool> m_ready{false};
};

} // namespace guildhall
