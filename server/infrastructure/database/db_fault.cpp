// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/database/db_fault.h"

namespace guildhall::db {

namespace {

std::string sentence(std::string_view queryName, std::string_view message,
                     std::string_view sqlState)
{
    std::string text(queryName);
    if (!sqlState.empty())
        text.append(" [").append(sqlState).append("]");
    return text.append(": ").append(message);
}

} // namespace

DbFault::DbFault(Kind kind, std::string_view queryName, std::string_view message,
                 std::string_view sqlState, std::string_view constraint)
    : Fault(sentence(queryName, message, sqlState))
    , m_kind(kind)
    , m_queryName(queryName)
    , m_sqlState(sqlState)
    , m_constraint(constraint)
{ }

bool DbFault::isWorthRetrying() const
{
    return m_kind == Kind::ConnectionLost || m_sqlState == "40001" || m_sqlState == "40P01";
}

bool DbFault::isUnavailable() const
{
    switch (m_kind) {
    case Kind::ConnectionLost:
    case Kind::TimedOut:
    case Kind::OutcomeUnknown:
        return true;
    case Kind::Statement:
        // 53: out of connections, memory or disk. 40: lost a race twice.
        return m_sqlState.starts_with("53") || m_sqlState.starts_with("40");
    case Kind::Misuse:
        return false;
    }
    return false;
}

} // namespace guildhall::db
