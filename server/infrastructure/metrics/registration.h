// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/metrics/labelled.h"

#include <prometheus/gauge.h>
#include <prometheus/registry.h>

/// One line each for a metric or a family of them. Names begin with "guildhall_", those of counters
/// end in "_total"; names and labels never change their meaning.
namespace guildhall::registration {

inline const prometheus::Histogram::BucketBoundaries timeBuckets{
    0.0002, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5};

inline prometheus::Gauge &gauge(prometheus::Registry &registry, const char *name, const char *help)
{
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
}

inline prometheus::Counter &counter(prometheus::Registry &registry, const char *name,
                                    const char *help)
{
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry).Add({});
}

inline prometheus::Histogram &
histogram(prometheus::Registry &registry, const char *name, const char *help,
          const prometheus::Histogram::BucketBoundaries &buckets = timeBuckets)
{
    return prometheus::BuildHistogram().Name(name).Help(help).Register(registry).Add({}, buckets);
}

inline CountersBy countersBy(prometheus::Registry &registry, const char *label, const char *name,
                             const char *help)
{
    return {prometheus::BuildCounter().Name(name).Help(help).Register(registry), label};
}

inline HistogramsBy histogramsBy(prometheus::Registry &registry, const char *label,
                                 const char *name, const char *help)
{
    return {prometheus::BuildHistogram().Name(name).Help(help).Register(registry), label,
            timeBuckets};
}

} // namespace guildhall::registration
