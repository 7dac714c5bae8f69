// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/database/session.h"

#include "server/infrastructure/database/db_fault.h"
#include "server/infrastructure/database/query_record.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace guildhall::db {

namespace {

using Values = std::array<const char *, maximumParameters>;

[[noreturn]] void failBinding(const Query &query, std::string_view why, std::string_view name)
{
    throw DbFault(DbFault::Kind::Misuse, query.name, std::string(why).append(name));
}

const Bind *bindNamed(std::string_view name, std::span<const Bind *const> binds)
{
    for (const Bind *bind : binds) {
        if (bind->name() == name)
            return bind;
    }
    return nullptr;
}

[[noreturn]] void failSurplus(const Query &query, std::span<const Bind *const> binds)
{
    for (const Bind *bind : binds) {
        if (std::ranges::find(query.parameters, bind->name()) == query.parameters.end())
            failBinding(query, "there is no parameter ", bind->name());
    }
    failBinding(query, "a parameter is bound twice", {});
}

/// Puts the values in the order of $1, $2 …
std::span<const char *const> arrange(const Query &query, std::span<const Bind *const> binds,
                                     Values &values)
{
    const size_t count = query.parameters.size();
    if (count > values.size())
        failBinding(query, "more parameters than maximumParameters", {});
    for (size_t i = 0; i < count; ++i) {
        const std::string_view name = query.parameters[i];
        // Most callers write them in the order of the statement.
        const Bind *bind
            = i < binds.size() && binds[i]->name() == name ? binds[i] : bindNamed(name, binds);
        if (!bind)
            failBinding(query, "no value is bound for ", name);
        values[i] = bind->value();
    }
    if (binds.size() != count)
        failSurplus(query, binds);
    return {values.data(), count};
}

} // namespace

Session::Session(ConnectionParameters parameters, StatementObserver *observer)
    : m_connection(std::move(parameters))
    , m_observer(observer)
{ }

template <typename Work>
ResultSet Session::observed(const Query &query, Work work)
{
    Q_ASSERT_X(m_thread == std::this_thread::get_id(), "db::Session", "used in a foreign thread");
    if (!m_observer)
        return work();
    struct Report {
        ~Report() { observer.statementRan(query, std::chrono::steady_clock::now() - start); }
        StatementObserver &observer;
        const Query &query;
        std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
    } report{*m_observer, query};
    return work();
}

/// Has the observer hear of a failure on its way.
template <typename Attempt>
auto Session::reported(Attempt attempt)
{
    try {
        return attempt();
    } catch (const DbFault &fault) {
        if (m_observer)
            m_observer->statementFailed(fault);
        throw;
    }
}

ResultSet Session::run(const Query &query, std::span<const Bind *const> binds)
{
    Values storage;
    const auto values = arrange(query, binds, storage);
    return observed(query, [&] {
        // Only what was open can have been lost; a server that is down is not asked twice.
        const bool repeatable = query.isRead && !m_inTransaction && m_connection.isOpen();
        const auto attempt = [&] {
            return runOnce(query, values);
        };
        try {
            return reported(attempt);
        } catch (const DbFault &fault) {
            if (!repeatable || fault.kind() != DbFault::Kind::ConnectionLost)
                throw;
        }
        return reported(attempt);
    });
}

ResultSet Session::runOnce(const Query &query, std::span<const char *const> values)
{
    ensureOpen(query);
    const char *statement = prepared(query);
    if (const Query *begin = std::exchange(m_unsentBegin, nullptr))
        return m_connection.beginAndRunPrepared(*begin, query, statement, values);
    return m_connection.runPrepared(query, statement, values);
}

const char *Session::prepared(const Query &query)
{
    if (m_preparedGeneration != m_connection.generation()) {
        m_prepared.clear();
        m_preparedGeneration = m_connection.generation();
    }
    if (const auto found = m_prepared.find(query.text); found != m_prepared.end())
        return found->second.statement;
    Prepared entry{{'s'}};
    *std::to_chars(entry.statement + 1, std::end(entry.statement) - 1, m_prepared.size()).ptr
        = '\0';
    m_connection.prepare(query, entry.statement);
    QueryRecord::add(query.name); // here and not in run(): once per connection costs nothing
    return m_prepared.emplace(query.text, entry).first->second.statement;
}

ResultSet Session::runPlain(const Query &query)
{
    const auto attempt = [&] {
        ensureOpen(query);
        if (const Query *begin = std::exchange(m_unsentBegin, nullptr))
            m_connection.runPlain(*begin);
        return m_connection.runPlain(query);
    };
    return observed(query, [&] { return reported(attempt); });
}

void Session::begin(const Query &query)
{
    if (m_inTransaction)
        throw DbFault(DbFault::Kind::Misuse, query.name,
                      "a transaction was begun inside another one of the same thread");
    reported([&] { ensureOpen(query); });
    m_inTransaction = true;
    m_unsentBegin = &query;
}

void Session::endTransaction()
{
    m_inTransaction = false;
    m_unsentBegin = nullptr;
}

void Session::ensureOpen(const Query &query)
{
    if (m_connection.isOpen())
        return;
    // A transaction lives and dies with its connection: a new one would be outside of it.
    if (m_inTransaction)
        throw DbFault(DbFault::Kind::ConnectionLost, query.name,
                      "the transaction's connection is gone");
    const bool wasLost = m_connection.generation() > 0;
    m_connection.open(query.name);
    if (wasLost && m_observer)
        m_observer->reconnected();
}

void Session::close()
{
    m_connection.close();
}

} // namespace guildhall::db
