// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/database/serving_lease.h"

#include "server/infrastructure/fault.h"
#include "sql/queries/lease.h"

#include <thread>

namespace guildhall::db {

ServingLease::ServingLease(ConnectionParameters parameters)
    : m_session(std::move(parameters))
{ }

void ServingLease::acquire(std::chrono::milliseconds patience)
{
    constexpr std::chrono::milliseconds pause{50};
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!hold()) {
        if (std::chrono::steady_clock::now() >= deadline)
            throw Fault("Another guildhalld serves this database: stop it, or give this one a "
                        "DATA_DIR or a database of its own.");
        std::this_thread::sleep_for(pause);
    }
}

bool ServingLease::hold()
{
    return m_session.one<bool>(sql::lease::take_lease);
}

} // namespace guildhall::db
