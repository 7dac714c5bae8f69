// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/connection.h"
#include "server/infrastructure/database/executor.h"
#include "server/infrastructure/database/statement_observer.h"

#include <thread>
#include <unordered_map>

namespace guildhall::db {

/// One connection of one thread. Connects when first used; prepares each statement once per
/// connection; a read outside a transaction that loses its connection is run once more on a new
/// one.
/// @thread the one that made it; asserted
class Session : public Executor {
public:
    /// @param observer outlives the session; may be null
    explicit Session(ConnectionParameters parameters, StatementObserver *observer = nullptr);

    ResultSet run(const Query &query, std::span<const Bind *const> binds) override;

    /// Runs `query.text` as it is, without binds; for what cannot be prepared: BEGIN, scripts.
    ResultSet runPlain(const Query &query);

    bool isInTransaction() const { return m_inTransaction; }
    bool isOpen() const { return m_connection.isOpen(); }
    /// Drops the connection; the next statement opens a new one.
    void close();

private:
    friend class Tx; // begins and ends transactions on it
    /// Opens a transaction by `query`, which is sent together with the first statement.
    void begin(const Query &query);
    /// Whether the server knows of the transaction.
    bool hasBegun() const { return m_inTransaction && !m_unsentBegin; }
    void endTransaction();
    struct Prepared {
        char statement[24];
    };

    template <typename Work>
    ResultSet observed(const Query &query, Work work);
    template <typename Attempt>
    auto reported(Attempt attempt);
    ResultSet runOnce(const Query &query, std::span<const char *const> values);
    const char *prepared(const Query &query);
    void ensureOpen(const Query &query);

    Connection m_connection;
    StatementObserver *m_observer;
    std::unordered_map<const char *, Prepared> m_prepared; // by Query::text
    quint64 m_preparedGeneration = 0;
    std::thread::id m_thread = std::this_thread::get_id();
    bool m_inTransaction = false;
    const Query *m_unsentBegin = nullptr;
};

} // namespace guildhall::db
