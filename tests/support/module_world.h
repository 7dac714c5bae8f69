// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/caller.h"
#include "server/gateway/rest/router.h"
#include "server/infrastructure/database/database.h"
#include "server/infrastructure/events/event_bus.h"
#include "server/infrastructure/runtime/manual_clock.h"
#include "server/infrastructure/runtime/snowflakes.h"
#include "server/infrastructure/runtime/worker_pool.h"
#include "server/modules/kernel.h"
#include "tests/support/pg_cluster.h"
#include "tests/support/recorded_events.h"

#include <QString>

namespace guildhall::test {

/// What a module stands on, with a database of its own and a clock that tests set. Build the
/// modules you need on `kernel()`, then call their services, or their routes by `call()`.
class ModuleWorld {
public:
    /// @param observer hears all statements; outlives the world, may be null
    explicit ModuleWorld(db::StatementObserver *observer = nullptr);
    ~ModuleWorld();

    const Kernel &kernel() const { return m_kernel; }
    db::Database &database() { return m_database; }
    EventBus &bus() { return m_bus; }
    RecordedEvents &events() { return m_events; }
    ManualClock &clock() { return m_clock; }

    /// Sends a request through the router as `user` would (null: nobody is signed in; access itself
    /// is the pipeline's), and waits for the answer.
    Response call(const QByteArray &method, const QByteArray &target, const Caller &who,
                  const QByteArray &body = {});
    /// A caller who is this account.
    static Caller as(UserId user, bool bot = false);

    // Rows that most tests start from, made by plain SQL: what a test is about goes through
    // services.
    UserId user(const QString &name);
    UserId bot(const QString &name, UserId owner);

private:
    TestDatabase m_home; ///< first: dropped when nobody is connected any more
    ManualClock m_clock;
    EventBus m_bus;
    db::Database m_database;
    Snowflakes m_ids;
    Router m_router;
    WorkerPool m_pool;
    Kernel m_kernel;
    RecordedEvents m_events;
};

} // namespace guildhall::test
