// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/database/row.h"

#include "server/infrastructure/database/db_fault.h"
#include "server/infrastructure/database/query.h"

namespace guildhall::db {

bool Row::nextIsNull() const
{
    if (m_column >= m_result.columnCount())
        failPastEnd();
    return !m_result.text(m_row, m_column).has_value();
}

void Row::fail(std::string_view why) const
{
    throw DbFault(DbFault::Kind::Misuse, m_result.query().name, why);
}

// The column that failed is the one before m_column: takeText has already stepped over it.
// The value itself stays out of the sentence: it may be content.
void Row::failNull() const
{
    fail("column " + std::string(m_result.columnName(m_column - 1))
         + " is NULL, and is read as a type that cannot be");
}

void Row::failText() const
{
    fail("column " + std::string(m_result.columnName(m_column - 1))
         + " does not hold the type it is read as");
}

void Row::failPastEnd() const
{
    fail("more columns are read than the statement returns ("
         + std::to_string(m_result.columnCount()) + ")");
}

} // namespace guildhall::db
