// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/histogram.h>

#include <array>
#include <atomic>
#include <chrono>
#include <string>

namespace guildhall {

/// What is counted of one route: answers by status, and how long they took.
/// @thread any; costs two atomic additions and an uncontended lock
class RouteMetrics {
public:
    /// @param verb    "GET"
    /// @param pattern of the route ("/channels/{channel}"), never the path of a request
    RouteMetrics(prometheus::Family<prometheus::Counter> &requests,
                 prometheus::Family<prometheus::Histogram> &seconds, std::string verb,
                 std::string pattern);

    void answered(int status, std::chrono::nanoseconds took);

private:
    /// The statuses that get a counter of their own; all others share one.
    static constexpr std::array statuses
        = {101, 200, 201, 204, 206, 302, 304, 400, 401, 403, 404, 405, 408,
           409, 411, 413, 415, 416, 429, 431, 500, 501, 502, 503, 504, 507};

    prometheus::Counter &counterOf(int status);

    prometheus::Family<prometheus::Counter> &m_requests;
    prometheus::Histogram &m_seconds;
    const std::string m_verb;
    const std::string m_pattern;
    /// Made when first needed: most routes answer with few statuses. The last is "other".
    std::array<std::atomic<prometheus::Counter *>, statuses.size() + 1> m_counters{};
};

} // namespace guildhall
