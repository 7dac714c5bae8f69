// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/metrics/metrics.h"

#include "server/infrastructure/metrics/process_metrics.h"

#include <prometheus/text_serializer.h>

#include <iterator>

namespace guildhall {

Metrics::Metrics()
    : m_requests(prometheus::BuildCounter()
                     .Name("guildhall_http_requests_total")
                     .Help("Answers, by route and status.")
                     .Register(m_registry))
    , m_requestSeconds(prometheus::BuildHistogram()
                           .Name("guildhall_http_request_seconds")
                           .Help("From a complete request to its answer.")
                           .Register(m_registry))
    , m_process(std::make_unique<ProcessMetrics>())
{
    prometheus::BuildGauge()
        .Name("guildhall_build_info")
        .Help("The version, as a label.")
        .Register(m_registry)
        .Add({{"version", GUILDHALL_VERSION}})
        .Set(1);
}

Metrics::~Metrics() = default;

RouteMetrics &Metrics::route(std::string verb, std::string pattern)
{
    return m_routes.emplace_back(m_requests, m_requestSeconds, std::move(verb), std::move(pattern));
}

PoolMetrics &Metrics::pool(const std::string &name)
{
    return m_pools.emplace_back(m_registry, name);
}

QByteArray Metrics::text() const
{
    std::vector<prometheus::MetricFamily> families = m_registry.Collect();
    std::vector<prometheus::MetricFamily> process = m_process->Collect();
    families.insert(families.end(), std::make_move_iterator(process.begin()),
                    std::make_move_iterator(process.end()));
    return QByteArray::fromStdString(prometheus::TextSerializer().Serialize(families));
}

} // namespace guildhall
