// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/metrics/process_metrics.h"

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QList>

#include <sys/resource.h>
#include <unistd.h>

#include <optional>

namespace guildhall {

using namespace Qt::StringLiterals;

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

prometheus::MetricFamily family(const char *name, const char *help, prometheus::MetricType type,
                                double value)
{
    prometheus::ClientMetric metric;
    if (type == prometheus::MetricType::Counter)
        metric.counter.value = value;
    else
        metric.gauge.value = value;
    return {name, help, type, {metric}};
}

/// The fields of /proc/self/stat behind the name of the program, which may hold blanks.
QList<QByteArray> statFields()
{
    const QByteArray stat = contents(u"/proc/self/stat"_s);
    const qsizetype nameEnd = stat.lastIndexOf(')');
    return nameEnd < 0 ? QList<QByteArray>() : stat.mid(nameEnd + 2).split(' ');
}

/// Seconds since 1970 at which the computer started.
std::optional<double> bootTime()
{
    for (const QByteArray &line : contents(u"/proc/stat"_s).split('\n')) {
        if (line.startsWith("btime "))
            return line.mid(6).toDouble();
    }
    return std::nullopt;
}

} // namespace

std::vector<prometheus::MetricFamily> ProcessMetrics::Collect() const
{
    using prometheus::MetricType;
    // Places as in proc(5), counted from field 3, the first behind the name.
    constexpr int userTime = 14 - 3;
    constexpr int systemTime = 15 - 3;
    constexpr int threads = 20 - 3;
    constexpr int startTime = 22 - 3;
    constexpr int virtualSize = 23 - 3;
    constexpr int residentPages = 24 - 3;

    std::vector<prometheus::MetricFamily> result;
    const auto add = [&result](const char *name, const char *help, MetricType type, double value) {
        result.push_back(family(name, help, type, value));
    };
    const QList<QByteArray> stat = statFields();
    if (stat.size() <= residentPages)
        return result;
    const double ticks = double(sysconf(_SC_CLK_TCK));
    add("process_cpu_seconds_total", "User and system time.", MetricType::Counter,
        (stat[userTime].toDouble() + stat[systemTime].toDouble()) / ticks);
    add("process_resident_memory_bytes", "Resident memory.", MetricType::Gauge,
        stat[residentPages].toDouble() * double(sysconf(_SC_PAGESIZE)));
    add("process_virtual_memory_bytes", "Virtual memory.", MetricType::Gauge,
        stat[virtualSize].toDouble());
    add("process_threads", "Threads.", MetricType::Gauge, stat[threads].toDouble());
    if (const auto boot = bootTime())
        add("process_start_time_seconds", "Start, in seconds since 1970.", MetricType::Gauge,
            *boot + stat[startTime].toDouble() / ticks);
    const QDir descriptors(u"/proc/self/fd"_s);
    // System: broken links, which sockets are.
    add("process_open_fds", "Open descriptors.", MetricType::Gauge,
        double(
            descriptors.entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size()));
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0)
        add("process_max_fds", "Most descriptors allowed.", MetricType::Gauge,
            double(limit.rlim_cur));
    return result;
}

} // namespace guildhall
