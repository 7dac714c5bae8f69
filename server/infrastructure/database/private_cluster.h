// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/cluster/cluster_claims.h"
#include "server/infrastructure/database/cluster/cluster_folder.h"
#include "server/infrastructure/database/cluster/postmaster.h"
#include "server/infrastructure/database/connection_parameters.h"
#include "server/infrastructure/runtime/periodic.h"

#include <memory>
#include <mutex>

namespace guildhall::db {

/// The embedded default: a PostgreSQL of our own under the data folder, reachable only through a
/// unix socket in a folder of mode 0700.
///
/// Several processes may use it at once: a daemon, and guildhalld create-admin beside it. The first
/// one to start() owns it: it starts the server, or finds one that outlived a killed daemon. When
/// the owner ends, however that ends, another one follows. The last one to leave stops the server.
/// @thread any; the calls block
class PrivateCluster {
public:
    enum class Durability {
        Full, ///< what is committed survives a loss of power
        None, ///< for tests: no fsync at all
    };

    /// @param folder  DATA_DIR/postgres: made when it is not there
    /// @throws Fault of one sentence: a folder that is not ours, no server installed, no user to
    /// run it
    explicit PrivateCluster(const QString &folder, Durability durability = Durability::Full);
    /// As stop().
    ~PrivateCluster();
    Q_DISABLE_COPY_MOVE(PrivateCluster)

    /// Returns when the database `guildhall` accepts connections: initdb at the first time (about a
    /// second), else some 100 ms, or as long as the recovery from a crash takes.
    /// @throws Fault with the end of the server's log
    ConnectionParameters start();
    /// Uses the server no more. If nobody else does, it is stopped: sessions end, a checkpoint is
    /// written.
    void stop();
    /// Uses the server no more and lets it run; whoever starts next finds it.
    void leaveRunning();
    bool isOwner() const { return m_claims.isOwned(); }

    /// Follows an owner that has ended. The owner starts the server again if it died.
    /// @return whether it had died and was started
    bool restartIfDead();
    /// Calls restartIfDead() five times a second, in a thread of its own, until stop().
    void watch();

private:
    void beginUse();
    void launch();
    void awaitReady();
    Postmaster::Status awaitStatus();
    bool childHasEnded();
    QStringList arguments() const;
    ConnectionParameters parametersFor(const QString &database) const;
    void ensureDatabase() const;

    ClusterFolder m_folder;
    Postmaster m_postmaster;
    ClusterClaims m_claims;
    Durability m_durability;
    std::mutex m_mutex; ///< start, stop and restartIfDead exclude each other
    QString m_socketFolder;
    pid_t m_child = 0; ///< the postmaster if this process started it, until it is reaped
    std::unique_ptr<Periodic> m_watch;
};

} // namespace guildhall::db
