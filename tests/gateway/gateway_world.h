// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway_fakes.h"
#include "http_front.h"
#include "server/gateway/realtime/gateway_upgrades.h"
#include "server/gateway/realtime/shard_pool.h"
#include "server/infrastructure/events/event_bus.h"
#include "server/infrastructure/metrics/metrics.h"
#include "server/infrastructure/runtime/manual_clock.h"
#include "server/infrastructure/runtime/worker_pool.h"
#include "tests/support/gateway_client.h"

#include <QUrl>

namespace guildhall::test {

/// The gateway behind the real door, with fakes for what modules plug in. Guild 1 has the channels
/// 11 and 12; "user-N" and "bot-N" are tokens.
class GatewayWorld {
public:
    explicit GatewayWorld(realtime::GatewaySettings settings = {});
    ~GatewayWorld();

    QUrl url(const QString &query = QStringLiteral("v=10&encoding=json")) const;
    quint16 port() const { return m_front->port(); }

    template <Event E>
    void publish(E event)
    {
        bus.publish(std::move(event));
    }

    Metrics metrics;
    EventBus bus;
    ManualClock clock;
    FakeRights rights;
    FakeAuthenticator authenticator;
    FakeReady ready;
    RecordingCommands commands;
    RecordingObserver observer;
    WorkerPool pool;
    realtime::ShardPool shards;

private:
    realtime::GatewayUpgrades m_upgrades;
    std::unique_ptr<HttpFront> m_front;
};

} // namespace guildhall::test
