// SPDX-License-Identifier: GPL-3.0-or-later
// The embedded PostgreSQL: made, found, brought back, and never somebody else's. Started by root
// the test runs itself once more as nobody, because a daemon may be either.
#include "server/infrastructure/database/private_cluster.h"
#include "server/infrastructure/database/session.h"
#include "server/infrastructure/fault.h"

#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <iostream>
#include <thread>

using namespace guildhall;
using namespace Qt::StringLiterals;
using db::PrivateCluster;
using db::Query;

namespace {

/// Most of what is tested here has nothing to do with the disk, which takes its time.
constexpr auto quick = PrivateCluster::Durability::None;

constexpr std::string_view name[] = {":name"};
constexpr Query setting{"test.setting", "SELECT current_setting($1)", name, true};
constexpr Query collation{"test.collation",
                          "SELECT datcollate FROM pg_database WHERE datname = current_database()",
                          {},
                          true};
constexpr Query createTable{"test.create", "CREATE TABLE kept (n int)"};
constexpr Query insert{"test.insert", "INSERT INTO kept VALUES (1)"};
constexpr Query countKept{"test.count", "SELECT count(*) FROM kept", {}, true};

QByteArray sentenceOf(const std::function<void()> &work)
{
    try {
        work();
    } catch (const Fault &fault) {
        return fault.what();
    }
    return "no fault";
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY2(file.open(QIODevice::WriteOnly | QIODevice::Truncate), qPrintable(path));
    QCOMPARE(file.write(content), content.size());
}

/// What a daemon does until somebody kills it.
int holdUntilKilled(const QString &folder)
{
    PrivateCluster cluster(folder, quick);
    db::Session session(cluster.start());
    session.runPlain(createTable);
    session.exec(insert);
    std::cout << "ready" << std::endl;
    for (;;)
        ::pause();
}

} // namespace

class TestPrivateCluster : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init();
    void cleanup();
    void the_first_start_makes_a_utf8_database_behind_a_private_socket();
    void what_was_stored_is_there_after_a_restart();
    void a_killed_server_comes_back();
    void a_killed_server_comes_back_although_a_backend_is_busy();
    void a_watched_server_comes_back_by_itself();
    void a_frozen_server_is_not_a_dead_one();
    void a_server_that_outlived_its_daemon_is_found();
    void the_second_process_uses_it_and_does_not_stop_it();
    void a_foreign_folder_is_left_alone();
    void a_symbolic_link_is_refused();
    void a_cluster_of_another_version_is_refused();
    void an_interrupted_initdb_is_begun_anew();
    void a_stale_pid_file_names_nobody();
    void a_path_too_long_for_a_socket_works();
    void a_start_that_fails_shows_the_end_of_the_log();
    void everything_works_as_an_ordinary_user();

private:
    QString folder() const { return m_folder->filePath(u"data/postgres"_s); }
    pid_t postmaster() const
    {
        return contentOf(folder() + u"/data/postmaster.pid"_s).split('\n').first().toInt();
    }

    /// Puts a cluster there that was initialised before: initdb is the slow part.
    void placeInitialised();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QTemporaryDir> m_initialised;
};

void TestPrivateCluster::initTestCase()
{
    m_initialised = std::make_unique<QTemporaryDir>(u"/tmp/guildhall-cluster-XXXXXX"_s);
    QCOMPARE(::chmod(QFile::encodeName(m_initialised->path()).constData(), 0711), 0);
    PrivateCluster(m_initialised->filePath(u"postgres"_s), quick).start();
}

void TestPrivateCluster::cleanupTestCase()
{
    m_initialised.reset();
}

void TestPrivateCluster::placeInitialised()
{
    QVERIFY(QDir().mkpath(m_folder->filePath(u"data"_s)));
    QCOMPARE(QProcess::execute(u"/bin/cp"_s,
                               {u"-a"_s, m_initialised->filePath(u"postgres"_s), folder()}),
             0);
}

