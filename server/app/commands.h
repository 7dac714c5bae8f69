// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace guildhall {

/// Exit codes of sysexits.h, where one fits.
namespace exitCode {
inline constexpr int ok = 0;
inline constexpr int failed = 1;
inline constexpr int usage = 64;
inline constexpr int config = 78; ///< the service manager must not try again
} // namespace exitCode

/// Runs `guildhalld <command>`: run, migrate, check-config, config show, create-admin, routes or
/// version. @return the exit code  @thread main
int runCommand(const QStringList &arguments);

} // namespace guildhall
