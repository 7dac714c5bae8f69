// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace guildhall {
class Snowflakes;
}

namespace guildhall::db {

class Executor;

/// Lets `ids` go on above every id that is stored, so that they still rise when the clock was set
/// back between two starts. To be called when nobody else makes any: with the lease on the
/// database. @thread one with a database session; throws DbFault
void continueStoredIds(Executor &database, Snowflakes &ids);

} // namespace guildhall::db
