// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/door/http_framing.h"
#include "server/gateway/rest/request.h"

#include <QHostAddress>

#include <chrono>
#include <functional>

namespace guildhall {

struct DoorMetrics;

/// How long and how large a client may be. Durations are checked by a sweep, so they end up to one
/// `sweepInterval` late.
struct DoorLimits {
    http::HeadLimits head;

    /// From the connection, or the first byte of a later request, to the end of its head; then 408.
    std::chrono::milliseconds headerTime{10'000};
    /// In each span of this length a body has to bring `bodyBytesPerSecond`; else 408.
    std::chrono::milliseconds bodyTime{30'000};
    qint64 bodyBytesPerSecond = 1024;
    /// Between two requests of a connection; then it is closed without a word.
    std::chrono::milliseconds idleTime{60'000};
    /// In each span of this length a reader has to take some of its answer; else it is cut off.
    std::chrono::milliseconds writeTime{30'000};
    /// After the last answer, for the client to read it before the connection goes.
    std::chrono::milliseconds lingerTime{2'000};
    /// What it sends meanwhile is thrown away, up to this size; then it is cut off.
    qint64 lingerBytes = 16 * 1024 * 1024;
    std::chrono::milliseconds sweepInterval{250};

    /// Of one address (of one /64 with IPv6). More are closed at once.
    int connectionsPerAddress = 256;
    /// In all, upgraded ones included; more wait to be accepted. 0: what the descriptor limit
    /// allows.
    int connections = 0;
    /// Bytes of bodies that are kept at a time, for all connections: those that still come, and
    /// those that wait for a worker or are with one. One address (one /64) gets a quarter. A body
    /// that finds no room is answered 503.
    qint64 bodyMemory = 256 * 1024 * 1024;
    /// The body of a refused request is read and thrown away up to this size, for the connection to
    /// live on; with a larger one it is closed.
    qint64 refusedBody = 64 * 1024;
};

struct DoorSettings {
    DoorLimits limits;
    DoorMetrics *metrics = nullptr; ///< outlives the door; may be null
    /// Peers that no cap per address concerns: loopback, and the trusted proxies.
    std::function<bool(const QHostAddress &)> uncounted = [](const QHostAddress &peer) {
        return peer.isLoopback();
    };
    /// Whose request it is, for what is counted by address: behind a proxy not the peer.
    std::function<QHostAddress(const RequestHead &)> clientOf = [](const RequestHead &head) {
        return head.peer;
    };
};

} // namespace guildhall
