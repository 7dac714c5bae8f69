// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/shard.h"

#include "server/gateway/realtime/session.h"
#include "server/gateway/realtime/shard_mailbox.h"
#include "server/gateway/realtime/socket_intake.h"
#include "server/infrastructure/metrics/metric_groups.h"
#include "server/infrastructure/runtime/assert_thread.h"
#include "server/infrastructure/runtime/guarded.h"
#include "server/infrastructure/runtime/worker_pool.h"

#include <QEvent>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <string>

namespace guildhall::realtime {

namespace {

using Steady = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr size_t readBufferSize = 64 * 1024;
constexpr auto housekeepEvery = 1s;
constexpr auto maxTimerSlack = 200ms;

} // namespace

Shard::Shard(const GatewaySettings &settings, const GatewayServices &services,
             std::shared_ptr<UserLanes> lanes, IdentifyBudget &budget)
    : m_settings(settings)
    , m_services(services)
    , m_lanes(std::move(lanes))
    , m_budget(budget)
    , m_mailbox(std::make_shared<ShardMailbox>())
    , m_errands(services.pool, m_mailbox, this, settings.patience)
    , m_loader(m_services, m_errands)
    , m_flusher(this, {settings.maxQueuedBytes, settings.maxQueuedMessages},
                [mailbox = m_mailbox] { return !mailbox->isEmpty(); })
    , m_fanout(m_flusher, services.rights, *this)
    , m_readBuffer(readBufferSize)
    , m_linkShared{this, m_flusher, m_readBuffer, settings.maxPayload}
    , m_deadlineTimer(new QTimer(this))
    , m_housekeeping(new QTimer(this))
{
    m_deadlineTimer->setSingleShot(true);
    m_deadlineTimer->setTimerType(Qt::PreciseTimer);
    connect(m_deadlineTimer, &QTimer::timeout, this, &Shard::lookAtDeadlines);
    connect(m_housekeeping, &QTimer::timeout, this, &Shard::housekeep);
    m_mailbox->open(this);
}

Shard::~Shard()
{
    m_mailbox->close();
}

bool Shard::event(QEvent *event)
{
    if (int(event->type()) != ShardMailbox::mailEvent())
        return QObject::event(event);
    readMail();
    return true;
}

void Shard::readMail()
{
    GH_ASSERT_THREAD(this);
    m_mailbox->take(m_reading);
    for (ShardMailbox::Mail &mail : m_reading)
        runGuarded("the mail of a gateway shard", [&] { read(mail); });
    m_reading.clear();
    m_flusher.settle();
    m_dispatchCount.store(m_fanout.dispatchCount(), std::memory_order_relaxed);
    endIfEmpty();
}

void Shard::read(ShardMailbox::Mail &mail)
{
    if (const auto *event = std::get_if<EventMail>(&mail))
        m_fanout.handle(*event);
    else
        std::get<ShardMailbox::Task>(mail)(*this);
}

void Shard::adopt(QTcpSocket *socket, const UpgradeRequest &request)
{
    GH_ASSERT_THREAD(this);
    if (m_retiring) {
        dropSocket(socket);
        return;
    }
    if (!takeInSocket(socket, request, m_settings.closeGrace))
        return;
    if (!m_housekeeping->isActive())
        m_housekeeping->start(housekeepEvery);
    const quint64 key = ++m_lastKey;
    auto &connection = m_connections[key];
    connection = std::make_unique<Connection>(key, *this, socket, request);
    m_connectionCount.fetch_add(1, std::memory_order_relaxed);
    connection->begin();
}

Connection *Shard::connection(quint64 key)
{
    const auto found = m_connections.find(key);
    return found != m_connections.end() ? found->second.get() : nullptr;
}

/// Closing one may take it out of the map, so walks go by key.
std::vector<quint64> Shard::connectionKeys() const
{
    std::vector<quint64> keys;
    keys.reserve(m_connections.size());
    for (const auto &[key, connection] : m_connections)
        keys.push_back(key);
    return keys;
}

void Shard::bury(quint64 key)
{
    const auto found = m_connections.find(key);
    if (found == m_connections.end())
        return;
    if (m_graveyard.empty())
        QMetaObject::invokeMethod(this, &Shard::clearGraveyard, Qt::QueuedConnection);
    m_graveyard.push_back(std::move(found->second));
    m_connections.erase(found);
    m_connectionCount.fetch_sub(1, std::memory_order_relaxed);
}

void Shard::clearGraveyard()
{
    m_graveyard.clear();
    endIfEmpty();
}

void Shard::noteClosing(quint16 code)
{
    if (m_services.metrics)
        m_services.metrics->closed.of(std::to_string(code)).Increment();
}

void Shard::housekeep()
{
    m_lanes->retry();
    reportTraffic();
    reportHeartbeats();
}

/// Here and not with each send: all shards raise the same numbers.
void Shard::reportTraffic()
{
    const Traffic sent = std::exchange(m_flusher.traffic(), {});
    GatewayMetrics *const metrics = m_services.metrics;
    if (!metrics)
        return;
    metrics->eventsOut.Increment(double(sent.dispatches));
    metrics->bytesOut.Increment(double(sent.bytes));
    metrics->droppedTooSlow.Increment(double(sent.droppedTooSlow));
    metrics->droppedGone.Increment(double(sent.droppedGone));
}

void Shard::reportHeartbeats()
{
    const auto now = Steady::now();
    if (m_heartbeats.empty() || now - m_heartbeatsSince < m_settings.heartbeatReport)
        return;
    std::sort(m_heartbeats.begin(), m_heartbeats.end());
    m_heartbeats.erase(std::unique(m_heartbeats.begin(), m_heartbeats.end()), m_heartbeats.end());
    const bool taken
        = m_services.pool.submit([observers = m_services.observers, users = m_heartbeats] {
              for (SessionObserver *observer : observers)
                  observer->heartbeats(users);
          });
    if (!taken)
        return; // with the next ones
    m_heartbeats.clear();
    m_heartbeatsSince = now;
}

void Shard::schedule(quint64 key, Connection &connection)
{
    const auto at = connection.deadline();
    const auto queued = connection.queuedDeadline();
    if (queued != Connection::Time() && queued <= at)
        return; // it is looked at early enough
    connection.setQueuedDeadline(at);
    m_deadlines.add(key, at);
    armTimer();
}

void Shard::armTimer()
{
    const auto next = m_deadlines.next();
    if (!next || (m_deadlineTimer->isActive() && m_timerAt <= *next))
        return;
    const auto wait = std::max<Steady::duration>(*next - Steady::now(), Steady::duration::zero());
    // Long waits are rounded up, so that one wake-up serves many.
    const auto slack = std::min<Steady::duration>(wait / 16, maxTimerSlack);
    m_timerAt = *next;
    m_deadlineTimer->start(std::chrono::ceil<std::chrono::milliseconds>(wait + slack));
}

void Shard::lookAtDeadlines()
{
    const auto now = Steady::now();
    while (const auto entry = m_deadlines.takeDue(now)) {
        Connection *found = connection(entry->key);
        if (found == nullptr || found->queuedDeadline() != entry->at)
            continue; // gone, or queued again for an earlier time
        found->setQueuedDeadline({});
        found->deadlineReached(now);
    }
    m_flusher.settle();
    armTimer();
}

void Shard::retire(std::chrono::milliseconds within)
{
    m_retiring = true;
    const std::vector<quint64> keys = connectionKeys();
    // The last fifth of the time is for the closing handshakes.
    const auto spread = within * 4 / 5;
    const auto now = Steady::now();
    for (size_t i = 0; i < keys.size(); ++i) {
        if (Connection *found = connection(keys[i]))
            found->retire(now + spread * int(i + 1) / int(keys.size()));
    }
    QTimer::singleShot(within, this, [this] {
        m_connections.clear();
        m_connectionCount.store(0, std::memory_order_relaxed);
        endIfEmpty();
    });
    endIfEmpty();
}

void Shard::endIfEmpty()
{
    if (!m_retiring || !m_connections.empty() || !m_graveyard.empty())
        return;
    m_mailbox->close();
    m_flusher.flushAll(); // nothing is left to be sent to; it stops its timer too
    reportTraffic();
    m_housekeeping->stop();
    m_deadlineTimer->stop();
    thread()->quit();
}

} // namespace guildhall::realtime
