// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/commands.h"

#include <QCoreApplication>

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("guildhalld"));
    QCoreApplication::setApplicationVersion(QStringLiteral(GUILDHALL_VERSION));
    return guildhall::runCommand(QCoreApplication::arguments());
}
