// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/banner.h"

#include "server/app/daemon.h"
#include "server/app/database_home.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStandardPaths>

namespace guildhall {

namespace {

/// How a shell finds this program: by its name when PATH leads to it, else by its whole path.
QString ownCommand()
{
    const QString path = QCoreApplication::applicationFilePath();
    const QString name = QFileInfo(path).fileName();
    const QString found = QStandardPaths::findExecutable(name);
    return QFileInfo(found).canonicalFilePath() == path ? name : path;
}

/// How an administrator is made where this daemon has its data. The settings that lead to a server
/// of one's own are not repeated: there are secrets among them.
QString administratorStep(const Config &config)
{
    const QString command
        = ownCommand() + QStringLiteral(" create-admin --username you --email you@example.org\n");
    if (!config.database.isPrivate())
        return QStringLiteral("  Make an administrator, with the settings of this daemon:\n    ")
            + command;
    return QStringLiteral("  Make an administrator:\n    DATA_DIR=%1 ").arg(config.node.dataDir)
        + command;
}

} // namespace

QString banner(const Config &config, const Daemon &daemon)
{
    const QString host = config.http.listen.protocol() == QAbstractSocket::IPv6Protocol
        ? QStringLiteral("[%1]").arg(config.http.listen.toString())
        : config.http.listen.toString();
    const QString address = QStringLiteral("%1:%2").arg(host).arg(daemon.port());
    QString text = QStringLiteral("Guildhall " GUILDHALL_VERSION " is running.\n"
                                  "\n"
                                  "  REST      http://%1/api/v10\n"
                                  "  Gateway   ws://%1/\n"
                                  "  Health    http://%1/health\n"
                                  "  Data      %2\n"
                                  "\n"
                                  "Next steps:\n")
                       .arg(address, placeOfData(config))
        + administratorStep(config);
    if (config.auth.registrationOpen) {
        text += QStringLiteral(
                    "  Or register an account:\n"
                    "    curl -X POST http://%1/auth/register -H 'Content-Type: application/json'"
                    " \\\n"
                    "      -d '{\"username\":\"you\",\"email\":\"you@example.org\","
                    "\"password\":\"a long password\"}'\n")
                    .arg(address);
    }
    text += QStringLiteral(
                "  Then sign in with the Guildhall Console (guildhall-admin), or point a bot at\n"
                "    http://%1/api  (discord.js: new Client({ rest: { api: 'http://%1/api' } }))\n")
                .arg(address);
    return text;
}

} // namespace guildhall
