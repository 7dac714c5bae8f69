// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/create_admin.h"

#include "server/app/commands.h"
#include "server/app/daemon.h"
#include "server/app/database_home.h"
#include "server/app/password_prompt.h"
#include "server/app/print.h"
#include "server/infrastructure/fault.h"

#include <QDir>

namespace guildhall {

namespace {

/// With another number than the daemon that may run beside us: its ids are not ours.
Config besideDaemon(Config config)
{
    constexpr int numbers = 32;
    config.node.id = (config.node.id.value_or(0) + numbers - 1) % numbers;
    return config;
}

} // namespace

int createAdmin(const Config &config, const QString &username, const QString &email)
{
    if (username.isEmpty() || email.isEmpty()) {
        printError(QStringLiteral("create-admin: --username and --email have to be given."));
        return exitCode::usage;
    }
    // Else a forgotten DATA_DIR would make a second server, and an administrator of nothing.
    if (config.database.isPrivate() && !config.node.isDataDirGiven
        && !QDir(config.node.dataDir + QStringLiteral("/postgres")).exists()) {
        throw Fault(QStringLiteral("There is no server in %1, the default of DATA_DIR: set DATA_DIR"
                                   " to the folder of yours, or start one there first.")
                        .arg(config.node.dataDir));
    }
    const Secret<QString> password = readPassword();
    Daemon daemon(besideDaemon(config));
    const auto made = daemon.auth().createAdministrator(username, email, password);
    if (made) {
        print(QStringLiteral("%1 is an administrator of this server now; its data: %2.")
                  .arg(made->username, placeOfData(config)));
        return exitCode::ok;
    }
    for (const FieldError &mistake : made.error().fields)
        printError(QStringLiteral("%1: %2").arg(mistake.path.join(u'.'), mistake.message));
    if (made.error().fields.empty())
        printError(made.error().message);
    return exitCode::failed;
}

} // namespace guildhall
