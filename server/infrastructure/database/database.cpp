// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/database/database.h"

#include <QRandomGenerator>

#include <atomic>

namespace guildhall::db {

namespace {

std::unordered_map<quint64, std::unique_ptr<Session>> &threadSessions()
{
    thread_local std::unordered_map<quint64, std::unique_ptr<Session>> sessions;
    return sessions;
}

constexpr Query pingQuery{"db.ping", "SELECT 1", {}, true};

} // namespace

Database::Database(ConnectionParameters parameters, EventBus &bus, StatementObserver *observer)
    : m_parameters(std::move(parameters))
    , m_bus(bus)
    , m_observer(observer)
{
    static std::atomic<quint64> counter{0};
    m_number = ++counter;
}

Database::~Database()
{
    closeThreadSession();
}

Session &Database::session()
{
    std::unique_ptr<Session> &session = threadSessions()[m_number];
    if (!session)
        session = std::make_unique<Session>(m_parameters, m_observer);
    return *session;
}

void Database::closeThreadSession()
{
    threadSessions().erase(m_number);
}

void Database::finish(Tx &tx, Ordering ordering)
{
    PublicationOrder::Turn turn;
    if (ordering == Ordering::ByTurns)
        turn = m_order.take(tx.events());
    try {
        tx.commit();
    } catch (const DbFault &fault) {
        if (fault.kind() == DbFault::Kind::OutcomeUnknown)
            m_eventsLost();
        throw;
    }
    if (!tx.publish())
        m_eventsLost();
    turn.clear();
    tx.runWhatFollows();
}

/// Run again at once, the loser of a deadlock takes the same lock before the winner has woken up,
/// and both meet again. On a busy machine that takes a while; beside the second after which a
/// deadlock is noticed, the pause is short.
void Database::letTheOtherPass()
{
    std::this_thread::sleep_for(
        std::chrono::milliseconds(QRandomGenerator::global()->bounded(100, 250)));
}

bool Database::ping() noexcept
{
    try {
        return session().one<int>(pingQuery) == 1;
    } catch (const std::exception &) {
        return false;
    }
}

} // namespace guildhall::db
