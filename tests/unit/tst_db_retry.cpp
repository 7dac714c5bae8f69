// SPDX-License-Identifier: GPL-3.0-or-later
// What transact() runs a second time, and what it must not.
#include "tests/unit/transact_world.h"

using namespace guildhall;
using namespace Qt::StringLiterals;
using db::DbFault;
using db::Query;
using test::TransactWorld;

namespace {

constexpr Query lockNumber{"test.lock_number", "UPDATE numbers SET n = n WHERE n = $1",
                           TransactWorld::n};
constexpr Query serializable{"test.serializable", "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"};
constexpr Query terminateSelf{"test.terminate_self",
                              "SELECT pg_terminate_backend(pg_backend_pid())"};
constexpr Query deadlySchema{
    "test.deadly_schema",
    "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS"
    " $$BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END$$;"
    "CREATE TABLE deadly (n int);"
    "CREATE CONSTRAINT TRIGGER die AFTER INSERT ON deadly DEFERRABLE INITIALLY DEFERRED"
    " FOR EACH ROW EXECUTE FUNCTION die()"};

} // namespace

class TestDbRetry : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_world = std::make_unique<TransactWorld>();
        m_world->database.session().runPlain(deadlySchema);
    }
    void init() { m_world->clear(); }
    void cleanupTestCase() { m_world.reset(); }
    void a_serialization_failure_is_retried_once();
    void a_second_serialization_failure_is_a_fault();
    void a_deadlock_is_retried();
    void a_connection_lost_before_commit_is_retried();
    void a_connection_lost_in_commit_is_an_unknown_outcome();

private:
    std::unique_ptr<TransactWorld> m_world;
};

void TestDbRetry::a_serialization_failure_is_retried_once()
{
    int runs = 0;
    QVERIFY(m_world->database.transact([&](db::Tx &tx) {
        tx.exec(serializable);
        const auto before = tx.one<qint64>(TransactWorld::countNumbers);
        if (++runs == 1) {
            m_world->elsewhere([](db::Tx &other) {
                other.exec(serializable);
                TransactWorld::insert(other, int(other.one<qint64>(TransactWorld::countNumbers)));
            });
        }
        TransactWorld::insert(tx, int(before) + 10);
        tx.publishOnCommit(TransactWorld::Echoed{runs});
        return Result<int>(0);
    }));
    QCOMPARE(runs, 2);
    QCOMPARE(m_world->numbers(), 2);
    // What the first run wanted to publish is gone with it.
    QCOMPARE(m_world->log, std::vector<std::string>{"echoed 2"});
}

void TestDbRetry::a_second_serialization_failure_is_a_fault()
{
    int runs = 0;
    try {
        (void)m_world->database.transact([&](db::Tx &tx) {
            tx.exec(serializable);
            const auto before = tx.one<qint64>(TransactWorld::countNumbers);
            ++runs;
            m_world->elsewhere([](db::Tx &other) {
                other.exec(serializable);
                TransactWorld::insert(other, int(other.one<qint64>(TransactWorld::countNumbers)));
            });
            TransactWorld::insert(tx, int(before) + 10);
            return Result<int>(0);
        });
        QFAIL("both runs met a conflicting transaction");
    } catch (const DbFault &fault) {
        QCOMPARE(fault.sqlState(), "40001");
        QVERIFY(fault.isUnavailable());
    }
    QCOMPARE(runs, 2);
}

void TestDbRetry::a_deadlock_is_retried()
{
    QVERIFY(m_world->database.transact([](db::Tx &tx) {
        TransactWorld::insert(tx, 1);
        TransactWorld::insert(tx, 2);
        return Result<int>(0);
    }));
    // Each transaction holds one row and wants the other's: PostgreSQL ends one of them.
    std::atomic<int> holding{0};
    std::atomic<int> runs{0};
    const auto crossing = [&](int first, int second) {
        const auto result = m_world->database.transact([&](db::Tx &tx) {
            ++runs;
            tx.exec(lockNumber, db::bind(":n", first));
            ++holding;
            while (holding < 2)
                std::this_thread::yield();
            tx.exec(lockNumber, db::bind(":n", second));
            return Result<int>(0);
        });
        QVERIFY(result);
        m_world->database.closeThreadSession();
    };
    std::thread one([&] { crossing(1, 2); });
    std::thread two([&] { crossing(2, 1); });
    one.join();
    two.join();
    QCOMPARE(runs, 3);
}

void TestDbRetry::a_connection_lost_before_commit_is_retried()
{
    QVERIFY(m_world->database.ping());
    int runs = 0;
    const Result<int> result = m_world->database.transact([&](db::Tx &tx) {
        TransactWorld::insert(tx, 1);
        if (++runs == 1)
            tx.exec(terminateSelf);
        TransactWorld::insert(tx, 2);
        return Result<int>(runs);
    });
    QCOMPARE(result.value(), 2);
    QCOMPARE(m_world->numbers(), 2);
}

void TestDbRetry::a_connection_lost_in_commit_is_an_unknown_outcome()
{
    const Query insertDeadly{"test.insert_deadly", "INSERT INTO deadly VALUES (1)"};
    int runs = 0;
    try {
        (void)m_world->database.transact([&](db::Tx &tx) {
            ++runs;
            tx.exec(insertDeadly); // its deferred trigger ends the connection during COMMIT
            tx.publishOnCommit(TransactWorld::Echoed{1});
            return Result<int>(0);
        });
        QFAIL("the connection was lost");
    } catch (const DbFault &fault) {
        QVERIFY(fault.kind() == DbFault::Kind::OutcomeUnknown);
        QVERIFY(fault.isUnavailable());
        QVERIFY(!fault.isWorthRetrying());
    }
    QCOMPARE(runs, 1);
    QVERIFY(m_world->log.empty());
    QVERIFY(m_world->database.ping());
    QVERIFY(!m_world->database.session().isInTransaction());
}

QTEST_GUILESS_MAIN(TestDbRetry)
#include "tst_db_retry.moc"
