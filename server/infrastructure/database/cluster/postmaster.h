// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/cluster/process_user.h"

#include <chrono>
#include <optional>

namespace guildhall::db {

/// The server processes of one data folder, as the system shows them. A process id alone proves
/// nothing: after a crash it may be somebody else's. What counts is a process called postgres whose
/// working folder is the data folder.
class Postmaster {
public:
    struct Status {
        pid_t pid = 0;
        QString socketFolder;
        bool isReady = false; ///< accepts connections
        bool isStopping = false;
    };

    Postmaster(ProcessUser user, QString dataFolder);

    /// The running postmaster, by its pid file; nothing when it is dead.
    std::optional<Status> status() const;
    /// Ends it without waiting for clients; after 20 s without waiting for anything.
    void stop() const;
    /// Ends server processes that outlived their postmaster, which keep a new one from starting,
    /// and removes what it left in the data folder and in `socketFolder`. Only when status() is
    /// nothing.
    void clearRemains(const QString &socketFolder) const;

private:
    std::optional<Status> readFile() const;
    bool isOurs(pid_t pid) const;
    QString workingFolder(pid_t pid) const;
    std::vector<pid_t> processes() const;
    bool awaitEnd(std::chrono::milliseconds patience) const;
    QString pidFile() const { return m_dataFolder + u"/postmaster.pid"_qs; }

    ProcessUser m_user;
    QString m_dataFolder;
};

} // namespace guildhall::db
