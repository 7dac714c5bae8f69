// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace guildhall::db {

class DbFault;
struct Query;

/// Hears what the sessions of a database do; for metrics. Called in the session's thread, must not
/// throw and must be quick.
class StatementObserver {
public:
    virtual ~StatementObserver() = default;
    /// After each statement, successful or not. @param query its name is a constant of the program
    virtual void statementRan(const Query &query, std::chrono::nanoseconds took) = 0;
    /// Each time a statement fails, also when it is going to be run again.
    virtual void statementFailed(const DbFault &fault) = 0;
    /// A connection that was lost is there again.
    virtual void reconnected() = 0;
};

} // namespace guildhall::db
