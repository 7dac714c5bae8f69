// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/db_fault.h"
#include "server/infrastructure/database/tx.h"
#include "server/infrastructure/events/publication_order.h"

namespace guildhall::db {

/// The database as the daemon sees it; one per process. Every thread gets a connection of its own
/// when it first asks.
class Database {
public:
    /// @param observer hears all statements; outlives all sessions, may be null
    Database(ConnectionParameters parameters, EventBus &bus, StatementObserver *observer = nullptr);
    ~Database();
    Q_DISABLE_COPY_MOVE(Database)

    /// `heal` is called when a transaction may be stored without its events having been heard: its
    /// COMMIT had no answer, or a listener failed. Whoever keeps what events keep true has to read
    /// anew. Called in the committing thread, inside its transaction: it must not use the database,
    /// block nor throw. @thread main, before others use the database
    void onEventsLost(std::function<void()> heal) { m_eventsLost = std::move(heal); }

    /// This thread's connection. It ends with the thread, or by closeThreadSession(). @thread any
    Session &session();
    void closeThreadSession();

    /// What keeps the events of transactions in the order of their commits.
    enum class Ordering {
        ByTurns, ///< whoever changes a guild or an account waits until earlier changes are told
        ByCaller, ///< one thread makes all transactions of these events
    };

    /// Runs `work(Tx &) -> Result<T>` in a transaction: a value commits, then its events are
    /// published in order, then afterCommit functions run; a refusal or an exception rolls back.
    /// The work is run a second time after a serialization failure, a deadlock or a connection lost
    /// before COMMIT, so it has no effect outside of the Tx. Not to be nested.
    /// @throws DbFault; OutcomeUnknown when the connection was lost during COMMIT
    /// @thread any (blocks)
    template <typename Work>
    auto transact(Work &&work, Ordering ordering = Ordering::ByTurns)
    {
        using Outcome = std::invoke_result_t<Work &, Tx &>;
        static_assert(isResult<Outcome>, "the function given to transact returns a Result");
        return retried([&]() -> Outcome {
            Tx tx(session(), m_bus, Tx::Isolation::ReadCommitted);
            Outcome outcome = work(tx);
            if (outcome)
                finish(tx, ordering);
            return outcome;
        });
    }

    /// Runs `work(Executor &) -> T` on one unchanging state of the database, read only. For reads
    /// of several statements that must agree with each other.
    template <typename Work>
    auto snapshot(Work &&work)
    {
        return retried([&] {
            Tx tx(session(), m_bus, Tx::Isolation::Snapshot);
            return work(static_cast<Executor &>(tx));
        });
    }

    /// Whether the database answers; for /health. @thread any (blocks up to the statement timeout)
    bool ping() noexcept;

    const ConnectionParameters &parameters() const { return m_parameters; }

private:
    template <typename Attempt>
    auto retried(Attempt attempt)
    {
        // Without an open connection there is nothing to lose: a server that is down is asked once.
        const bool wasOpen = session().isOpen();
        try {
            return attempt();
        } catch (const DbFault &fault) {
            const bool lost = fault.kind() == DbFault::Kind::ConnectionLost;
            if (!fault.isWorthRetrying() || session().isInTransaction() || (lost && !wasOpen))
                throw;
            if (!lost)
                letTheOtherPass();
        }
        return attempt();
    }

    void finish(Tx &tx, Ordering ordering);
    static void letTheOtherPass();

    ConnectionParameters m_parameters;
    EventBus &m_bus;
    PublicationOrder m_order;
    StatementObserver *const m_observer;
    std::function<void()> m_eventsLost = [] {
    };
    quint64 m_number; // tells databases of one process apart, in each thread's list of sessions
};

} // namespace guildhall::db
