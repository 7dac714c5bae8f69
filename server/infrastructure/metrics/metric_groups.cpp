// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/metrics/metric_groups.h"

#include "server/infrastructure/metrics/registration.h"

namespace guildhall {

using namespace registration;
using prometheus::Registry;

DoorMetrics::DoorMetrics(Registry &registry)
    : DoorMetrics(registry,
                  countersBy(registry, "reason", "guildhall_door_refused_total",
                             "Connections and requests refused before any handler saw them."))
{ }

DoorMetrics::DoorMetrics(Registry &registry, const CountersBy &refused)
    : connections(gauge(registry, "guildhall_door_connections",
                        "Open HTTP connections; those of gateway sessions have left."))
    , tooMany(refused.of("too_many"))
    , tooSlow(refused.of("too_slow"))
    , tooLarge(refused.of("too_large"))
    , malformed(refused.of("malformed"))
    , noRoom(refused.of("no_room"))
{ }

AuthMetrics::AuthMetrics(Registry &registry)
    : tokensRefused(countersBy(registry, "reason", "guildhall_tokens_refused_total",
                               "Tokens that were not accepted."))
    , rateLimited(countersBy(registry, "bucket", "guildhall_rate_limited_total",
                             "Requests refused because of a rate limit."))
{ }

LaneMetrics::LaneMetrics(Registry &registry)
    : batchSize(histogram(registry, "guildhall_lane_batch_size", "Messages stored by one commit.",
                          {1, 2, 4, 8, 16, 32, 64}))
    , batchSeconds(
          histogram(registry, "guildhall_lane_batch_seconds", "Time of one batch of messages."))
{ }

GatewayMetrics::GatewayMetrics(Registry &registry)
    : GatewayMetrics(registry,
                     countersBy(registry, "reason", "guildhall_gateway_dropped_total",
                                "Payloads that were to be sent and were thrown away."))
{ }

GatewayMetrics::GatewayMetrics(Registry &registry, const CountersBy &dropped)
    : sessions(gauge(registry, "guildhall_gateway_sessions", "Gateway sessions."))
    , eventsOut(
          counter(registry, "guildhall_gateway_events_total", "Events given to gateway sockets."))
    , bytesOut(
          counter(registry, "guildhall_gateway_sent_bytes_total", "Bytes sent to gateway sockets."))
    , closed(countersBy(registry, "code", "guildhall_gateway_closed_total",
                        "Gateway connections closed by the server, by close code."))
    , droppedTooSlow(dropped.of("too_slow"))
    , droppedGone(dropped.of("gone"))
    , droppedUnknownRights(dropped.of("unknown_rights"))
{ }

LoopMetrics::LoopMetrics(Registry &registry)
    : m_turnSeconds(histogramsBy(registry, "thread", "guildhall_loop_turn_seconds",
                                 "How long one turn of an event loop took."))
{ }

EpollDispatcher::TurnObserver LoopMetrics::observer(const std::string &thread) const
{
    return [&histogram = m_turnSeconds.of(thread)](std::chrono::nanoseconds took) {
        histogram.Observe(std::chrono::duration<double>(took).count());
    };
}

} // namespace guildhall