void TestPrivateCluster::init()
{
    m_folder = std::make_unique<QTemporaryDir>(u"/tmp/guildhall-cluster-XXXXXX"_s);
    // The user whom a root daemon runs PostgreSQL as has to get in.
    QCOMPARE(::chmod(QFile::encodeName(m_folder->path()).constData(), 0711), 0);
}

void TestPrivateCluster::cleanup()
{
    if (QFile::exists(folder() + u"/data/postmaster.pid"_s)) { // after a failure only
        const db::ClusterFolder left(folder());
        db::Postmaster(left.user(), left.data()).stop();
    }
    m_folder.reset();
}

void TestPrivateCluster::the_first_start_makes_a_utf8_database_behind_a_private_socket()
{
    PrivateCluster cluster(folder());
    const db::ConnectionParameters parameters = cluster.start();
    QVERIFY(cluster.isOwner());
    QCOMPARE(parameters.database, u"guildhall"_s);
    db::Session session(parameters);
    const auto show = [&session](const char *what) {
        return session.one<QByteArray>(setting, db::bind(":name", what));
    };
    QCOMPARE(show("server_encoding"), "UTF8");
    QCOMPARE(session.one<QByteArray>(collation), "C.UTF-8");
    QCOMPARE(show("listen_addresses"), "");
    QCOMPARE(show("fsync"), "on");
    QCOMPARE(show("synchronous_commit"), "on");
    QCOMPARE(show("full_page_writes"), "on");
    struct stat status { };
    QCOMPARE(::stat(QFile::encodeName(parameters.host).constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777, 0700u);
    QVERIFY(::geteuid() != 0 || status.st_uid != 0);
}

void TestPrivateCluster::what_was_stored_is_there_after_a_restart()
{
    placeInitialised();
    {
        PrivateCluster cluster(folder());
        db::Session session(cluster.start());
        session.runPlain(createTable);
        session.exec(insert);
        session.close();
        cluster.stop();
        QVERIFY(!cluster.isOwner());
        QVERIFY(!QFile::exists(folder() + u"/data/postmaster.pid"_s));
        cluster.start(); // one object may go round again
    }
    QVERIFY(!QFile::exists(folder() + u"/data/postmaster.pid"_s));
    PrivateCluster again(folder());
    QCOMPARE(db::Session(again.start()).one<qint64>(countKept), 1);
}

void TestPrivateCluster::a_killed_server_comes_back()
{
    placeInitialised();
    PrivateCluster cluster(folder());
    db::Session session(cluster.start());
    session.runPlain(createTable);
    session.exec(insert);
    QVERIFY(!cluster.restartIfDead());
    const pid_t before = postmaster();
    QCOMPARE(::kill(before, SIGKILL), 0);
    bool restarted = false;
    QTRY_VERIFY(restarted = restarted || cluster.restartIfDead());
    QVERIFY(postmaster() != before);
    QVERIFY(!cluster.restartIfDead());
    // The session lost its connection; a read finds the new server by itself.
    QCOMPARE(session.one<qint64>(countKept), 1);
}

void TestPrivateCluster::a_killed_server_comes_back_although_a_backend_is_busy()
{
    placeInitialised();
    PrivateCluster cluster(folder());
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
    QCOMPARE(::kill(postmaster(), SIGKILL), 0);
    bool restarted = false;
    QTRY_VERIFY(restarted = restarted || cluster.restartIfDead());
    busy.join();
    QVERIFY(failed);
    db::Session session(parameters);
    QCOMPARE(session.one<qint64>(sleepers), 0);
}

void TestPrivateCluster::a_watched_server_comes_back_by_itself()
{
    placeInitialised();
    PrivateCluster cluster(folder());
    db::Session session(cluster.start());
    session.runPlain(createTable);
    cluster.watch();
    const pid_t before = postmaster();
    QCOMPARE(::kill(before, SIGKILL), 0);
    const auto answers = [&session] {
        try {
            return session.one<qint64>(countKept) == 0;
        } catch (const Fault &) {
            return false;
        }
    };
    QTRY_VERIFY_WITH_TIMEOUT(postmaster() != before && answers(), 20000);
}

void TestPrivateCluster::a_frozen_server_is_not_a_dead_one()
{
    placeInitialised();
    PrivateCluster cluster(folder(), quick);
    cluster.start();
    const pid_t pid = postmaster();
    QCOMPARE(::kill(pid, SIGSTOP), 0);
    const bool restarted = cluster.restartIfDead();
    QCOMPARE(::kill(pid, SIGCONT), 0);
    QVERIFY(!restarted);
    QCOMPARE(postmaster(), pid);
}

void TestPrivateCluster::a_server_that_outlived_its_daemon_is_found()
{
    placeInitialised();
    QProcess daemon;
    daemon.start(QCoreApplication::applicationFilePath(), {u"--hold"_s, folder()});
    QVERIFY(daemon.waitForReadyRead(60000));
    QCOMPARE(daemon.readAllStandardOutput(), "ready\n");
    daemon.kill();
    QVERIFY(daemon.waitForFinished());
    const pid_t pid = postmaster();
    QCOMPARE(::kill(pid, 0), 0);

    PrivateCluster cluster(folder(), quick);
    db::Session session(cluster.start());
    QVERIFY(cluster.isOwner());
    QCOMPARE(postmaster(), pid);
    QCOMPARE(session.one<qint64>(countKept), 1);
    cluster.stop();
    QVERIFY(!QFile::exists(folder() + u"/data/postmaster.pid"_s));
}

void TestPrivateCluster::the_second_process_uses_it_and_does_not_stop_it()
{
    placeInitialised();
    PrivateCluster daemon(folder(), quick);
    daemon.start();
    const pid_t pid = postmaster();
    {
        PrivateCluster command(folder(), quick);
        db::Session session(command.start());
        QVERIFY(!command.isOwner());
        session.runPlain(createTable);
        QVERIFY(!command.restartIfDead());
    }
    QCOMPARE(postmaster(), pid);
    QCOMPARE(db::Session(daemon.start()).one<qint64>(countKept), 0);
}

void TestPrivateCluster::a_foreign_folder_is_left_alone()
{
    QVERIFY(QDir().mkpath(folder() + u"/data"_s));
    write(folder() + u"/data/PG_VERSION"_s, "15\n");
    const QByteArray sentence = sentenceOf([&] { PrivateCluster cluster(folder(), quick); });
    QVERIFY2(sentence.contains("is not empty and was not made by guildhalld"),
             sentence.constData());
    QCOMPARE(QDir(folder()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
             QStringList{u"data"_s});
    QCOMPARE(QDir(folder() + u"/data"_s).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
             QStringList{u"PG_VERSION"_s});
}

void TestPrivateCluster::a_symbolic_link_is_refused()
{
    QVERIFY(QDir().mkpath(m_folder->filePath(u"data"_s)));
    QVERIFY(QDir().mkpath(m_folder->filePath(u"elsewhere"_s)));
    QVERIFY(QFile::link(m_folder->filePath(u"elsewhere"_s), folder()));
    const QByteArray sentence = sentenceOf([&] { PrivateCluster cluster(folder(), quick); });
    QVERIFY2(sentence.contains("is a symbolic link"), sentence.constData());
    QVERIFY(QDir(m_folder->filePath(u"elsewhere"_s)).isEmpty());
}

void TestPrivateCluster::a_cluster_of_another_version_is_refused()
{
    placeInitialised();
    write(folder() + u"/data/PG_VERSION"_s, "9\n");
    const QByteArray sentence = sentenceOf([&] { PrivateCluster(folder(), quick).start(); });
    QCOMPARE(sentence, "the data folder was made by PostgreSQL 9, whose server is not installed");
}

void TestPrivateCluster::an_interrupted_initdb_is_begun_anew()
{
    {
        const db::ClusterFolder claimed(folder()); // leaves the marker
        QVERIFY(QFile::exists(folder() + u"/GUILDHALL"_s));
    }
    QVERIFY(QDir().mkpath(folder() + u"/data.new/base"_s));
    write(folder() + u"/data.new/PG_VERSION"_s, "15\n");
    for (const auto &path : {u"/data.new"_s, u"/data.new/base"_s, u"/data.new/PG_VERSION"_s})
        db::ProcessUser::forCluster(folder() + u"/none"_s).own(folder() + path);
    PrivateCluster cluster(folder(), quick);
    QVERIFY(!db::Session(cluster.start()).one<QString>(collation).isEmpty());
    QVERIFY(!QFile::exists(folder() + u"/data.new"_s));
}

void TestPrivateCluster::a_stale_pid_file_names_nobody()
{
    placeInitialised();
    // As after the restart of a container: the number belongs to another process by now.
    QProcess innocent;
    innocent.start(u"/bin/sleep"_s, {u"60"_s});
    QVERIFY(innocent.waitForStarted());
    write(folder() + u"/data/postmaster.pid"_s,
          QByteArray::number(innocent.processId()) + '\n' + QFile::encodeName(folder())
              + "/data\n1700000000\n5432\n/tmp\n\n  12345 12345\nready   \n");
    {
        PrivateCluster cluster(folder(), quick);
        QVERIFY(!db::Session(cluster.start()).one<QString>(collation).isEmpty());
        QVERIFY(postmaster() != innocent.processId());
    }
    QCOMPARE(innocent.state(), QProcess::Running);
    innocent.kill();
    innocent.waitForFinished();
}

void TestPrivateCluster::a_path_too_long_for_a_socket_works()
{
    const QString deep = m_folder->filePath(QString(120, u'x') + u"/postgres"_s);
    QString socketFolder;
    for (int round = 0; round < 2; ++round) {
        PrivateCluster cluster(deep, quick);
        const db::ConnectionParameters parameters = cluster.start();
        QVERIFY(!parameters.host.contains(u"xxx"_s));
        QVERIFY(round == 0 || parameters.host == socketFolder); // every start finds the same one
        socketFolder = parameters.host;
        QVERIFY(!db::Session(parameters).one<QString>(collation).isEmpty());
    }
    struct stat status { };
    QCOMPARE(::stat(QFile::encodeName(socketFolder).constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777, 0700u);
    QVERIFY(QDir(socketFolder).removeRecursively());
}

void TestPrivateCluster::a_start_that_fails_shows_the_end_of_the_log()
{
    placeInitialised();
    QVERIFY(QFile::remove(folder() + u"/data/global/pg_control"_s));
    PrivateCluster cluster(folder(), quick);
    const QByteArray sentence = sentenceOf([&] { cluster.start(); });
    QVERIFY2(sentence.startsWith("PostgreSQL does not start; its log ends: "),
             sentence.constData());
    QVERIFY2(sentence.contains("pg_control"), sentence.constData());
}

void TestPrivateCluster::everything_works_as_an_ordinary_user()
{
    if (::geteuid() != 0)
        return; // it just did
    QProcess again;
    again.setProcessChannelMode(QProcess::MergedChannels);
    again.start(u"runuser"_s,
                {u"-u"_s, u"nobody"_s, u"--"_s, QCoreApplication::applicationFilePath()});
    QVERIFY(again.waitForFinished(300'000));
    const QByteArray output = again.readAll();
    QVERIFY2(again.exitStatus() == QProcess::NormalExit && again.exitCode() == 0,
             output.constData());
    QVERIFY2(output.contains(" 0 failed, 0 skipped"), output.constData());
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--hold"_s)
        return holdUntilKilled(arguments.value(2));
    TestPrivateCluster test;
    return QTest::qExec(&test, arguments);
}

#include "tst_private_cluster.moc"
