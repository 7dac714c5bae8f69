// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/database/event_gap.h"

#include "server/infrastructure/database/database.h"
#include "server/infrastructure/logging/categories.h"
#include "server/infrastructure/runtime/named_thread.h"
#include "sql/queries/gap.h"

#include <algorithm>

namespace guildhall::db {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds firstPause = 50ms;
/// A transaction that stays open for long must not keep caches empty for as long.
constexpr std::chrono::milliseconds longestPause = 1s;

} // namespace

EventGap::EventGap(Database &database, Cure cure)
    : m_database(database)
    , m_cure(std::move(cure))
    , m_thread(startNamedThread("event-gap",
                                {{},
                                 [&database] {
                                     database.closeThreadSession();
                                 }},
                                [this] { work(); }))
{ }

EventGap::~EventGap()
{
    stop();
}

void EventGap::open()
{
    m_cure.forget();
    {
        const std::lock_guard lock(m_mutex);
        ++m_opened;
    }
    m_changed.notify_one();
}

void EventGap::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

void EventGap::work()
{
    std::chrono::milliseconds pause = firstPause;
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return m_stopping || m_opened != m_healed; });
        if (m_stopping)
            return;
        const quint64 gap = m_opened;
        lock.unlock();
        const bool decided = isDecided(gap);
        m_cure.forget(); // behind the question: what is read from now on is what was decided
        if (decided) {
            qCWarning(lcDb) << "a COMMIT had no answer: everything is read anew";
            m_cure.readAnew();
        }
        lock.lock();
        if (decided) {
            m_healed = gap;
            pause = firstPause;
        } else {
            m_changed.wait_for(lock, pause, [this] { return m_stopping; });
            pause = std::min(pause * 2, longestPause);
        }
    }
}

bool EventGap::isDecided(quint64 gap)
{
    try {
        Session &session = m_database.session();
        if (m_marked != gap) {
            m_mark = session.one<std::string>(sql::gap::mark);
            m_marked = gap;
        }
        return session.one<bool>(sql::gap::is_decided, db::bind(":mark", m_mark));
    } catch (const DbFault &) {
        return false; // it is away, and whoever reads now is told so
    }
}

} // namespace guildhall::db
