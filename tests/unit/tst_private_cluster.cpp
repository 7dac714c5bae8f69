// SPDX-License-Identifier: GPL-3.0-or-later
// The embedded PostgreSQL: made, found again, and never somebody else's.
#include "tests/unit/cluster_place.h"

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;
using db::PrivateCluster;
using db::Query;

namespace {

constexpr std::string_view name[] = {":name"};
constexpr Query setting{"test.setting", "SELECT current_setting($1)", name, true};
constexpr Query collation{"test.collation",
                          "SELECT datcollate FROM pg_database WHERE datname = current_database()",
                          {},
                          true};

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY2(file.open(QIODevice::WriteOnly | QIODevice::Truncate), qPrintable(path));
    QCOMPARE(file.write(content), content.size());
}

} // namespace

class TestPrivateCluster : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_initialised.reset(); }
    void init() { m_place = std::make_unique<ClusterPlace>(); }
    void cleanup() { m_place.reset(); }
    void the_first_start_makes_a_utf8_database_behind_a_private_socket();
    void what_was_stored_is_there_after_a_restart();
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
    std::unique_ptr<ClusterPlace> m_place;
    std::unique_ptr<ClusterPlace> m_initialised;
};

void TestPrivateCluster::initTestCase()
{
    m_initialised = std::make_unique<ClusterPlace>();
    PrivateCluster(m_initialised->folder(), quick).start();
}

void TestPrivateCluster::the_first_start_makes_a_utf8_database_behind_a_private_socket()
{
    PrivateCluster cluster(m_place->folder());
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
    m_place->copy(*m_initialised);
    {
        PrivateCluster cluster(m_place->folder());
        db::Session session(cluster.start());
        session.runPlain(createKept);
        session.exec(insertKept);
        session.close();
        cluster.stop();
        QVERIFY(!cluster.isOwner());
        QVERIFY(!QFile::exists(m_place->folder() + u"/data/postmaster.pid"_s));
        cluster.start(); // one object may go round again
    }
    QVERIFY(!QFile::exists(m_place->folder() + u"/data/postmaster.pid"_s));
    PrivateCluster again(m_place->folder());
    QCOMPARE(db::Session(again.start()).one<qint64>(countKept), 1);
}

void TestPrivateCluster::the_second_process_uses_it_and_does_not_stop_it()
{
    m_place->copy(*m_initialised);
    PrivateCluster daemon(m_place->folder(), quick);
    daemon.start();
    const pid_t pid = m_place->postmaster();
    {
        PrivateCluster command(m_place->folder(), quick);
        db::Session session(command.start());
        QVERIFY(!command.isOwner());
        session.runPlain(createKept);
        QVERIFY(!command.restartIfDead());
    }
    QCOMPARE(m_place->postmaster(), pid);
    QCOMPARE(db::Session(daemon.start()).one<qint64>(countKept), 0);
}

void TestPrivateCluster::a_foreign_folder_is_left_alone()
{
    QVERIFY(QDir().mkpath(m_place->folder() + u"/data"_s));
    write(m_place->folder() + u"/data/PG_VERSION"_s, "15\n");
    const QByteArray sentence
        = sentenceOf([&] { PrivateCluster cluster(m_place->folder(), quick); });
    QVERIFY2(sentence.contains("is not empty and was not made by guildhalld"),
             sentence.constData());
    QCOMPARE(QDir(m_place->folder()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
             QStringList{u"data"_s});
    QCOMPARE(
        QDir(m_place->folder() + u"/data"_s).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
        QStringList{u"PG_VERSION"_s});
}

void TestPrivateCluster::a_symbolic_link_is_refused()
{
    QVERIFY(QDir().mkpath(m_place->path(u"data"_s)));
    QVERIFY(QDir().mkpath(m_place->path(u"elsewhere"_s)));
    QVERIFY(QFile::link(m_place->path(u"elsewhere"_s), m_place->folder()));
    const QByteArray sentence
        = sentenceOf([&] { PrivateCluster cluster(m_place->folder(), quick); });
    QVERIFY2(sentence.contains("is a symbolic link"), sentence.constData());
    QVERIFY(QDir(m_place->path(u"elsewhere"_s)).isEmpty());
}

void TestPrivateCluster::a_cluster_of_another_version_is_refused()
{
    m_place->copy(*m_initialised);
    write(m_place->folder() + u"/data/PG_VERSION"_s, "9\n");
    const QByteArray sentence
        = sentenceOf([&] { PrivateCluster(m_place->folder(), quick).start(); });
    QCOMPARE(sentence, "the data folder was made by PostgreSQL 9, whose server is not installed");
}

void TestPrivateCluster::an_interrupted_initdb_is_begun_anew()
{
    {
        const db::ClusterFolder claimed(m_place->folder()); // leaves the marker
        QVERIFY(QFile::exists(m_place->folder() + u"/GUILDHALL"_s));
    }
    QVERIFY(QDir().mkpath(m_place->folder() + u"/data.new/base"_s));
    write(m_place->folder() + u"/data.new/PG_VERSION"_s, "15\n");
    for (const auto &path : {u"/data.new"_s, u"/data.new/base"_s, u"/data.new/PG_VERSION"_s})
        db::ProcessUser::forCluster(m_place->folder() + u"/none"_s).own(m_place->folder() + path);
    PrivateCluster cluster(m_place->folder(), quick);
    QVERIFY(!db::Session(cluster.start()).one<QString>(collation).isEmpty());
    QVERIFY(!QFile::exists(m_place->folder() + u"/data.new"_s));
}

void TestPrivateCluster::a_stale_pid_file_names_nobody()
{
    m_place->copy(*m_initialised);
    // As after the restart of a container: the number belongs to another process by now.
    QProcess innocent;
    innocent.start(u"/bin/sleep"_s, {u"60"_s});
    QVERIFY(innocent.waitForStarted());
    write(m_place->folder() + u"/data/postmaster.pid"_s,
          QByteArray::number(innocent.processId()) + '\n' + QFile::encodeName(m_place->folder())
              + "/data\n1700000000\n5432\n/tmp\n\n  12345 12345\nready   \n");
    {
        PrivateCluster cluster(m_place->folder(), quick);
        QVERIFY(!db::Session(cluster.start()).one<QString>(collation).isEmpty());
        QVERIFY(m_place->postmaster() != innocent.processId());
    }
    QCOMPARE(innocent.state(), QProcess::Running);
    innocent.kill();
    innocent.waitForFinished();
}

void TestPrivateCluster::a_path_too_long_for_a_socket_works()
{
    const QString deep = m_place->path(QString(120, u'x') + u"/postgres"_s);
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
    m_place->copy(*m_initialised);
    QVERIFY(QFile::remove(m_place->folder() + u"/data/global/pg_control"_s));
    PrivateCluster cluster(m_place->folder(), quick);
    const QByteArray sentence = sentenceOf([&] { cluster.start(); });
    QVERIFY2(sentence.startsWith("PostgreSQL does not start; its log ends: "),
             sentence.constData());
    QVERIFY2(sentence.contains("pg_control"), sentence.constData());
}

void TestPrivateCluster::everything_works_as_an_ordinary_user()
{
    test::runAgainAsNobody();
}

QTEST_GUILESS_MAIN(TestPrivateCluster)
#include "tst_private_cluster.moc"
