// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/metrics/labelled.h"
#include "server/infrastructure/runtime/epoll_dispatcher.h"

#include <prometheus/gauge.h>
#include <prometheus/registry.h>

namespace guildhall {

/// The public port.
struct DoorMetrics {
    explicit DoorMetrics(prometheus::Registry &registry);
    prometheus::Gauge &connections; ///< open sockets that are no gateway sessions
    // Connections and requests that no handler came to see, by why.
    prometheus::Counter &tooMany; ///< the address has its share of connections
    prometheus::Counter &tooSlow; ///< to ask, or to take an answer
    prometheus::Counter &tooLarge; ///< head or body
    prometheus::Counter &malformed; ///< not HTTP as it should be
    prometheus::Counter &noRoom; ///< for the body

private:
    DoorMetrics(prometheus::Registry &registry, const CountersBy &refused);
};

/// Signing in, tokens and limits.
struct AuthMetrics {
    explicit AuthMetrics(prometheus::Registry &registry);
    CountersBy tokensRefused; ///< by tokenErrorName(), "revoked", "unknown"
    CountersBy rateLimited; ///< by bucket name
};

/// Where messages are stored.
struct LaneMetrics {
    explicit LaneMetrics(prometheus::Registry &registry);
    prometheus::Histogram &batchSize; ///< messages in one commit
    prometheus::Histogram &batchSeconds; ///< from the begin of a batch to its commit
};

/// Gateway sessions of all shards.
struct GatewayMetrics {
    explicit GatewayMetrics(prometheus::Registry &registry);
    prometheus::Gauge &sessions; ///< identified, those being loaded included
    prometheus::Counter &eventsOut; ///< dispatches given to sockets
    prometheus::Counter &bytesOut; ///< taken by the system
    CountersBy closed; ///< connections the server closed, by close code
    // Payloads that nobody got, by why.
    prometheus::Counter &droppedTooSlow; ///< the client took too little of what it was sent
    prometheus::Counter &droppedGone; ///< its connection broke before it took them
    prometheus::Counter &droppedUnknownRights; ///< nobody could tell who may hear the event

private:
    GatewayMetrics(prometheus::Registry &registry, const CountersBy &dropped);
};

/// Event loops, by thread: how long one turn kept the others waiting.
class LoopMetrics {
public:
    explicit LoopMetrics(prometheus::Registry &registry);
    /// To be given to the loop of that thread. @thread any
    EpollDispatcher::TurnObserver observer(const std::string &thread) const;

private:
    HistogramsBy m_turnSeconds;
};

} // namespace guildhall
