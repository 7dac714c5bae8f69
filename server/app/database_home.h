// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/app/config.h"
#include "server/infrastructure/database/connection_parameters.h"
#include "server/infrastructure/database/private_cluster.h"

#include <memory>

namespace guildhall {

/// Where the data lie: a server that was configured, or a private cluster under the data folder,
/// which lives as long as this.
class DatabaseHome
{
public:
    /// Starts the private cluster when none is configured.
    /// @throws Fault of one sentence  @thread main (blocks)
    explicit DatabaseHome(const Config &config);

    const db::ConnectionParameters &parameters() const { return m_parameters; }
    bool isPrivate() const { return m_cluster != nullptr; }
    /// Brings the schema up to date, or, with MIGRATE=check, refuses when it is not.
    void migrate(bool mayChange) const;
    /// Restarts a private cluster that dies, from now on.
    void watch();

private:
    std::unique_ptr<db::PrivateCluster> m_cluster;
    db::ConnectionParameters m_parameters;
};

} // namespace guildhall
