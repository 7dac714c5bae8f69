// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>

#include <vector>

namespace guildhall {

/// The process as the kernel sees it, read when asked for, under the names every Prometheus client
/// uses: processor time, memory, descriptors, threads, start time. Empty where /proc is missing.
class ProcessMetrics final : public prometheus::Collectable {
public:
    /// @thread any
    std::vector<prometheus::MetricFamily> Collect() const override;
};

} // namespace guildhall
