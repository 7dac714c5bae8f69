// SPDX-License-Identifier: GPL-3.0-or-later
// Several processes use one embedded PostgreSQL: the daemon, and commands beside it.
#include "tests/unit/cluster_place.h"

#include <iostream>
#include <string>
#include <thread>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;
using db::PrivateCluster;
using db::Query;

namespace {

constexpr Query answer{"test.answer", "SELECT 1", {}, true};
constexpr int usable = 0;
constexpr int unusable = 1;

/// What a daemon or a command does: uses the cluster until its input ends.
int useUntilTold(const QString &folder)
{
    PrivateCluster cluster(folder, quick);
    db::Session session(cluster.start());
    session.one<int>(answer);
    std::cout << "ready" << std::endl;
    std::string line;
    std::getline(std::cin, line);
    return session.one<int>(answer) == 1 ? usable : unusable;
}

/// A process that uses the cluster.
class User {
public:
    explicit User(const QString &folder)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QCoreApplication::applicationFilePath(), {u"--use"_s, folder});
    }
    bool isReady()
    {
        return m_process.waitForReadyRead(60'000) && m_process.readAllStandardOutput() == "ready\n";
    }
    /// @return whether the database answered until the end
    bool leave()
    {
        m_process.closeWriteChannel();
        return m_process.waitForFinished(60'000) && m_process.exitStatus() == QProcess::NormalExit
            && m_process.exitCode() == usable;
    }
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

private:
    QProcess m_process;
};

} // namespace

class TestClusterSharing : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_initialised.reset(); }
    void init() { m_place = std::make_unique<ClusterPlace>(); }
    void cleanup() { m_place.reset(); }
    void the_first_may_leave_while_the_second_uses_it();
    void who_stays_restarts_it();
    void the_last_one_stops_it();
    void both_may_start_it_in_the_same_moment();
    void both_may_make_it_in_the_same_moment();
    void one_may_come_while_the_last_one_leaves();
    void a_killed_owner_is_followed_by_the_other();
    void a_killed_user_keeps_nobody_from_stopping_it();
    void everything_works_as_an_ordinary_user();

private:
    bool isRunning() const { return QFile::exists(m_place->folder() + u"/data/postmaster.pid"_s); }

    std::unique_ptr<ClusterPlace> m_place;
    std::unique_ptr<ClusterPlace> m_initialised;
};

void TestClusterSharing::initTestCase()
{
    m_initialised = std::make_unique<ClusterPlace>();
    PrivateCluster(m_initialised->folder(), quick).start();
}

void TestClusterSharing::the_first_may_leave_while_the_second_uses_it()
{
    m_place->copy(*m_initialised);
    PrivateCluster command(m_place->folder(), quick);
    command.start();
    PrivateCluster daemon(m_place->folder(), quick);
    db::Session session(daemon.start());
    session.runPlain(createKept);
    const pid_t pid = m_place->postmaster();
    command.stop();
    QVERIFY(!command.isOwner());
    QCOMPARE(m_place->postmaster(), pid);
    QCOMPARE(session.one<qint64>(countKept), 0);
    daemon.stop();
    QVERIFY(!isRunning());
}

void TestClusterSharing::who_stays_restarts_it()
{
    m_place->copy(*m_initialised);
    User command(m_place->folder());
    QVERIFY(command.isReady());
    PrivateCluster daemon(m_place->folder(), quick);
    db::Session session(daemon.start());
    daemon.watch();
    QVERIFY(!daemon.isOwner());
    QVERIFY(command.leave());
    QTRY_VERIFY(daemon.isOwner());
    const pid_t before = m_place->postmaster();
    QCOMPARE(::kill(before, SIGKILL), 0);
    const auto answers = [&session] {
        try {
            return session.one<int>(answer) == 1;
        } catch (const Fault &) {
            return false;
        }
    };
    QTRY_VERIFY_WITH_TIMEOUT(m_place->postmaster() != before && answers(), 60000);
}

void TestClusterSharing::the_last_one_stops_it()
{
    m_place->copy(*m_initialised);
    PrivateCluster first(m_place->folder(), quick);
    PrivateCluster second(m_place->folder(), quick);
    PrivateCluster third(m_place->folder(), quick);
    first.start();
    second.start();
    third.start();
    const pid_t pid = m_place->postmaster();
    third.stop();
    first.stop();
    QCOMPARE(m_place->postmaster(), pid);
    second.stop();
    QVERIFY(!isRunning());
    QCOMPARE(db::Session(third.start()).one<int>(answer), 1); // and it can be begun anew
    QVERIFY(third.isOwner());
}

void TestClusterSharing::both_may_start_it_in_the_same_moment()
{
    m_place->copy(*m_initialised);
    for (int round = 0; round < 5; ++round) {
        User one(m_place->folder());
        User other(m_place->folder());
        QVERIFY(one.isReady());
        QVERIFY(other.isReady());
        QVERIFY(one.leave());
        QVERIFY(isRunning());
        QVERIFY(other.leave());
        QVERIFY(!isRunning());
    }
}

void TestClusterSharing::both_may_make_it_in_the_same_moment()
{
    User one(m_place->folder());
    User other(m_place->folder());
    QVERIFY(one.isReady());
    QVERIFY(other.isReady());
    QVERIFY(other.leave());
    QVERIFY(one.leave());
    QVERIFY(!isRunning());
}

void TestClusterSharing::one_may_come_while_the_last_one_leaves()
{
    m_place->copy(*m_initialised);
    PrivateCluster leaving(m_place->folder(), quick);
    PrivateCluster coming(m_place->folder(), quick);
    for (int round = 0; round < 10; ++round) {
        leaving.start();
        std::jthread stopping([&] { leaving.stop(); });
        if (round % 2 == 1)
            std::this_thread::sleep_for(std::chrono::milliseconds(round));
        db::Session session(coming.start());
        QCOMPARE(session.one<int>(answer), 1);
        stopping.join();
        QCOMPARE(session.one<int>(answer), 1);
        session.close();
        coming.stop();
        QVERIFY(!isRunning());
    }
}

void TestClusterSharing::a_killed_owner_is_followed_by_the_other()
{
    m_place->copy(*m_initialised);
    User owner(m_place->folder());
    QVERIFY(owner.isReady());
    PrivateCluster other(m_place->folder(), quick);
    db::Session session(other.start());
    QVERIFY(!other.isOwner());
    const pid_t pid = m_place->postmaster();
    owner.kill();
    QVERIFY(!other.restartIfDead()); // it lives, and is the other's from now on
    QVERIFY(other.isOwner());
    QCOMPARE(m_place->postmaster(), pid);
    QCOMPARE(session.one<int>(answer), 1);
    other.stop();
    QVERIFY(!isRunning());
}

void TestClusterSharing::a_killed_user_keeps_nobody_from_stopping_it()
{
    m_place->copy(*m_initialised);
    PrivateCluster owner(m_place->folder(), quick);
    owner.start();
    User other(m_place->folder());
    QVERIFY(other.isReady());
    other.kill();
    QVERIFY(isRunning());
    owner.stop();
    QVERIFY(!isRunning());
}

void TestClusterSharing::everything_works_as_an_ordinary_user()
{
    test::runAgainAsNobody();
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--use"_s)
        return useUntilTold(arguments.value(2));
    TestClusterSharing test;
    return QTest::qExec(&test, arguments);
}

#include "tst_cluster_sharing.moc"
