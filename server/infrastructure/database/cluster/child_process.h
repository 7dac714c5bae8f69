// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/cluster/process_user.h"

#include <QStringList>

namespace guildhall::db {

struct ProcessOutcome {
    bool succeeded = false;
    QString output; ///< of both streams, trimmed; says why it could not be started, if so
};

/// Runs a program as `user` to its end, or to ours. @thread any (blocks)
ProcessOutcome runAs(const ProcessUser &user, const QString &program, const QStringList &arguments);

/// Starts a server as `user` that outlives this process: own session, no input, output appended to
/// `logFile`, no descriptor of ours. The caller reaps it with waitpid while it lives.
/// @throws Fault when there is no process to be had; a failing exec shows as exit code 127
pid_t startServer(const ProcessUser &user, const QString &program, const QStringList &arguments,
                  const QString &logFile);

} // namespace guildhall::db
