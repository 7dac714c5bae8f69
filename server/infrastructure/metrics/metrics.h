// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/metrics/database_metrics.h"
#include "server/infrastructure/metrics/metric_groups.h"
#include "server/infrastructure/metrics/pool_metrics.h"
#include "server/infrastructure/metrics/route_metrics.h"

#include <QByteArray>

#include <prometheus/registry.h>

#include <deque>
#include <memory>
#include <string>

namespace guildhall {

class ProcessMetrics;

/// Everything the daemon counts, under names that never change their meaning. Made once, first of
/// all and destroyed last, and passed by reference; nothing here is global.
/// @thread any, except where it says otherwise
class Metrics {
    prometheus::Registry m_registry; ///< first: the groups below are made in it

public:
    Metrics();
    ~Metrics();
    Metrics(const Metrics &) = delete;
    Metrics &operator=(const Metrics &) = delete;

    DoorMetrics door{m_registry};
    AuthMetrics auth{m_registry};
    DatabaseMetrics database{m_registry};
    LaneMetrics lane{m_registry};
    GatewayMetrics gateway{m_registry};
    LoopMetrics loops{m_registry};

    /// The counters of a route; valid as long as this. @thread main, while routes are bound
    RouteMetrics &route(std::string verb, std::string pattern);
    /// The observer to give to a pool. @thread main, while pools are made
    PoolMetrics &pool(const std::string &name);

    /// Everything in Prometheus' text format, which is sent as `contentType`.
    QByteArray text() const;
    static constexpr const char *contentType = "text/plain; version=0.0.4; charset=utf-8";

private:
    prometheus::Family<prometheus::Counter> &m_requests;
    prometheus::Family<prometheus::Histogram> &m_requestSeconds;
    std::deque<RouteMetrics> m_routes; ///< a deque: references stay valid
    std::deque<PoolMetrics> m_pools;
    std::unique_ptr<ProcessMetrics> m_process;
};

} // namespace guildhall
