// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/connection_parameters.h"
#include "server/infrastructure/database/query.h"
#include "server/infrastructure/database/result_set.h"

#include <QSqlDatabase>

#include <chrono>
#include <optional>
#include <span>

struct pg_conn;

namespace guildhall::db {

/// A QtSql connection and the one path to its native libpq handle. QPSQL itself sends bound values
/// as text pasted into the statement; this sends them beside it. Every wait has a deadline on our
/// side too, because a frozen server runs no statement_timeout. Internal to Session.
/// @thread the one that made it
class Connection {
public:
    explicit Connection(ConnectionParameters parameters);
    ~Connection();
    Q_DISABLE_COPY_MOVE(Connection)

    /// @throws DbFault (ConnectionLost)
    void open(const char *queryName);
    void close();
    bool isOpen() const { return m_handle != nullptr; }
    /// Counts the openings; what was prepared under another number is gone.
    quint64 generation() const { return m_generation; }

    /// Parses `query` on the server under `statement`.
    void prepare(const Query &query, const char *statement);
    /// Runs what was prepared. A nullptr in `values` is NULL.
    ResultSet runPrepared(const Query &query, const char *statement,
                          std::span<const char *const> values);
    /// The same behind `begin`, which opens a transaction: both in one round trip.
    ResultSet beginAndRunPrepared(const Query &begin, const Query &query, const char *statement,
                                  std::span<const char *const> values);
    /// Runs `query.text` as it is: control of transactions, and scripts of several statements.
    ResultSet runPlain(const Query &query);

    enum class TransactionState { None, Open, Failed };
    TransactionState transactionState() const;

private:
    QString options() const;
    void send(const Query &query, const char *statement, std::span<const char *const> values);
    enum class Until { LastResult, PipelineSync };
    ResultSet awaitResult(const Query &query, Until until = Until::LastResult);
    void flush(const Query &query, std::chrono::steady_clock::time_point deadline);
    void awaitInput(const Query &query, std::chrono::steady_clock::time_point deadline);
    void awaitSocket(const Query &query, short events,
                     std::chrono::steady_clock::time_point deadline);
    [[noreturn]] void failLost(const Query &query);
    [[noreturn]] void failStatement(const Query &query, const pg_result *result);

    ConnectionParameters m_parameters;
    std::optional<std::chrono::milliseconds> m_patience; // nothing: as long as it takes
    QSqlDatabase m_database;
    pg_conn *m_handle = nullptr; // owned by m_database's driver
    quint64 m_generation = 0;
};

} // namespace guildhall::db
