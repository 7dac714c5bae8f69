// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/database/database_watch.h"

#include "server/infrastructure/database/database.h"
#include "server/infrastructure/logging/categories.h"

namespace guildhall::db {

using namespace std::chrono_literals;

namespace {

constexpr auto interval = 250ms;
/// A server that is only busy answers `SELECT 1` sooner than this.
constexpr auto overdueAfter = 1500ms;

} // namespace

DatabaseWatch::DatabaseWatch(Database &database)
    : m_database(database)
    , m_periodic("database-watch", {{}, [&database] {
                                        database.closeThreadSession();
                                    }})
{ }

DatabaseWatch::~DatabaseWatch()
{
    stop();
}

void DatabaseWatch::start()
{
    m_periodic.every("asking the database", interval, [this] { ask(); });
}

void DatabaseWatch::stop()
{
    m_periodic.stop();
}

void DatabaseWatch::ask()
{
    m_askedAt = Steady::now();
    const bool answered = m_database.ping();
    if (m_answered.exchange(answered) != answered)
        qCWarning(lcDb) << (answered ? "PostgreSQL answers again" : "PostgreSQL does not answer");
    m_askedAt = Steady::time_point::max();
}

bool DatabaseWatch::isAnswering() const
{
    const Steady::time_point askedAt = m_askedAt;
    const bool isOverdue
        = askedAt != Steady::time_point::max() && Steady::now() - askedAt > overdueAfter;
    return m_answered && !isOverdue;
}

} // namespace guildhall::db
