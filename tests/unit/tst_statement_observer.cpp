// SPDX-License-Identifier: GPL-3.0-or-later
// What a session tells of its statements and its connection.
#include "server/infrastructure/database/database.h"
#include "server/infrastructure/database/statement_observer.h"
#include "server/infrastructure/events/event_bus.h"
#include "tests/support/pg_cluster.h"

#include <QTest>

#include <memory>
#include <string>
#include <vector>

using namespace guildhall;
using db::DbFault;
using db::Query;

namespace {

constexpr std::string_view x[] = {":x"};
constexpr Query echo{"test.echo", "SELECT $1::bigint", x, true};
constexpr Query backend{"test.backend", "SELECT pg_backend_pid()", {}, true};
constexpr Query terminate{"test.terminate", "SELECT pg_terminate_backend($1, 5000)", x};
constexpr Query nonsense{"test.nonsense", "SELECT nothing FROM nowhere"};

/// Remembers what it hears.
class Recorder : public db::StatementObserver {
public:
    void statementRan(const Query &query, std::chrono::nanoseconds took) override
    {
        QVERIFY(took.count() > 0);
        ran.emplace_back(query.name);
    }
    void statementFailed(const DbFault &fault) override
    {
        failed.push_back(fault.queryName() + ' ' + fault.sqlState());
    }
    void reconnected() override { ++reconnects; }

    std::vector<std::string> ran;
    std::vector<std::string> failed;
    int reconnects = 0;
};

template <typename Work>
bool isFault(Work work)
{
    try {
        work();
    } catch (const DbFault &) {
        return true;
    }
    return false;
}

} // namespace

class TestStatementObserver : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_home = std::make_unique<test::TestDatabase>(); }
    void cleanupTestCase() { m_home.reset(); }
    void every_statement_is_told_whether_it_fails_or_not();
    void a_failure_is_told_with_what_the_server_said();
    void a_read_that_is_run_again_has_failed_once();
    void a_transaction_that_finds_no_server_has_failed();
    void the_first_connection_is_no_reconnection();
    void a_database_hands_it_to_the_session_of_each_thread();

private:
    void kill(db::Session &victim);

    std::unique_ptr<test::TestDatabase> m_home;
};

void TestStatementObserver::kill(db::Session &victim)
{
    db::Session other(m_home->parameters());
    const int pid = victim.one<int>(backend);
    QVERIFY(other.one<bool>(terminate, db::bind(":x", pid)));
}

void TestStatementObserver::every_statement_is_told_whether_it_fails_or_not()
{
    Recorder recorder;
    db::Session session(m_home->parameters(), &recorder);
    session.one<qint64>(echo, db::bind(":x", 1));
    QVERIFY(isFault([&] { session.one<qint64>(echo, db::bind(":x", "no number")); }));
    session.runPlain(Query{"test.plain", "SELECT 1"});
    QCOMPARE(recorder.ran, (std::vector<std::string>{"test.echo", "test.echo", "test.plain"}));
}

void TestStatementObserver::a_failure_is_told_with_what_the_server_said()
{
    Recorder recorder;
    db::Session session(m_home->parameters(), &recorder);
    QVERIFY(isFault([&] { session.one<qint64>(echo, db::bind(":x", "no number")); }));
    QVERIFY(isFault([&] { session.exec(nonsense); }));
    QVERIFY(isFault([&] { session.runPlain(nonsense); }));
    QCOMPARE(recorder.failed,
             (std::vector<std::string>{"test.echo 22P02", "test.nonsense 42P01",
                                       "test.nonsense 42P01"}));
}

void TestStatementObserver::a_read_that_is_run_again_has_failed_once()
{
    Recorder recorder;
    db::Session session(m_home->parameters(), &recorder);
    kill(session);
    recorder.ran.clear();
    QCOMPARE(session.one<qint64>(echo, db::bind(":x", 1)), 1);
    QCOMPARE(recorder.ran, std::vector<std::string>{"test.echo"});
    QCOMPARE(recorder.failed.size(), size_t(1));
    QVERIFY(recorder.failed.front().starts_with("test.echo "));
    QCOMPARE(recorder.reconnects, 1);
}

void TestStatementObserver::a_transaction_that_finds_no_server_has_failed()
{
    Recorder recorder;
    EventBus bus;
    auto nowhere = m_home->parameters();
    nowhere.host = QStringLiteral("/nonexistent");
    db::Database database(nowhere, bus, &recorder);
    QVERIFY(isFault([&] { database.transact([](db::Tx &) { return Result<int>(1); }); }));
    QCOMPARE(recorder.failed.size(), size_t(1));
    QCOMPARE(recorder.reconnects, 0);
}

void TestStatementObserver::the_first_connection_is_no_reconnection()
{
    Recorder recorder;
    db::Session session(m_home->parameters(), &recorder);
    session.one<int>(backend);
    QCOMPARE(recorder.reconnects, 0);
    session.close();
    session.one<int>(backend);
    QCOMPARE(recorder.reconnects, 1);
}

void TestStatementObserver::a_database_hands_it_to_the_session_of_each_thread()
{
    Recorder recorder;
    EventBus bus;
    db::Database database(m_home->parameters(), bus, &recorder);
    database.session().one<int>(backend);
    std::thread([&] {
        database.session().one<int>(backend);
        database.closeThreadSession();
    }).join();
    QCOMPARE(recorder.ran, (std::vector<std::string>{"test.backend", "test.backend"}));
}

QTEST_GUILESS_MAIN(TestStatementObserver)
#include "tst_statement_observer.moc"
