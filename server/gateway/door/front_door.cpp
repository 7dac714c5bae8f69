// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/door/front_door.h"

#include "server/gateway/door/capped_socket.h"
#include "server/gateway/door/client_connection.h"
#include "server/gateway/door/door_socket.h"
#include "server/infrastructure/metrics/metric_groups.h"

#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace guildhall {

namespace {

/// What is read ahead of a client; when it is full, the kernel and then the client wait.
constexpr qint64 readAhead = 64 * 1024;
constexpr int backlog = 511;
/// Left to databases, files and a burst that was accepted before the pause took effect.
constexpr rlim_t reservedDescriptors = 640;

int connectionCap(const DoorLimits &limits)
{
    if (limits.connections > 0)
        return limits.connections;
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    const rlim_t most = std::min<rlim_t>(limit.rlim_cur, 1'000'000);
    return int(std::max(most / 2, most - std::min(most, reservedDescriptors)));
}

size_t scratchSize(const http::HeadLimits &limits)
{
    return std::max<size_t>(size_t(readAhead), limits.requestLine + limits.headerBytes + 16);
}

} // namespace

FrontDoor::FrontDoor(RequestHandler &handler, UpgradeHandler *upgrades, DoorSettings settings,
                     QObject *parent)
    : QTcpServer(parent)
    , m_upgrades(upgrades)
    , m_settings(std::move(settings))
    , m_desk(handler, [this] { return introduceSocket(); })
    , m_bodies({m_settings.limits.bodyMemory, m_settings.limits.bodyMemory / 4})
    , m_connectionCap(connectionCap(m_settings.limits))
    , m_scratch(scratchSize(m_settings.limits.head))
{
    m_clock.start();
    setListenBacklogSize(backlog);
    m_sweep.setInterval(m_settings.limits.sweepInterval);
    connect(&m_sweep, &QTimer::timeout, this, &FrontDoor::sweep);
    // Qt stops accepting by itself when descriptors have run out.
    connect(this, &QTcpServer::acceptError, this, &FrontDoor::pause);
}

FrontDoor::~FrontDoor()
{
    for (ClientConnection *connection : std::exchange(m_connections, {}))
        delete connection;
    tellConnections();
}

void FrontDoor::drain()
{
    m_draining = true;
    close();
    const std::vector<ClientConnection *> open = m_connections;
    for (ClientConnection *connection : open)
        connection->closeWhenAnswered();
    if (m_connections.empty())
        Q_EMIT drained();
}

void FrontDoor::incomingConnection(qintptr descriptor)
{
    std::optional<AddressQuota::Place> place = placeFor(int(descriptor));
    if (!place) {
        ::close(int(descriptor));
        return;
    }
    auto *socket = new CappedSocket(std::move(*place));
    socket->setReadBufferSize(readAhead);
    if (!socket->setSocketDescriptor(descriptor)) {
        ::close(int(descriptor));
        delete socket;
        return;
    }
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);

    auto *connection = new ClientConnection(*this, socket);
    connection->index = m_connections.size();
    m_connections.push_back(connection);
    tellConnections();
    if (!m_sweep.isActive())
        m_sweep.start();
    if (m_quota.total() >= m_connectionCap)
        pause();
    connection->start();
}

std::optional<AddressQuota::Place> FrontDoor::placeFor(int descriptor)
{
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (::getpeername(descriptor, reinterpret_cast<sockaddr *>(&address), &size) != 0)
        return std::nullopt;
    const QHostAddress peer(reinterpret_cast<const sockaddr *>(&address));
    const int cap = m_settings.limits.connectionsPerAddress;
    if (cap <= 0 || m_settings.uncounted(peer))
        return m_quota.takeUncounted();
    std::optional<AddressQuota::Place> place = m_quota.take(peer, cap);
    if (!place && m_settings.metrics)
        m_settings.metrics->tooMany.Increment();
    return place;
}

void FrontDoor::tellConnections()
{
    if (m_settings.metrics)
        m_settings.metrics->connections.Set(double(m_connections.size()));
}

void FrontDoor::noteRefusal(int status)
{
    DoorMetrics *const metrics = m_settings.metrics;
    if (!metrics)
        return;
    switch (status) {
    case 408:
        return metrics->tooSlow.Increment();
    case 413:
    case 414:
    case 431:
        return metrics->tooLarge.Increment();
    case 503:
        return metrics->noRoom.Increment();
    default:
        return metrics->malformed.Increment();
    }
}

BodyBudget::Share FrontDoor::bodyShareOf(const RequestHead &head)
{
    const QHostAddress client = m_settings.clientOf(head);
    return m_settings.uncounted(client) ? m_bodies.openUncounted() : m_bodies.open(client);
}

void FrontDoor::pause()
{
    m_paused = true;
    pauseAccepting();
    if (!m_sweep.isActive())
        m_sweep.start();
}

void FrontDoor::sweep()
{
    const qint64 time = now();
    // Backwards: a connection that ends gives its place to the last one, which has been seen.
    for (size_t i = m_connections.size(); i-- > 0;)
        m_connections[i]->sweep(time);
    if (m_paused && isListening() && m_quota.total() < m_connectionCap) {
        m_paused = false;
        resumeAccepting();
    }
    if (m_connections.empty() && !m_paused)
        m_sweep.stop();
}

void FrontDoor::remove(ClientConnection *connection)
{
    const size_t index = connection->index;
    m_connections[index] = m_connections.back();
    m_connections[index]->index = index;
    m_connections.pop_back();
    tellConnections();
    connection->deleteLater();
    if (m_draining && m_connections.empty())
        Q_EMIT drained();
}

DoorSocket *FrontDoor::introduceSocket()
{
    auto *socket = new DoorSocket(this);
    addPendingConnection(socket); // QtHttpServer is told, and takes it, within this call
    return socket;
}

} // namespace guildhall
