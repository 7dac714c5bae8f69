// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/metrics/labelled.h"

#include <prometheus/gauge.h>
#include <prometheus/registry.h>

namespace guildhall {

/// The public port.
struct DoorMetrics {
    explicit DoorMetrics(prometheus::Registry &registry);
    prometheus::Gauge &connections; ///< open sockets that are no gateway sessions
    CountersBy refused; ///< by reason: "address", "headers", "body", "timeout"…
};

/// Signing in, tokens and limits.
struct AuthMetrics {
    explicit AuthMetrics(prometheus::Registry &registry);
    CountersBy tokensRefused; ///< by tokenErrorName(), "revoked", "unknown"
    CountersBy rateLimited; ///< by bucket name
};

/// Statements and the message lane.
struct DatabaseMetrics {
    explicit DatabaseMetrics(prometheus::Registry &registry);
    HistogramsBy querySeconds; ///< by name of the query
    CountersBy faults; ///< by SQLSTATE
    prometheus::Counter &reconnects;
    prometheus::Histogram &laneBatchSize; ///< messages in one commit
    prometheus::Histogram &laneBatchSeconds; ///< from the begin of a batch to its commit
};

/// Gateway sessions of all shards, Socket.IO included.
struct GatewayMetrics {
    explicit GatewayMetrics(prometheus::Registry &registry);
    prometheus::Gauge &sessions; ///< with a socket
    prometheus::Gauge &detached; ///< without one, waiting to be resumed
    prometheus::Counter &eventsOut; ///< dispatches queued to sockets
    prometheus::Counter &bytesOut;
    prometheus::Counter &resumed;
    CountersBy dropped; ///< events nobody got, by reason
    CountersBy closed; ///< sessions the server closed, by close code
};

/// Events between the nodes.
struct RelayMetrics {
    explicit RelayMetrics(prometheus::Registry &registry);
    prometheus::Counter &sent;
    prometheus::Counter &received;
    prometheus::Counter &unknown; ///< of a name this version does not know
    prometheus::Counter &gaps; ///< times the subscription was lost
    prometheus::Histogram &lagSeconds; ///< from publication on another node to arrival here
};

/// Event loops, by thread: how long one turn kept the others waiting.
struct LoopMetrics {
    explicit LoopMetrics(prometheus::Registry &registry);
    HistogramsBy turnSeconds;
};

} // namespace guildhall
