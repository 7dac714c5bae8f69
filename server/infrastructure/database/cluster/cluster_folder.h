// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/cluster/pg_binaries.h"
#include "server/infrastructure/database/cluster/process_user.h"

namespace guildhall::db {

/// Where a private cluster lives on disk, and how that comes to be:
///
///     GUILDHALL   a marker: without it a folder that is not empty is never touched
///     lock        who uses the server, and who starts it (ClusterClaims)
///     data/       the cluster, made as data.new and renamed when initdb is done
///     socket/     mode 0700: who may enter may connect
///     log/        what PostgreSQL says
///
/// The folder belongs to the daemon, data, socket and log to whom the server runs as.
class ClusterFolder {
public:
    /// Makes the folder, or checks that it is ours. @throws Fault
    explicit ClusterFolder(const QString &path);

    const ProcessUser &user() const { return m_user; }
    QString data() const { return m_path + u"/data"_qs; }
    QString lockFile() const { return m_path + u"/lock"_qs; }
    QString logFile() const { return m_path + u"/log/postgresql.log"_qs; }
    /// The server that fits the data. @throws Fault when it is not installed
    PgBinaries binaries() const;

    /// Runs initdb unless that was done; what an interrupted one left behind goes first.
    void initialise(bool durable) const;
    /// A folder of the server's user for its socket, short enough for a unix address.
    QString socketFolder() const;
    /// Puts a log that has grown large aside; one old log is kept.
    void rotateLog() const;
    /// The end of the log, for the sentence of a fault.
    QString lastLogLines() const;

private:
    void claim() const;
    void requireReachable() const;
    void makeOwnedFolder(const QString &path) const;
    void runInitdb(const QString &into) const;
    QString runtimeFolder() const;

    QString m_path;
    ProcessUser m_user;
};

} // namespace guildhall::db
