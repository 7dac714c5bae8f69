// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/door/address_quota.h"
#include "server/gateway/door/answer_bytes.h"
#include "server/gateway/door/body_budget.h"
#include "server/gateway/door/door_settings.h"
#include "server/gateway/door/request_desk.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTimer>

#include <span>
#include <vector>

namespace guildhall {

class ClientConnection;
class UpgradeHandler;

/// The one public port. Accepts connections within their limits and sweeps over their deadlines;
/// what QtHttpServer gets as "pending connections" are DoorSockets, never those of clients.
/// Created by QtHttpAdapter.
/// @thread http
class FrontDoor : public QTcpServer {
    Q_OBJECT

public:
    /// @param upgrades may be null: then nothing is upgraded. Both handlers must outlive the door.
    FrontDoor(RequestHandler &handler, UpgradeHandler *upgrades, DoorSettings settings,
              QObject *parent = nullptr);
    ~FrontDoor() override;

    /// Accepts no more, closes idle connections, and the others after their answers; says drained()
    /// when none is left.
    void drain();
    bool isDraining() const { return m_draining; }
    /// Connections that speak HTTP; upgraded ones have left.
    size_t connections() const { return m_connections.size(); }
    /// Requests that wait for a decision, their body or an answer.
    size_t openRequests() const { return m_desk.size(); }
    /// Bytes that bodies take, wherever they are.
    qint64 bodyMemory() const { return m_bodies.taken(); }

    RequestDesk &desk() { return m_desk; }

    // For connections.

    const DoorLimits &limits() const { return m_settings.limits; }
    UpgradeHandler *upgrades() const { return m_upgrades; }
    /// Monotonic milliseconds.
    qint64 now() const { return m_clock.elapsed(); }
    /// To count the body of that request by.
    BodyBudget::Share bodyShareOf(const RequestHead &head);
    const QByteArray &dateLine() { return m_date.now(); }
    /// Working memory for one step of one connection; holds the longest head.
    std::span<char> scratch() { return m_scratch; }
    /// A request is refused with that status before its handler has all of it. Only counted.
    void noteRefusal(int status);
    /// Forgets the connection and deletes it soon.
    void remove(ClientConnection *connection);

Q_SIGNALS:
    void drained();

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    std::optional<AddressQuota::Place> placeFor(int descriptor);
    DoorSocket *introduceSocket();
    void pause();
    void sweep();
    void tellConnections();

    UpgradeHandler *m_upgrades;
    DoorSettings m_settings;
    RequestDesk m_desk;
    AddressQuota m_quota;
    BodyBudget m_bodies;
    std::vector<ClientConnection *> m_connections;
    QElapsedTimer m_clock;
    QTimer m_sweep;
    DateLine m_date;
    int m_connectionCap;
    std::vector<char> m_scratch;
    bool m_paused = false;
    bool m_draining = false;
};

} // namespace guildhall
