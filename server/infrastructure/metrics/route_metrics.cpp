// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/metrics/route_metrics.h"

#include <algorithm>

namespace guildhall {

RouteMetrics::RouteMetrics(prometheus::Family<prometheus::Counter> &requests,
                           prometheus::Family<prometheus::Histogram> &seconds, std::string verb,
                           std::string pattern)
    : m_requests(requests)
    , m_seconds(
          seconds.Add({{"method", verb}, {"route", pattern}},
                      prometheus::Histogram::BucketBoundaries{0.001, 0.0025, 0.005, 0.01, 0.025,
                                                              0.05, 0.1, 0.25, 0.5, 1, 2.5, 5}))
    , m_verb(std::move(verb))
    , m_pattern(std::move(pattern))
{ }

void RouteMetrics::answered(int status, std::chrono::nanoseconds took)
{
    counterOf(status).Increment();
    m_seconds.Observe(std::chrono::duration<double>(took).count());
}

prometheus::Counter &RouteMetrics::counterOf(int status)
{
    const auto found = std::lower_bound(statuses.begin(), statuses.end(), status);
    const bool isKnown = found != statuses.end() && *found == status;
    const auto slot = isKnown ? size_t(found - statuses.begin()) : statuses.size();
    prometheus::Counter *counter = m_counters[slot].load(std::memory_order_acquire);
    if (!counter) {
        // Two threads may come here at once; the family gives both the same counter.
        counter = &m_requests.Add({{"method", m_verb},
                                   {"route", m_pattern},
                                   {"status", isKnown ? std::to_string(status) : "other"}});
        m_counters[slot].store(counter, std::memory_order_release);
    }
    return *counter;
}

} // namespace guildhall
