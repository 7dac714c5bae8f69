// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace guildhall::db {

class Database;

/// Heals what is missing when a transaction's events were not published although it may be stored:
/// caches would stay wrong for good, and clients would never hear of it.
///
/// A COMMIT without an answer may also be stored later, when a frozen server wakes up. So what was
/// read is forgotten at once, and again until the database has decided; then everybody reads anew.
class EventGap {
public:
    struct Cure {
        /// What was read is no longer trusted. Called often, in any thread; does not use the
        /// database, nor block, nor throw.
        std::function<void()> forget;
        /// From now on the database says what became of it: whoever was given a view gets another.
        /// @thread the gap's own
        std::function<void()> readAnew;
    };

    EventGap(Database &database, Cure cure);
    /// As stop().
    ~EventGap();
    EventGap(const EventGap &) = delete;
    EventGap &operator=(const EventGap &) = delete;

    /// Events were lost just now. Forgets before it returns. @thread any; does not block
    void open();
    /// Heals no more. @thread main
    void stop();

private:
    void work();
    bool isDecided(quint64 gap);

    Database &m_database;
    const Cure m_cure;

    std::mutex m_mutex;
    std::condition_variable m_changed; ///< a gap came, or it is time to stop
    quint64 m_opened = 0;
    quint64 m_healed = 0; ///< equal to m_opened: there is no gap
    bool m_stopping = false;

    // The thread's own: transactions from before the gap have numbers below the mark.
    std::string m_mark;
    quint64 m_marked = 0; ///< the gap that it was taken for

    std::thread m_thread; ///< last: it uses all of the above
};

} // namespace guildhall::db
