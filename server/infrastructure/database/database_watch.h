// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/runtime/periodic.h"

#include <atomic>
#include <chrono>

namespace guildhall::db {

class Database;

/// Whether the database answers: found out four times a second in a thread of its own, so that
/// whoever wants to know it need not wait.
class DatabaseWatch {
public:
    /// The database counts as answering until start().
    explicit DatabaseWatch(Database &database);
    /// As stop().
    ~DatabaseWatch();
    DatabaseWatch(const DatabaseWatch &) = delete;
    DatabaseWatch &operator=(const DatabaseWatch &) = delete;

    void start();
    /// Asks no more; waits for the answer to a question that is under way.
    void stop();

    /// Whether the last question was answered, and the one under way is not overdue: a frozen
    /// server refuses nothing. @thread any; does not block
    bool isAnswering() const;

private:
    using Steady = std::chrono::steady_clock;

    void ask();

    Database &m_database;
    std::atomic<bool> m_answered{true};
    std::atomic<Steady::time_point> m_askedAt{Steady::time_point::max()}; ///< max: nothing asked
    Periodic m_periodic; ///< last: it uses all of the above
};

} // namespace guildhall::db
