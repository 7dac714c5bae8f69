// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/app/modules.h"
#include "server/gateway/realtime/gateway_upgrades.h"
#include "server/gateway/realtime/shard_pool.h"
#include "server/infrastructure/metrics/metrics.h"
#include "tests/gateway/gateway_fakes.h"
#include "tests/gateway/http_front.h"
#include "tests/modules/app/client_state.h"
#include "tests/support/gateway_client.h"
#include "tests/support/module_world.h"

namespace guildhall::test {

/// Every module behind a real gateway with its door: requests go through the router, sessions
/// through sockets. Only tokens are made up.
class LiveWorld : public ModuleWorld {
public:
    LiveWorld();
    ~LiveWorld();

    /// A connection that has not identified yet.
    std::unique_ptr<GatewayClient> connect();
    static QString tokenOf(UserId user, bool bot);

private:
    Metrics m_metrics;
    Modules m_modules;
    FakeAuthenticator m_authenticator;
    realtime::ShardPool m_shards;
    realtime::GatewayUpgrades m_upgrades;
    std::unique_ptr<HttpFront> m_front;
};

/// A session that keeps its own state, which can be compared with what a new session would get.
class Watcher {
public:
    /// Identifies, and has its guilds when it returns.
    Watcher(LiveWorld &world, UserId user, bool bot = false);

    /// What it knows from its start and all events so far; waits for those that are under way.
    QJsonObject state();
    /// What the same account gets if it starts now.
    QJsonObject freshState();
    GatewayClient &client() { return *m_client; }
    UserId user() const { return m_user; }
    const QStringList &unknownEvents() const { return m_state.unknown(); }

    /// Leaves out what events need not say: when the last message of this channel came, which the
    /// account does not see.
    void doesNotSee(ChannelId channel) { m_blindFor = channel; }

private:
    std::unique_ptr<GatewayClient> start(const QJsonObject &more, ClientState &state);
    void catchUp();
    QJsonObject compared(const ClientState &state) const;

    LiveWorld &m_world;
    UserId m_user;
    bool m_bot;
    ChannelId m_blindFor;
    ClientState m_state;
    qsizetype m_taken = 0; ///< payloads of the client that are in m_state
    std::unique_ptr<GatewayClient> m_client;
};

} // namespace guildhall::test
