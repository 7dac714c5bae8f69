// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/session.h"

#include <chrono>

namespace guildhall::db {

/// The right to serve a database alone. Rights, presences and the sequence of ids live in the
/// process: two daemons on one database would each act on what only the other knows has changed.
///
/// PostgreSQL holds it for a connection of our own, so it ends with the process, however that ends.
/// @thread the one that first calls it; the calls block
class ServingLease {
public:
    explicit ServingLease(ConnectionParameters parameters);

    /// Takes the lease. Waits up to `patience` for another daemon to end: PostgreSQL may need a
    /// moment to see that one was killed.
    /// @throws Fault of one sentence when the other daemon stays; DbFault
    void acquire(std::chrono::milliseconds patience);
    /// Keeps the lease, and takes it again when the connection was lost in between; to be called
    /// every now and then. @return false: another daemon has it now  @throws DbFault
    bool hold();

private:
    Session m_session;
};

} // namespace guildhall::db
