// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/run.h"

#include "server/app/banner.h"
#include "server/app/commands.h"
#include "server/app/daemon.h"
#include "server/app/print.h"
#include "server/app/shutdown.h"
#include "server/infrastructure/logging/categories.h"

#include <QCoreApplication>
#include <QTimer>

#include <sys/resource.h>
#include <systemd/sd-daemon.h>

#include <chrono>
#include <cstdint>

namespace guildhall {

namespace {

/// Tells systemd that the main thread still turns, twice as often as the unit's WatchdogSec asks;
/// a daemon that hangs is restarted. Does nothing without a watchdog.
void answerWatchdog(QTimer &timer)
{
    uint64_t limitUs = 0;
    if (::sd_watchdog_enabled(0, &limitUs) <= 0)
        return;
    QObject::connect(&timer, &QTimer::timeout, &timer, [] { ::sd_notify(0, "WATCHDOG=1"); });
    timer.start(std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::microseconds(limitUs / 2)));
}

/// A socket each for thousands of clients: the soft limit of 1024 is for programs that use
/// select().
void allowManyDescriptors()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

} // namespace

int serve(const Config &config)
{
    allowManyDescriptors();
    ShutdownSignals signals;
    Daemon daemon(config);
    daemon.start();
    print(banner(config, daemon));
    ::sd_notify(0, "READY=1");
    QTimer watchdog;
    answerWatchdog(watchdog);
    QObject::connect(&signals, &ShutdownSignals::requested, QCoreApplication::instance(),
                     &QCoreApplication::quit);
    const int code = QCoreApplication::exec();
    ::sd_notify(0, "STOPPING=1");
    daemon.stop();
    qCInfo(lcApp) << "stopped";
    return code;
}

} // namespace guildhall
