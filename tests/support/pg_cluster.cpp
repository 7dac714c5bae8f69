// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/pg_cluster.h"

#include "server/infrastructure/database/migrator.h"
#include "server/infrastructure/database/private_cluster.h"
#include "tests/support/query_records.h"
#include "tests/support/test_databases.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>

#include <unistd.h>

#include <atomic>
#include <csignal>

namespace guildhall::test {

namespace {

namespace queries = sql::test_databases;

const QString controlLock = u"control.lock"_qs; // held while the cluster is started or stopped
const QString usersLock = u"users.lock"_qs;

QString clusterFolder()
{
    return runFolder() + u"/postgres"_qs;
}

QString keepFile()
{
    return runFolder() + u"/keep"_qs;
}

/// Whether a ctest run is going on; the file of one that was killed says nothing.
bool isKept()
{
    QFile file(keepFile());
    return file.open(QIODevice::ReadOnly) && ::kill(file.readAll().toInt(), 0) == 0;
}

void stopCluster()
{
    const db::ClusterFolder folder(clusterFolder());
    db::Postmaster(folder.user(), folder.data()).stop();
}

QString migrationsHash()
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const db::Migration &migration : db::embeddedMigrations()) {
        hash.addData(QByteArrayView(migration.name));
        hash.addData(QByteArrayView(migration.sha256));
    }
    return QString::fromLatin1(hash.result().toHex().left(16));
}

/// Statements about whole databases cannot be prepared, nor have their names bound: format() quotes
/// them on the server.
void runFormatted(db::Session &session, const db::Query &format, const QString &first,
                  const QString &second = {})
{
    const auto text
        = session.one<std::string>(format, db::bind(":first", first), db::bind(":second", second));
    session.runPlain(db::Query{format.name, text.c_str()});
}

/// What killed tests left behind: databases called test_<pid>_<number>.
void dropAbandoned(db::Session &session)
{
    for (const QString &name : session.list<QString>(queries::list_test_databases)) {
        const int pid = name.section(u'_', 1, 1).toInt();
        if (::kill(pid, 0) != 0 && errno == ESRCH)
            runFormatted(session, queries::format_drop, name);
    }
}

} // namespace

PgCluster &PgCluster::instance()
{
    // Released with the application, while Qt still works, not with the statics.
    static PgCluster *const cluster = [] {
        auto *made = new PgCluster;
        qAddPostRoutine([] { instance().release(); });
        return made;
    }();
    return *cluster;
}

PgCluster::PgCluster()
{
    const FileLock control(controlLock, FileLock::Mode::Exclusive);
    db::PrivateCluster cluster(clusterFolder(), db::PrivateCluster::Durability::None);
    m_maintenance = cluster.start();
    m_maintenance.database = u"postgres"_qs;
    m_maintenance.statementTimeout = std::chrono::minutes(1);
    cluster.leaveRunning();
    m_use = std::make_unique<FileLock>(usersLock, FileLock::Mode::Shared);
    db::Session session(m_maintenance);
    dropAbandoned(session);
}

void PgCluster::release()
{
    QueryRecords::write();
    const FileLock control(controlLock, FileLock::Mode::Exclusive);
    if (m_use->tryExclusive() && !isKept())
        stopCluster();
    m_use.reset();
}

QString PgCluster::migratedTemplate()
{
    const QString name = u"template_"_qs + migrationsHash();
    const FileLock control(u"template.lock"_qs, FileLock::Mode::Exclusive);
    db::Session session(m_maintenance);
    if (session.one<bool>(queries::database_exists, db::bind(":name", name)))
        return name;
    for (const QString &old : session.list<QString>(queries::list_templates))
        runFormatted(session, queries::format_drop, old);
    // Under another name until it is complete: this program may be killed.
    auto building = m_maintenance;
    building.database = u"template_building"_qs;
    runFormatted(session, queries::format_create, building.database, u"template0"_qs);
    db::Migrator(building).apply();
    runFormatted(session, queries::format_rename, building.database, name);
    return name;
}

void PgCluster::keepFor(qint64 keeper)
{
    QFile file(keepFile());
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate)
        || file.write(QByteArray::number(keeper)) < 0)
        throw Fault(u"cannot write "_qs + keepFile());
}

void PgCluster::letGo()
{
    QFile::remove(keepFile());
    const FileLock control(controlLock, FileLock::Mode::Exclusive);
    FileLock users(usersLock, FileLock::Mode::Shared);
    if (users.tryExclusive())
        stopCluster();
}

TestDatabase::TestDatabase(Content content)
{
    PgCluster &cluster = PgCluster::instance();
    static std::atomic<int> counter{0};
    m_parameters = cluster.maintenance();
    m_parameters.statementTimeout = db::ConnectionParameters{}.statementTimeout;
    m_parameters.database = u"test_%1_%2"_qs.arg(::getpid()).arg(++counter);
    const QString from
        = content == Content::Migrated ? cluster.migratedTemplate() : u"template0"_qs;
    db::Session session(cluster.maintenance());
    runFormatted(session, queries::format_create, m_parameters.database, from);
}

TestDatabase::~TestDatabase()
{
    try {
        db::Session session(PgCluster::instance().maintenance());
        runFormatted(session, queries::format_drop, m_parameters.database);
    } catch (const std::exception &error) {
        qWarning("dropping a test database: %s", error.what()); // dropAbandoned gets it later
    }
}

} // namespace guildhall::test
