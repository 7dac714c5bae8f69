// SPDX-License-Identifier: GPL-3.0-or-later
// The embedded PostgreSQL is killed, frozen, or outlives its daemon.
#include "tests/unit/cluster_place.h"

#include <QScopeGuard>

#include <sys/resource.h>

#include <iostream>
#include <thread>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;
using db::PrivateCluster;
using db::Query;

namespace {

/// What a daemon does until somebody kills it.
int holdUntilKilled(const QString &folder)
{
    PrivateCluster cluster(folder, quick);
    db::Session session(cluster.start());
    session.runPlain(createKept);
    session.exec(insertKept);
    std::cout << "ready" << std::endl;
    for (;;)
        ::pause();
}

} // namespace

class TestClusterFaults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_initialised.reset(); }
    void init() { m_place = std::make_unique<ClusterPlace>(); }
    void cleanup() { m_place.reset(); }
    void a_killed_server_comes_back();
    void a_killed_server_comes_back_although_a_backend_is_busy();
    void a_watched_server_comes_back_by_itself();
    void a_frozen_server_is_not_a_dead_one();
    void a_server_that_cannot_be_looked_at_is_not_a_dead_one();
    void a_server_that_outlived_its_daemon_is_found();
    void everything_works_as_an_ordinary_user();

private:
    std::unique_ptr<ClusterPlace> m_place;
    std::unique_ptr<ClusterPlace> m_initialised;
};

void TestClusterFaults::initTestCase()
{
    m_initialised = std::make_unique<ClusterPlace>();
    PrivateCluster(m_initialised->folder(), quick).start();
}

void TestClusterFaults::a_killed_server_comes_back()
{
    m_place->copy(*m_initialised);
    PrivateCluster cluster(m_place->folder());
    db::Session session(cluster.start());
    session.runPlain(createKept);
    session.exec(insertKept);
    QVERIFY(!cluster.restartIfDead());
    const pid_t before = m_place->postmaster();
    QCOMPARE(::kill(before, SIGKILL), 0);
    bool restarted = false;
    QTRY_VERIFY(restarted = restarted || cluster.restartIfDead());
    QVERIFY(m_place->postmaster() != before);
    QVERIFY(!cluster.restartIfDead());
    // The session lost its connection; a read finds the new server by itself.
    QCOMPARE(session.one<qint64>(countKept), 1);
}

void TestClusterFaults::a_killed_server_comes_back_although_a_backend_is_busy()
{
    m_place->copy(*m_initialised);
    PrivateCluster cluster(m_place->folder());
    const db::ConnectionParameters parameters = cluster.start();
    std::atomic<bool> failed{false};
    std::jthread busy([&] {
        try {
            db::Session session(parameters);
            session.runPlain(Query{"test.busy", "SELECT pg_sleep(60)"});
        } catch (const Fault &) {
            failed = true;
        }
    });
    const Query sleepers{"test.sleepers",
                         "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%sleep(60)' AND"
                         " state = 'active'",
                         {},
                         true};
    {
        db::Session session(parameters);
        QTRY_COMPARE(session.one<qint64>(sleepers), 1);
    }
    QCOMPARE(::kill(m_place->postmaster(), SIGKILL), 0);
    bool restarted = false;
    QTRY_VERIFY(restarted = restarted || cluster.restartIfDead());
    busy.join();
    QVERIFY(failed);
    db::Session session(parameters);
    QCOMPARE(session.one<qint64>(sleepers), 0);
}

void TestClusterFaults::a_watched_server_comes_back_by_itself()
{
    m_place->copy(*m_initialised);
    PrivateCluster cluster(m_place->folder());
    db::Session session(cluster.start());
    session.runPlain(createKept);
    cluster.watch();
    const pid_t before = m_place->postmaster();
    QCOMPARE(::kill(before, SIGKILL), 0);
    const auto answers = [&session] {
        try {
            return session.one<qint64>(countKept) == 0;
        } catch (const Fault &) {
            return false;
        }
    };
    QTRY_VERIFY_WITH_TIMEOUT(m_place->postmaster() != before && answers(), 20000);
}

void TestClusterFaults::a_frozen_server_is_not_a_dead_one()
{
    m_place->copy(*m_initialised);
    PrivateCluster cluster(m_place->folder(), quick);
    cluster.start();
    const pid_t pid = m_place->postmaster();
    QCOMPARE(::kill(pid, SIGSTOP), 0);
    const bool restarted = cluster.restartIfDead();
    QCOMPARE(::kill(pid, SIGCONT), 0);
    QVERIFY(!restarted);
    QCOMPARE(m_place->postmaster(), pid);
}

void TestClusterFaults::a_server_that_cannot_be_looked_at_is_not_a_dead_one()
{
    m_place->copy(*m_initialised);
    PrivateCluster cluster(m_place->folder(), quick);
    cluster.start();
    const pid_t pid = m_place->postmaster();
    rlimit usual{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &usual), 0);
    const rlimit none{0, usual.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &none), 0);
    const auto restore = qScopeGuard([&usual] { ::setrlimit(RLIMIT_NOFILE, &usual); });
    QVERIFY_EXCEPTION_THROWN(cluster.restartIfDead(), Fault);
    ::setrlimit(RLIMIT_NOFILE, &usual);
    QCOMPARE(m_place->postmaster(), pid);
    QCOMPARE(::kill(pid, 0), 0);
    QVERIFY(!cluster.restartIfDead());
}

void TestClusterFaults::a_server_that_outlived_its_daemon_is_found()
{
    m_place->copy(*m_initialised);
    QProcess daemon;
    daemon.start(QCoreApplication::applicationFilePath(), {u"--hold"_s, m_place->folder()});
    QVERIFY(daemon.waitForReadyRead(60000));
    QCOMPARE(daemon.readAllStandardOutput(), "ready\n");
    daemon.kill();
    QVERIFY(daemon.waitForFinished());
    const pid_t pid = m_place->postmaster();
    QCOMPARE(::kill(pid, 0), 0);

    PrivateCluster cluster(m_place->folder(), quick);
    db::Session session(cluster.start());
    QVERIFY(cluster.isOwner());
    QCOMPARE(m_place->postmaster(), pid);
    QCOMPARE(session.one<qint64>(countKept), 1);
    cluster.stop();
    QVERIFY(!QFile::exists(m_place->folder() + u"/data/postmaster.pid"_s));
}

void TestClusterFaults::everything_works_as_an_ordinary_user()
{
    test::runAgainAsNobody();
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--hold"_s)
        return holdUntilKilled(arguments.value(2));
    TestClusterFaults test;
    return QTest::qExec(&test, arguments);
}

#include "tst_cluster_faults.moc"
