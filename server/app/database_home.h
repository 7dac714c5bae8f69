// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/app/config.h"
#include "server/infrastructure/database/connection_parameters.h"
#include "server/infrastructure/database/private_cluster.h"

#include <memory>

namespace guildhall {

/// Where a daemon of this configuration has its data, in words.
QString placeOfData(const Config &config);

/// Where the data lie: a server that was configured, or a private cluster under the data folder,
/// which lives as long as this.
class DatabaseHome {
public:
    enum class Schema {
        BroughtUpToDate,
        OnlyChecked, ///< a fault when it is not up to date
    };

    /// Starts the private cluster when no server is configured, and sees to the schema.
    /// @throws Fault of one sentence  @thread main (blocks)
    DatabaseHome(const Config &config, Schema schema);

    const db::ConnectionParameters &parameters() const { return m_parameters; }
    bool isPrivate() const { return m_cluster != nullptr; }
    /// Restarts a private cluster that dies, from now on.
    void watch();

private:
    void see(Schema schema) const;

    std::unique_ptr<db::PrivateCluster> m_cluster;
    db::ConnectionParameters m_parameters;
};

} // namespace guildhall
