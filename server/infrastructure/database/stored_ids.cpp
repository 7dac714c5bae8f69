// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/database/stored_ids.h"

#include "server/infrastructure/database/executor.h"
#include "server/infrastructure/runtime/snowflakes.h"
#include "sql/queries/ids.h"

namespace guildhall::db {

void continueStoredIds(Executor &database, Snowflakes &ids)
{
    // They all are of one kind: whose it is does not matter.
    ids.raiseTo(database.one<MessageId>(sql::ids::newest_id));
}

} // namespace guildhall::db
