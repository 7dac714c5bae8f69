// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/histogram.h>

#include <string>

namespace guildhall {

/// Counters that differ in the value of one label. The values are few and known beforehand, never
/// what a client sent: each one is kept for ever. of() locks and looks up; who counts often keeps
/// the reference, which stays valid. @thread any
class CountersBy {
public:
    CountersBy(prometheus::Family<prometheus::Counter> &family, std::string label)
        : m_family(family)
        , m_label(std::move(label))
    { }
    prometheus::Counter &of(const std::string &value) const
    {
        return m_family.Add({{m_label, value}});
    }

private:
    prometheus::Family<prometheus::Counter> &m_family;
    const std::string m_label;
};

/// Likewise for histograms, which all have the same buckets.
class HistogramsBy {
public:
    HistogramsBy(prometheus::Family<prometheus::Histogram> &family, std::string label,
                 prometheus::Histogram::BucketBoundaries buckets)
        : m_family(family)
        , m_label(std::move(label))
        , m_buckets(std::move(buckets))
    { }
    prometheus::Histogram &of(const std::string &value) const
    {
        return m_family.Add({{m_label, value}}, m_buckets);
    }

private:
    prometheus::Family<prometheus::Histogram> &m_family;
    const std::string m_label;
    const prometheus::Histogram::BucketBoundaries m_buckets;
};

} // namespace guildhall
