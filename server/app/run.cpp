// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/run.h"

#include "server/app/application.h"
#include "server/app/banner.h"
#include "server/app/commands.h"
#include "server/app/print.h"
#include "server/app/shutdown.h"

#include <QCoreApplication>

#include <systemd/sd-daemon.h>

namespace guildhall {

int serve(const Config &config)
{
    ShutdownSignals signals;
    Application application(config);
    application.start();
    print(banner(config, application));
    ::sd_notify(0, "READY=1");
    QObject::connect(&signals, &ShutdownSignals::requested, QCoreApplication::instance(),
                     &QCoreApplication::quit);
    const int code = QCoreApplication::exec();
    ::sd_notify(0, "STOPPING=1");
    application.stop();
    return code;
}

} // namespace guildhall
