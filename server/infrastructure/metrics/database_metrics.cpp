// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/metrics/database_metrics.h"

#include "server/infrastructure/database/db_fault.h"
#include "server/infrastructure/database/query.h"
#include "server/infrastructure/metrics/registration.h"

namespace guildhall {

using namespace registration;

namespace {

/// The SQLSTATE, or a word where the server said nothing.
std::string stateOf(const db::DbFault &fault)
{
    if (!fault.sqlState().empty())
        return fault.sqlState();
    switch (fault.kind()) {
    case db::DbFault::Kind::ConnectionLost:
    case db::DbFault::Kind::OutcomeUnknown:
        return "connection_lost";
    case db::DbFault::Kind::TimedOut:
        return "timed_out";
    case db::DbFault::Kind::Statement:
    case db::DbFault::Kind::Misuse:
        break;
    }
    return "none";
}

} // namespace

DatabaseMetrics::DatabaseMetrics(prometheus::Registry &registry)
    : m_querySeconds(histogramsBy(registry, "query", "guildhall_query_seconds",
                                  "Time of a statement, by its name."))
    , m_faults(countersBy(registry, "sqlstate", "guildhall_database_faults_total",
                          "Statements that failed, by SQLSTATE."))
    , m_reconnects(counter(registry, "guildhall_database_reconnects_total",
                           "Lost database connections that were opened again."))
{ }

void DatabaseMetrics::statementRan(const db::Query &query, std::chrono::nanoseconds took)
{
    histogramOf(query.name).Observe(std::chrono::duration<double>(took).count());
}

void DatabaseMetrics::statementFailed(const db::DbFault &fault)
{
    m_faults.of(stateOf(fault)).Increment();
}

void DatabaseMetrics::reconnected()
{
    m_reconnects.Increment();
}

prometheus::Histogram &DatabaseMetrics::histogramOf(const char *query)
{
    const std::lock_guard lock(m_mutex);
    prometheus::Histogram *&histogram = m_histograms[query];
    if (!histogram)
        histogram = &m_querySeconds.of(query);
    return *histogram;
}

} // namespace guildhall
