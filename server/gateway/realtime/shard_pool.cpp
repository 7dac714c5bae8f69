// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/shard_pool.h"

#include "server/gateway/realtime/dispatcher.h"
#include "server/gateway/realtime/shard.h"
#include "server/gateway/realtime/shard_mailbox.h"
#include "server/gateway/realtime/user_lanes.h"
#include "server/infrastructure/metrics/metric_groups.h"
#include "server/infrastructure/runtime/assert_thread.h"
#include "server/infrastructure/runtime/epoll_dispatcher.h"

#include <QAbstractEventDispatcher>
#include <QTcpSocket>
#include <QThread>

#include <algorithm>
#include <string>

namespace guildhall::realtime {

namespace {

/// What a shard may take beyond its time to close what is left.
constexpr std::chrono::milliseconds joinGrace{2000};

} // namespace

ShardPool::ShardPool(GatewaySettings settings, const GatewayServices &services)
    : m_settings(std::move(settings))
    , m_loops(services.loops)
    , m_lanes(UserLanes::create(services.pool))
    , m_budget(m_settings.identifyLimit, m_settings.identifyWindow)
{
    std::vector<Shard *> shards;
    for (int i = 0; i < std::max(1, m_settings.shards); ++i) {
        m_shards.push_back(std::make_unique<Shard>(m_settings, services, m_lanes, m_budget));
        shards.push_back(m_shards.back().get());
    }
    m_dispatcher = std::make_unique<Dispatcher>(services.bus, services.rights, std::move(shards));
}

ShardPool::~ShardPool()
{
    shutdown(std::chrono::milliseconds::zero());
}

void ShardPool::start()
{
    for (size_t i = 0; i < m_shards.size(); ++i) {
        auto thread = std::make_unique<QThread>();
        const std::string name = "shard-" + std::to_string(i);
        thread->setObjectName(QString::fromStdString(name));
        EpollDispatcher::installOn(
            *thread, m_loops ? m_loops->observer(name) : EpollDispatcher::TurnObserver());
        m_shards[i]->moveToThread(thread.get());
        thread->start();
        m_threads.push_back(std::move(thread));
    }
    m_running = true;
}

void ShardPool::adopt(QTcpSocket *socket, const UpgradeRequest &request)
{
    GH_ASSERT_THREAD(socket);
    const size_t index = m_next.fetch_add(1, std::memory_order_relaxed) % m_shards.size();
    Shard &shard = *m_shards[index];
    const auto hand = [&shard, socket, request] {
        socket->setParent(nullptr);
        socket->moveToThread(shard.thread());
        shard.mailbox()->post([socket, request](Shard &self) { self.adopt(socket, request); });
    };
    // Not at once: the caller may be in a slot of the socket's own signal, and Qt goes on using the
    // socket when that returns, while the shard may already have destroyed it. The dispatcher is an
    // object of this thread that is certain to be there.
    QMetaObject::invokeMethod(QAbstractEventDispatcher::instance(), hand, Qt::QueuedConnection);
}

void ShardPool::postToAll(const std::function<void(Shard &)> &task)
{
    for (const auto &shard : m_shards)
        shard->mailbox()->post(task);
}

void ShardPool::closeSessions(const std::function<bool(const Identity &)> &matches, CloseCode code)
{
    postToAll([matches, code](Shard &shard) { shard.closeSessions(matches, code); });
}

void ShardPool::invalidateSessions()
{
    postToAll([](Shard &shard) { shard.invalidateSessions(); });
}

void ShardPool::shutdown(std::chrono::milliseconds within)
{
    if (!std::exchange(m_running, false))
        return;
    postToAll([within](Shard &shard) { shard.retire(within); });
    for (const auto &thread : m_threads) {
        // It hangs, and what it still uses is about to be destroyed: rather end here than there.
        if (!thread->wait(QDeadlineTimer(within + joinGrace)))
            qFatal("a gateway shard did not end");
    }
}

GatewayStatistics ShardPool::statistics() const
{
    GatewayStatistics sum;
    for (const auto &shard : m_shards) {
        sum.connections += shard->connectionCount();
        sum.sessions += shard->sessionCount();
        sum.dispatches += shard->dispatchCount();
    }
    return sum;
}

} // namespace guildhall::realtime
