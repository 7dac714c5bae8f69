// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/database/tx.h"

#include "server/infrastructure/database/db_fault.h"
#include "server/infrastructure/runtime/guarded.h"

namespace guildhall::db {

namespace {

constexpr Query begin{"db.begin", "BEGIN"};
constexpr Query beginSnapshot{"db.begin_snapshot",
                              "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"};
constexpr Query commitQuery{"db.commit", "COMMIT"};
constexpr Query rollback{"db.rollback", "ROLLBACK"};
constexpr Query savepoint{"db.savepoint", "SAVEPOINT attempt"};
constexpr Query releaseSavepoint{"db.release_savepoint", "RELEASE SAVEPOINT attempt"};
constexpr Query rollbackToSavepoint{"db.rollback_to_savepoint",
                                    "ROLLBACK TO SAVEPOINT attempt; RELEASE SAVEPOINT attempt"};

} // namespace

Tx::Tx(Session &session, EventBus &bus, Isolation isolation)
    : m_session(session)
    , m_bus(bus)
{
    m_session.begin(isolation == Isolation::Snapshot ? beginSnapshot : begin);
    m_open = true;
}

Tx::~Tx()
{
    if (m_open)
        rollBack();
}

ResultSet Tx::run(const Query &query, std::span<const Bind *const> binds)
{
    return m_session.run(query, binds);
}

void Tx::runScript(const Query &script)
{
    m_session.runPlain(script);
    if (m_session.m_connection.transactionState() != Connection::TransactionState::Open)
        throw DbFault(DbFault::Kind::Misuse, script.name, "the script ends its transaction");
}

void Tx::publishAllOnCommit(std::vector<AnyEvent> events)
{
    Q_ASSERT_X(
        std::ranges::all_of(
            events, [&](const AnyEvent &event) { return event.type() == events.front().type(); }),
        "db::Tx", "a batch of events is of one type");
    // Kept first: what listeners publish in turn comes behind what caused it.
    m_events.insert(m_events.end(), events.begin(), events.end());
    m_bus.runInTransaction(*this, events);
}

void Tx::commit()
{
    if (m_session.isOpen()
        && m_session.m_connection.transactionState() == Connection::TransactionState::Failed) {
        // PostgreSQL would answer COMMIT with a friendly ROLLBACK.
        throw DbFault(DbFault::Kind::Misuse, commitQuery.name,
                      "a statement failed and the transaction was to be committed all the same;"
                      " use Tx::attempt");
    }
    const bool wasOpen = m_session.isOpen();
    try {
        if (m_session.hasBegun())
            m_session.runPlain(commitQuery);
    } catch (const DbFault &fault) {
        const bool lost = fault.kind() == DbFault::Kind::ConnectionLost
            || fault.kind() == DbFault::Kind::TimedOut;
        if (lost && wasOpen)
            throw DbFault(DbFault::Kind::OutcomeUnknown, commitQuery.name, fault.what(),
                          fault.sqlState());
        throw;
    }
    m_open = false;
    m_session.endTransaction();
}

bool Tx::publish()
{
    // The change is stored: whatever fails here, telling the caller that it failed would be a lie.
    return m_bus.publishAll(std::move(m_events));
}

void Tx::runWhatFollows()
{
    for (const std::function<void()> &work : m_afterCommit)
        runGuarded("what follows a commit", work);
}

void Tx::rollBack() noexcept
{
    m_open = false;
    try {
        if (m_session.isOpen() && m_session.hasBegun())
            m_session.runPlain(rollback);
    } catch (const std::exception &) {
        m_session.close(); // the server rolls back what lost its client
    }
    m_session.endTransaction();
}

Tx::Savepoint::Savepoint(Tx &tx)
    : m_tx(tx)
    , m_events(tx.m_events.size())
    , m_works(tx.m_afterCommit.size())
{
    m_tx.m_session.runPlain(savepoint);
}

void Tx::Savepoint::release()
{
    m_tx.m_session.runPlain(releaseSavepoint);
    m_released = true;
}

Tx::Savepoint::~Savepoint()
{
    if (m_released)
        return;
    m_tx.m_events.resize(m_events);
    m_tx.m_afterCommit.resize(m_works);
    try {
        m_tx.m_session.runPlain(rollbackToSavepoint);
    } catch (const std::exception &) {
        m_tx.m_session.close(); // then every further statement says that the transaction is gone
    }
}

} // namespace guildhall::db
