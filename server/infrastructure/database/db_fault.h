// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/fault.h"

#include <string>
#include <string_view>

namespace guildhall::db {

/// A statement failed. what() names query, SQLSTATE and PostgreSQL's sentence, never a bound value.
class DbFault : public Fault {
public:
    enum class Kind {
        Statement, ///< PostgreSQL refused it; sqlState() says why
        ConnectionLost, ///< nothing of it was stored, unless OutcomeUnknown is thrown instead
        TimedOut, ///< statement or lock timeout, or the server did not answer
        OutcomeUnknown, ///< the connection was lost during COMMIT: stored or not, nobody knows
        Misuse, ///< a bug of ours: a missing bind, a column read as the wrong type
    };

    DbFault(Kind kind, std::string_view queryName, std::string_view message,
            std::string_view sqlState = {}, std::string_view constraint = {});

    Kind kind() const { return m_kind; }
    const std::string &queryName() const { return m_queryName; }
    /// Five characters of PostgreSQL's appendix A; empty when the server said nothing.
    const std::string &sqlState() const { return m_sqlState; }
    const std::string &constraint() const { return m_constraint; }

    /// The row is there already; a repository turns the constraints it knows into an outcome.
    /// Inside a transaction every further statement fails after it, unless it happened in
    /// `Tx::attempt`.
    bool isUniqueViolation(std::string_view constraint) const
    {
        return m_sqlState == "23505" && m_constraint == constraint;
    }
    bool isForeignKeyViolation(std::string_view constraint) const
    {
        return m_sqlState == "23503" && m_constraint == constraint;
    }
    /// Running the whole transaction again may succeed: serialization failure, deadlock, lost
    /// connection.
    bool isWorthRetrying() const;
    /// The database cannot serve now: answer 503, not 500.
    bool isUnavailable() const;
    bool isTemporary() const override { return isUnavailable(); }

private:
    Kind m_kind;
    std::string m_queryName;
    std::string m_sqlState;
    std::string m_constraint;
};

} // namespace guildhall::db
