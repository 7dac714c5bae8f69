// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/statement_observer.h"
#include "server/infrastructure/metrics/labelled.h"

#include <prometheus/registry.h>

#include <mutex>
#include <unordered_map>

namespace guildhall {

/// What is counted of statements and connections. Outlives the database that it observes.
class DatabaseMetrics final : public db::StatementObserver {
public:
    explicit DatabaseMetrics(prometheus::Registry &registry);

    void statementRan(const db::Query &query, std::chrono::nanoseconds took) override;
    void statementFailed(const db::DbFault &fault) override;
    void reconnected() override;

private:
    prometheus::Histogram &histogramOf(const char *query);

    HistogramsBy m_querySeconds;
    CountersBy m_faults;
    prometheus::Counter &m_reconnects;
    std::mutex m_mutex; ///< guards m_histograms
    /// By the name's address, a constant of the program: finding one by its labels costs more than
    /// many a statement.
    std::unordered_map<const char *, prometheus::Histogram *> m_histograms;
};

} // namespace guildhall
