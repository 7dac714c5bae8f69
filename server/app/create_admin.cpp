// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/create_admin.h"

#include "server/app/commands.h"
#include "server/app/daemon.h"
#include "server/app/print.h"

#include <QTextStream>

#include <cstdio>

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
    QTextStream input(stdin);
    const Secret<QString> password(input.readLine());
    Daemon daemon(besideDaemon(config));
    const auto made = daemon.auth().createAdministrator(username, email, password);
    if (made) {
        print(QStringLiteral("%1 is an administrator of this server now.").arg(made->username));
        return exitCode::ok;
    }
    for (const FieldError &mistake : made.error().fields)
        printError(QStringLiteral("%1: %2").arg(mistake.path.join(u'.'), mistake.message));
    if (made.error().fields.empty())
        printError(made.error().message);
    return exitCode::failed;
}

} // namespace guildhall
