// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/database/private_cluster.h"

#include "server/infrastructure/database/cluster/child_process.h"
#include "server/infrastructure/database/session.h"
#include "server/infrastructure/fault.h"
#include "server/infrastructure/logging/categories.h"

#include <sys/wait.h>

#include <thread>

namespace guildhall::db {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto pollInterval = 5ms;
/// A crash recovery replays at most max_wal_size; this is for a slow disk.
constexpr auto startPatience = 60s;
/// Longer than Postmaster::stop() takes: the last user may be stopping it just now.
constexpr auto stopPatience = 30s;
constexpr int mostLaunches = 4;
constexpr auto watchInterval = 200ms;

constexpr Query databaseExists{
    "cluster.database_exists",
    "SELECT EXISTS (SELECT FROM pg_database WHERE datname = 'guildhall')",
    {},
    true};
constexpr Query createDatabase{"cluster.create_database", "CREATE DATABASE guildhall"};
/// Until the session ends: two processes may come to a new cluster in one moment.
constexpr Query lockCreation{"cluster.lock_creation", "SELECT pg_advisory_lock(1735289204, 2)"};

} // namespace

PrivateCluster::PrivateCluster(const QString &folder, Durability durability)
    : m_folder(folder)
    , m_postmaster(m_folder.user(), m_folder.data())
    , m_claims(m_folder.lockFile())
    , m_durability(durability)
{ }

PrivateCluster::~PrivateCluster()
{
    try {
        stop();
    } catch (const std::exception &error) {
        qCWarning(lcDb) << "stopping PostgreSQL:" << error.what();
    }
}

ConnectionParameters PrivateCluster::start()
{
    const std::lock_guard lock(m_mutex);
    beginUse();
    awaitReady();
    ensureDatabase();
    return parametersFor(u"guildhall"_qs);
}

void PrivateCluster::beginUse()
{
    for (const auto deadline = Clock::now() + stopPatience; !m_claims.tryUse();
         std::this_thread::sleep_for(pollInterval)) {
        if (Clock::now() >= deadline)
            throw Fault("another guildhalld has been stopping PostgreSQL for too long");
    }
}

void PrivateCluster::stop()
{
    m_watch.reset();
    const std::lock_guard lock(m_mutex);
    if (m_claims.tryLeaveAsLast()) {
        m_postmaster.stop();
        if (m_child > 0)
            ::waitpid(m_child, nullptr, 0);
    }
    m_child = 0;
    m_claims.release();
}

void PrivateCluster::leaveRunning()
{
    m_watch.reset();
    const std::lock_guard lock(m_mutex);
    m_child = 0;
    m_claims.release();
}

void PrivateCluster::launch()
{
    if (m_child > 0)
        ::waitpid(m_child, nullptr, 0); // until it is reaped, its number counts as a living server
    m_child = 0;
    m_folder.initialise(m_durability == Durability::Full);
    m_socketFolder = m_folder.socketFolder();
    m_postmaster.clearRemains(m_socketFolder);
    m_folder.rotateLog();
    m_child = startServer(m_folder.user(), m_folder.binaries().program("postgres"_L1), arguments(),
                          m_folder.logFile());
}

/// On the command line, so that nothing has to be written into a folder of the server's user, and
/// what an administrator tunes in postgresql.conf or with ALTER SYSTEM stays.
QStringList PrivateCluster::arguments() const
{
    QStringList settings{
        u"listen_addresses="_qs,
        u"port=5432"_qs,
        u"unix_socket_directories=\"%1\""_qs.arg(m_socketFolder),
        u"unix_socket_permissions=0700"_qs,
        u"logging_collector=off"_qs,
        u"log_destination=stderr"_qs,
        u"timezone=UTC"_qs,
        u"log_timezone=UTC"_qs,
        u"jit=off"_qs, // compiling takes longer than any of our statements
        u"max_wal_size=256MB"_qs, // bounds what is replayed after a crash
        // Before a recovery every file is synced; one by one that takes seconds on a busy disk.
        u"recovery_init_sync_method=syncfs"_qs,
    };
    const QString safe = m_durability == Durability::Full ? u"on"_qs : u"off"_qs;
    for (const auto name : {"fsync"_L1, "synchronous_commit"_L1, "full_page_writes"_L1})
        settings.append(name + u'=' + safe);
    QStringList words{u"-D"_qs, m_folder.data()};
    for (const QString &setting : std::as_const(settings))
        words << u"-c"_qs << setting;
    return words;
}

void PrivateCluster::awaitReady()
{
    m_socketFolder = awaitStatus().socketFolder;
}

Postmaster::Status PrivateCluster::awaitStatus()
{
    int launches = 0;
    for (auto deadline = Clock::now() + startPatience; Clock::now() < deadline;
         std::this_thread::sleep_for(pollInterval)) {
        // Each time anew: who owns it may end before it is ready.
        const bool isOurs = m_claims.tryOwn();
        const auto status = m_postmaster.status();
        if (status && status->isReady)
            return *status;
        const bool isComing = status || !isOurs || (m_child > 0 && !childHasEnded());
        if (isComing)
            continue; // starting, recovering or stopping, by us or by the owner
        // It does not run, or one that was stopping is gone now, or ours did not come up.
        if (launches == mostLaunches)
            break;
        std::this_thread::sleep_for(launches * 50ms);
        launch();
        ++launches;
        deadline = Clock::now() + startPatience;
    }
    throw Fault(u"PostgreSQL does not start; its log ends: "_qs + m_folder.lastLogLines());
}

bool PrivateCluster::childHasEnded()
{
    if (m_child <= 0 || ::waitpid(m_child, nullptr, WNOHANG) == 0)
        return false;
    m_child = 0; // ended, or not ours any more
    return true;
}

bool PrivateCluster::restartIfDead()
{
    const std::lock_guard lock(m_mutex);
    if (!m_claims.isUsed() || !m_claims.tryOwn())
        return false;
    childHasEnded(); // reaps it
    if (m_postmaster.status())
        return false;
    qCWarning(lcDb) << "PostgreSQL died; starting it again";
    awaitReady();
    return true;
}

void PrivateCluster::watch()
{
    m_watch = std::make_unique<Periodic>("postgres-watch");
    m_watch->every("restart PostgreSQL", watchInterval, [this] { restartIfDead(); });
}

ConnectionParameters PrivateCluster::parametersFor(const QString &database) const
{
    ConnectionParameters parameters;
    parameters.host = m_socketFolder;
    parameters.user = u"guildhall"_qs;
    parameters.database = database;
    parameters.applicationName = u"guildhalld"_qs;
    return parameters;
}

void PrivateCluster::ensureDatabase() const
{
    ConnectionParameters parameters = parametersFor(u"postgres"_qs);
    parameters.statementTimeout = 0ms; // it copies files, on a disk that may be slow
    parameters.lockTimeout = 0ms;
    Session session(parameters);
    session.runPlain(lockCreation);
    if (!session.one<bool>(databaseExists))
        session.runPlain(createDatabase);
}

} // namespace guildhall::db
