// SPDX-License-Identifier: GPL-3.0-or-later
// Every metric of a whole daemon is fed by what happens to it.
#include "server/infrastructure/runtime/epoll_dispatcher.h"
#include "tests/gateway/raw_client.h"
#include "tests/modules/app/daemon_world.h"
#include "tests/support/scrape.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <memory>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

namespace {

const QString sources = QStringLiteral(GUILDHALL_SOURCE_DIR);

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::set<QByteArray> namesIn(const QByteArray &text, const QRegularExpression &pattern)
{
    std::set<QByteArray> names;
    for (auto found = pattern.globalMatch(QString::fromUtf8(text)); found.hasNext();)
        names.insert(found.next().captured(1).toLatin1());
    return names;
}

/// As they are registered.
std::set<QByteArray> registeredFamilies()
{
    static const QRegularExpression literal(u"\"(guildhall_[a-z_]+)\""_s);
    const QDir folder(sources + u"/server/infrastructure/metrics"_s);
    std::set<QByteArray> names;
    for (const QString &file : folder.entryList({u"*.cpp"_s}))
        names.merge(namesIn(contentOf(folder.filePath(file)), literal));
    return names;
}

const QByteArray hello = R"({"content":"hello"})";

} // namespace

class TestDaemonMetrics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void requests_are_counted_by_route_and_status();
    void the_door_is_counted();
    void refused_tokens_are_counted();
    void every_answer_429_is_counted_once();
    void statements_and_jobs_are_timed();
    void batches_of_messages_are_counted();
    void sessions_and_what_they_hear_are_counted();
    void lost_connections_are_counted();
    void the_loops_are_measured();
    void every_registered_family_has_a_value();
    void the_manual_lists_every_family();

private:
    Scrape scrape() const { return Scrape(m_world->monitor("/metrics").body); }
    double value(const QByteArray &series) const { return scrape().value(series); }
    double sum(const QByteArray &beginning) const { return scrape().sum(beginning); }

    std::unique_ptr<DaemonWorld> m_world;
    std::unique_ptr<DaemonGuild> m_guild;
};

void TestDaemonMetrics::initTestCase()
{
    m_world = std::make_unique<DaemonWorld>();
    m_world->start();
    m_guild = std::make_unique<DaemonGuild>(*m_world);
}

void TestDaemonMetrics::cleanupTestCase()
{
    m_guild.reset();
    m_world.reset();
}

void TestDaemonMetrics::requests_are_counted_by_route_and_status()
{
    const QByteArray series
        = R"(guildhall_http_requests_total{method="GET",route="/users/{user}",status="404"})";
    const QByteArray timed
        = R"(guildhall_http_request_seconds_count{method="GET",route="/users/{user}"})";
    QCOMPARE(value(timed), 0.0);
    QCOMPARE(m_world->call("GET", "/users/1", m_guild->ann.token).status, 404);
    QCOMPARE(value(series), 1.0);
    QCOMPARE(value(timed), 1.0);
}

void TestDaemonMetrics::the_door_is_counted()
{
    QTRY_COMPARE(value("guildhall_door_connections"), 0.0);
    RawClient client(m_world->port());
    QTRY_COMPARE(value("guildhall_door_connections"), 1.0);
    const QByteArray malformed = R"(guildhall_door_refused_total{reason="malformed"})";
    QCOMPARE(value(malformed), 0.0);
    client.send("nonsense\r\n\r\n");
    QCOMPARE(client.answer().status, 400);
    QCOMPARE(value(malformed), 1.0);
}

void TestDaemonMetrics::refused_tokens_are_counted()
{
    const double before = sum("guildhall_tokens_refused_total{");
    QCOMPARE(m_world->call("GET", "/users/@me", u"nonsense"_s).status, 401);
    QCOMPARE(sum("guildhall_tokens_refused_total{"), before + 1);
}

// Some are of the limit on a bucket, some of the tries that a name has.
void TestDaemonMetrics::every_answer_429_is_counted_once()
{
    constexpr int bucket = 120;
    int refused = 0;
    for (int i = 0; i < bucket + 5; ++i) {
        const RestAnswer answer = m_world->call(
            "POST", "/auth/login", {}, R"({"login":"nobody","password":"a long password"})");
        refused += answer.status == 429 ? 1 : 0;
    }
    QVERIFY(refused > 5);
    QCOMPARE(value(R"(guildhall_rate_limited_total{bucket="auth.login"})"), double(refused));
}

