// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/metrics/pool_metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>

namespace guildhall {

namespace {

double seconds(std::chrono::nanoseconds time)
{
    return std::chrono::duration<double>(time).count();
}

prometheus::Gauge &gauge(prometheus::Registry &registry, const char *name, const char *help,
                         const std::string &pool)
{
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({{"pool", pool}});
}

prometheus::Counter &counter(prometheus::Registry &registry, const char *name, const char *help,
                             const std::string &pool)
{
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry).Add(
        {{"pool", pool}});
}

prometheus::Histogram &histogram(prometheus::Registry &registry, const char *name, const char *help,
                                 const std::string &pool)
{
    return prometheus::BuildHistogram().Name(name).Help(help).Register(registry).Add(
        {{"pool", pool}},
        prometheus::Histogram::BucketBoundaries{0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.25,
                                                0.5, 1, 5});
}

} // namespace

PoolMetrics::PoolMetrics(prometheus::Registry &registry, const std::string &pool)
    : m_queueLength(gauge(registry, "guildhall_pool_queue_length", "Jobs that wait.", pool))
    , m_busy(gauge(registry, "guildhall_pool_busy_threads", "Threads that run a job.", pool))
    , m_waitSeconds(histogram(registry, "guildhall_pool_wait_seconds",
                              "From the submission of a job to its begin.", pool))
    , m_runSeconds(histogram(registry, "guildhall_pool_run_seconds",
                             "From the begin of a job to its end.", pool))
    , m_refused(counter(registry, "guildhall_pool_refused_total",
                        "Jobs refused because the queue was full.", pool))
    , m_faults(counter(registry, "guildhall_pool_faults_total", "Jobs that ended by an exception.",
                       pool))
{ }

void PoolMetrics::jobQueued()
{
    m_queueLength.Increment();
}

void PoolMetrics::jobBegan(std::chrono::nanoseconds waited)
{
    m_queueLength.Decrement();
    m_busy.Increment();
    m_waitSeconds.Observe(seconds(waited));
}

void PoolMetrics::jobEnded(std::chrono::nanoseconds ran, bool faulted)
{
    m_busy.Decrement();
    m_runSeconds.Observe(seconds(ran));
    if (faulted)
        m_faults.Increment();
}

void PoolMetrics::jobRefused()
{
    m_refused.Increment();
}

void PoolMetrics::jobsDiscarded(size_t count)
{
    m_queueLength.Decrement(double(count));
}

} // namespace guildhall
