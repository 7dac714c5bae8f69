// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/database/executor.h"

#include "server/infrastructure/database/db_fault.h"

namespace guildhall::db {

void Executor::requireOneRow(const ResultSet &result)
{
    if (result.rowCount() != 1)
        throw DbFault(DbFault::Kind::Misuse, result.query().name,
                      "one row is wanted, there are " + std::to_string(result.rowCount()));
}

void Executor::failUnreadColumns(const ResultSet &result, int unread)
{
    throw DbFault(DbFault::Kind::Misuse, result.query().name,
                  std::to_string(unread) + " columns of the row are not read");
}

} // namespace guildhall::db
