// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/database/cluster/pg_binaries.h"

#include "server/infrastructure/fault.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>

#include <algorithm>
#include <vector>

namespace guildhall::db {

namespace {

/// What the product is tested with; older ones lack things the schema relies on.
constexpr int oldestMajor = 15;

QString outputOf(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments, QIODevice::ReadOnly);
    if (!process.waitForStarted() || !process.waitForFinished())
        return {};
    return QString::fromLocal8Bit(process.readAllStandardOutput()).trimmed();
}

/// "postgres (PostgreSQL) 15.14 (Debian …)" → 15; nothing when the folder holds no server.
std::optional<PgBinaries> serverIn(const QString &folder)
{
    if (!QFileInfo(folder + u"/postgres"_qs).isExecutable()
        || !QFileInfo(folder + u"/initdb"_qs).isExecutable())
        return std::nullopt;
    static const QRegularExpression version(u"\\) (\\d+)"_qs);
    const auto match = version.match(outputOf(folder + u"/postgres"_qs, {u"--version"_qs}));
    if (!match.hasMatch())
        return std::nullopt;
    return PgBinaries{folder, match.captured(1).toInt()};
}

QStringList candidateFolders()
{
    QStringList folders;
    const QDir debian(u"/usr/lib/postgresql"_qs);
    for (const QString &version : debian.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        folders.append(debian.filePath(version) + u"/bin"_qs);
    const QDir usr(u"/usr"_qs);
    for (const QString &name : usr.entryList({u"pgsql-*"_qs}, QDir::Dirs))
        folders.append(usr.filePath(name) + u"/bin"_qs);
    return folders;
}

std::optional<PgBinaries> pick(const std::vector<PgBinaries> &found, std::optional<int> major)
{
    std::optional<PgBinaries> best;
    for (const PgBinaries &one : found) {
        const bool fits = major ? one.major == *major : one.major >= oldestMajor;
        if (fits && (!best || one.major > best->major))
            best = one;
    }
    return best;
}

[[noreturn]] void failMissing(std::optional<int> major)
{
    throw Fault(
        major ? u"the data folder was made by PostgreSQL %1, whose server is not installed"_qs.arg(
            *major)
              : u"no PostgreSQL server (%1 or newer) is installed: install it, or set DB_HOST"
                " to use another machine's"_qs.arg(oldestMajor));
}

} // namespace

PgBinaries PgBinaries::find(std::optional<int> major)
{
    std::vector<PgBinaries> found;
    const auto look = [&found](const QString &path) {
        if (auto server = serverIn(path))
            found.push_back(*server);
    };
    if (const QString chosen = qEnvironmentVariable("PG_BINDIR"); !chosen.isEmpty()) {
        look(chosen);
    } else {
        for (const QString &folder : candidateFolders()) {
            // A folder named after its version saves running what cannot fit.
            if (!major || folder.contains(QString::number(*major)))
                look(folder);
        }
        if (!pick(found, major)) {
            if (const QString folder = outputOf(u"pg_config"_qs, {u"--bindir"_qs});
                !folder.isEmpty())
                look(folder);
        }
    }
    if (const auto best = pick(found, major))
        return *best;
    failMissing(major);
}

} // namespace guildhall::db
