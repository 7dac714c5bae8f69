// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/commands.h"
#include "server/infrastructure/runtime/epoll_dispatcher.h"

#include <QCoreApplication>

int main(int argc, char *argv[])
{
    // As in the other threads; it also tells how long a turn takes. The application owns it.
    QCoreApplication::setEventDispatcher(new guildhall::EpollDispatcher);
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("guildhalld"));
    QCoreApplication::setApplicationVersion(QStringLiteral(GUILDHALL_VERSION));
    return guildhall::runCommand(QCoreApplication::arguments());
}
