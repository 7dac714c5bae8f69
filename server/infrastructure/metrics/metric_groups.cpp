// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/metrics/metric_groups.h"

namespace guildhall {

namespace {

using prometheus::Registry;
using Buckets = prometheus::Histogram::BucketBoundaries;

const Buckets timeBuckets{0.0002, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                          0.05,   0.1,    0.25,  0.5,    1,     5};

prometheus::Gauge &gauge(Registry &registry, const char *name, const char *help)
{
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
}

prometheus::Counter &counter(Registry &registry, const char *name, const char *help)
{
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry).Add({});
}

prometheus::Histogram &histogram(Registry &registry, const char *name, const char *help,
                                 const Buckets &buckets = timeBuckets)
{
    return prometheus::BuildHistogram().Name(name).Help(help).Register(registry).Add({}, buckets);
}

CountersBy countersBy(Registry &registry, const char *label, const char *name, const char *help)
{
    return {prometheus::BuildCounter().Name(name).Help(help).Register(registry), label};
}

HistogramsBy histogramsBy(Registry &registry, const char *label, const char *name, const char *help)
{
    return {prometheus::BuildHistogram().Name(name).Help(help).Register(registry), label,
            timeBuckets};
}

} // namespace

DoorMetrics::DoorMetrics(Registry &registry)
    : connections(gauge(registry, "guildhall_door_connections", "Open HTTP connections."))
    , refused(countersBy(registry, "reason", "guildhall_door_refused_total",
                         "Connections and requests refused before any handler saw them."))
{ }

AuthMetrics::AuthMetrics(Registry &registry)
    : tokensRefused(countersBy(registry, "reason", "guildhall_tokens_refused_total",
                               "Tokens that were not accepted."))
    , rateLimited(
          countersBy(registry, "bucket", "guildhall_rate_limited_total", "Requests answered 429."))
{ }

DatabaseMetrics::DatabaseMetrics(Registry &registry)
    : querySeconds(histogramsBy(registry, "query", "guildhall_query_seconds",
                                "Time of a statement, by its name."))
    , faults(countersBy(registry, "sqlstate", "guildhall_database_faults_total",
                        "Statements that failed, by SQLSTATE."))
    , reconnects(counter(registry, "guildhall_database_reconnects_total",
                         "Lost database connections that were opened again."))
    , laneBatchSize(histogram(registry, "guildhall_lane_batch_size",
                              "Messages stored by one commit.", {1, 2, 4, 8, 16, 32, 64}))
    , laneBatchSeconds(
          histogram(registry, "guildhall_lane_batch_seconds", "Time of one batch of messages."))
{ }

GatewayMetrics::GatewayMetrics(Registry &registry)
    : sessions(gauge(registry, "guildhall_gateway_sessions", "Sessions with a socket."))
    , detached(gauge(registry, "guildhall_gateway_detached_sessions",
                     "Sessions that wait to be resumed."))
    , eventsOut(counter(registry, "guildhall_gateway_events_total", "Events queued to sockets."))
    , bytesOut(counter(registry, "guildhall_gateway_sent_bytes_total", "Bytes queued to sockets."))
    , resumed(counter(registry, "guildhall_gateway_resumed_total", "Sessions resumed."))
    , dropped(countersBy(registry, "reason", "guildhall_gateway_dropped_total",
                         "Events that were not delivered."))
    , closed(countersBy(registry, "code", "guildhall_gateway_closed_total",
                        "Sessions closed by the server."))
{ }

RelayMetrics::RelayMetrics(Registry &registry)
    : sent(counter(registry, "guildhall_relay_sent_total", "Events sent to other nodes."))
    , received(counter(registry, "guildhall_relay_received_total", "Events of other nodes."))
    , unknown(counter(registry, "guildhall_relay_unknown_total",
                      "Events of a kind this version does not know."))
    , gaps(counter(registry, "guildhall_relay_gaps_total", "Times the subscription was lost."))
    , lagSeconds(histogram(registry, "guildhall_relay_lag_seconds",
                           "From publication on another node to arrival here."))
{ }

LoopMetrics::LoopMetrics(Registry &registry)
    : turnSeconds(histogramsBy(registry, "thread", "guildhall_loop_turn_seconds",
                               "How long one turn of an event loop took."))
{ }

} // namespace guildhall