void TestDaemonMetrics::statements_and_jobs_are_timed()
{
    const Scrape before = scrape();
    QCOMPARE(m_world->call("GET", m_guild->messages, m_guild->ann.token).status, 200);
    const Scrape after = scrape();
    const QByteArray statements = "guildhall_query_seconds_count{query=\"message.";
    QVERIFY(after.sum(statements) > before.sum(statements));
    for (const char *name :
         {"guildhall_pool_wait_seconds_count", "guildhall_pool_run_seconds_count"}) {
        const QByteArray series = QByteArray(name) + R"({pool="api"})";
        // A job is timed when it ends, which may be a moment after its answer.
        QTRY_VERIFY2(value(series) > before.value(series), name);
    }
    QTRY_COMPARE(value(R"(guildhall_pool_queue_length{pool="api"})"), 0.0);
    QTRY_COMPARE(value(R"(guildhall_pool_busy_threads{pool="api"})"), 0.0);
    QVERIFY(value(R"(guildhall_pool_run_seconds_count{pool="heavy"})") > 0);
}

void TestDaemonMetrics::batches_of_messages_are_counted()
{
    const Scrape before = scrape();
    for (int i = 0; i < 3; ++i)
        QCOMPARE(m_world->call("POST", m_guild->messages, m_guild->ann.token, hello).status, 200);
    const Scrape after = scrape();
    const auto grown = [&](const char *series) {
        return after.value(series) - before.value(series);
    };
    QCOMPARE(grown("guildhall_lane_batch_size_sum"), 3.0);
    QCOMPARE(grown("guildhall_lane_batch_size_count"), 3.0);
    QCOMPARE(grown("guildhall_lane_batch_seconds_count"), 3.0);
}

void TestDaemonMetrics::sessions_and_what_they_hear_are_counted()
{
    QCOMPARE(value("guildhall_gateway_sessions"), 0.0);
    const auto client = m_world->gateway();
    QVERIFY(!client->identify(m_guild->ann.token).isEmpty());
    QCOMPARE(value("guildhall_gateway_sessions"), 1.0);
    m_world->call("POST", m_guild->messages, m_guild->bob.token, hello);
    QVERIFY(!client->nextDispatch(u"MESSAGE_CREATE"_s).isEmpty());
    QVERIFY(client->sync());
    QTRY_COMPARE(value("guildhall_gateway_events_total"), double(client->names().size()));
    QVERIFY(value("guildhall_gateway_sent_bytes_total") > 100);
    client->sendText(u"nonsense"_s);
    QCOMPARE(client->closeCode(), 4002);
    QCOMPARE(value(R"(guildhall_gateway_closed_total{code="4002"})"), 1.0);
    QTRY_COMPARE(value("guildhall_gateway_sessions"), 0.0);
    QCOMPARE(sum("guildhall_gateway_dropped_total{"), 0.0);
}

void TestDaemonMetrics::lost_connections_are_counted()
{
    const double faults = sum("guildhall_database_faults_total{");
    const double reconnects = value("guildhall_database_reconnects_total");
    m_world->proxy().setAway(true);
    QCOMPARE(m_world->call("GET", m_guild->messages, m_guild->ann.token).status, 503);
    QVERIFY(sum("guildhall_database_faults_total{") > faults);
    m_world->proxy().setAway(false);
    QTRY_COMPARE(m_world->call("GET", m_guild->messages, m_guild->ann.token).status, 200);
    QVERIFY(value("guildhall_database_reconnects_total") > reconnects);
}

void TestDaemonMetrics::the_loops_are_measured()
{
    QTest::qWait(1); // a turn of ours
    const auto turns = [this](const QByteArray &thread) {
        return value("guildhall_loop_turn_seconds_count{thread=\"" + thread + "\"}");
    };
    for (const char *thread : {"main", "http", "health", "shard-0"})
        QTRY_VERIFY2(turns(thread) > 0, thread);
    QVERIFY(turns("shard-1") >= 0); // nobody has come there yet
}

/// After all that happened above.
void TestDaemonMetrics::every_registered_family_has_a_value()
{
    const std::set<QByteArray> registered = registeredFamilies();
    QVERIFY(registered.size() > 20);
    std::set<QByteArray> shown = scrape().families();
    for (const QByteArray &name : registered)
        QVERIFY2(shown.erase(name) == 1, name.constData());
    for (const QByteArray &name : shown)
        QVERIFY2(name.startsWith("process_"), name.constData());
}

void TestDaemonMetrics::the_manual_lists_every_family()
{
    static const QRegularExpression mention(u"`(guildhall_[a-z_]+)`"_s);
    const std::set<QByteArray> listed
        = namesIn(contentOf(sources + u"/resources/docs/operations.md"_s), mention);
    QCOMPARE(listed, registeredFamilies());
}

int main(int argc, char **argv)
{
    // As the daemon's own main() does.
    QCoreApplication::setEventDispatcher(new EpollDispatcher);
    QCoreApplication application(argc, argv);
    TestDaemonMetrics test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_daemon_metrics.moc"
