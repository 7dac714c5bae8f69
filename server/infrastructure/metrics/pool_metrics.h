// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/runtime/worker_pool.h"

#include <prometheus/registry.h>

namespace guildhall {

/// What is counted of one worker pool. Outlives the pool that it observes.
class PoolMetrics final : public WorkerPoolObserver {
public:
    PoolMetrics(prometheus::Registry &registry, const std::string &pool);

    void jobQueued() override;
    void jobBegan(std::chrono::nanoseconds waited) override;
    void jobEnded(std::chrono::nanoseconds ran, bool faulted) override;
    void jobRefused() override;
    void jobsDiscarded(size_t count) override;

private:
    prometheus::Gauge &m_queueLength;
    prometheus::Gauge &m_busy;
    prometheus::Histogram &m_waitSeconds;
    prometheus::Histogram &m_runSeconds;
    prometheus::Counter &m_refused;
    prometheus::Counter &m_faults;
};

} // namespace guildhall
