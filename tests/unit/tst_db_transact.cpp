// SPDX-License-Identifier: GPL-3.0-or-later
// What transact() promises: commit or nothing, events only after the commit and in order, one
// retry.
#include "server/infrastructure/database/database.h"
#include "tests/support/pg_cluster.h"

#include <QTest>

#include <thread>

using namespace guildhall;
using namespace Qt::StringLiterals;
using db::DbFault;
using db::Query;

namespace {

constexpr std::string_view n[] = {":n"};

constexpr Query insertNumber{"test.insert_number", "INSERT INTO numbers (n) VALUES ($1)", n};
constexpr Query insertNote{"test.insert_note", "INSERT INTO notes (n) VALUES ($1)", n};
constexpr Query lockNumber{"test.lock_number", "UPDATE numbers SET n = n WHERE n = $1", n};
constexpr Query countNumbers{"test.count_numbers", "SELECT count(*) FROM numbers", {}, true};
constexpr Query listNotes{"test.list_notes", "SELECT n FROM notes ORDER BY n", {}, true};
constexpr Query clear{"test.clear", "TRUNCATE numbers, notes"};
constexpr Query serializable{"test.serializable", "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"};
constexpr Query terminateSelf{"test.terminate_self",
                              "SELECT pg_terminate_backend(pg_backend_pid())"};

template <int kind>
struct Noted {
    static constexpr const char *eventName = nullptr;
    Intent intent() const { return Intent::Guilds; }
    Audience audience() const { return Audience::nobody(); }
    QByteArray payload(PayloadVariant) const { return {}; }
    int n;
};
using Stored = Noted<0>; // its listener writes a note in the same transaction
using Echoed = Noted<1>; // what that listener publishes in turn

Result<int> asResult(int value)
{
    return value;
}

} // namespace

class TestDbTransact : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanupTestCase();
    void a_value_commits();
    void a_refusal_rolls_back();
    void an_exception_rolls_back();
    void events_leave_after_the_commit_in_order();
    void nothing_is_published_after_a_roll_back();
    void listeners_in_the_transaction_share_its_fate();
    void a_batch_reaches_listeners_as_one_list();
    void after_commit_runs_last_and_may_fail();
    void an_attempt_undoes_itself_only();
    void a_refused_attempt_undoes_its_events();
    void committing_after_a_failure_is_a_fault();
    void transactions_do_not_nest();
    void a_serialization_failure_is_retried_once();
    void a_second_serialization_failure_is_a_fault();
    void a_deadlock_is_retried();
    void a_connection_lost_before_commit_is_retried();
    void a_connection_lost_in_commit_is_an_unknown_outcome();
    void a_snapshot_does_not_move();
    void a_snapshot_does_not_write();
    void every_thread_has_its_own_connection();
    void ping_says_whether_it_answers();

private:
    qint64 numbers() { return m_database->session().one<qint64>(countNumbers); }
    static void insert(db::Tx &tx, int number) { tx.exec(insertNumber, db::bind(":n", number)); }
    /// A transaction of its own, in a thread of its own.
    void elsewhere(const std::function<void(db::Tx &)> &work);

    std::unique_ptr<test::TestDatabase> m_clone;
    EventBus m_bus;
    std::unique_ptr<db::Database> m_database;
    std::vector<std::string> m_log;
};

void TestDbTransact::initTestCase()
{
    m_clone = std::make_unique<test::TestDatabase>(test::TestDatabase::Content::Empty);
    m_database = std::make_unique<db::Database>(m_clone->parameters(), m_bus);
    m_database->session().runPlain(
        Query{"test.schema",
              "CREATE TABLE numbers (n int CONSTRAINT numbers_n_key UNIQUE);"
              "CREATE TABLE notes (n int);"
              "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS"
              " $$BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END$$;"
              "CREATE TABLE deadly (n int);"
              "CREATE CONSTRAINT TRIGGER die AFTER INSERT ON deadly DEFERRABLE INITIALLY DEFERRED"
              " FOR EACH ROW EXECUTE FUNCTION die()"});
    m_bus.declare<Stored>();
    m_bus.declare<Echoed>();
    m_bus.inTransaction<Stored>([this](db::Tx &tx, std::span<const Stored *const> events) {
        m_log.push_back("listener got " + std::to_string(events.size()));
        for (const Stored *event : events) {
            tx.exec(insertNote, db::bind(":n", event->n));
            tx.publishOnCommit(Echoed{event->n});
        }
    });
    m_bus.atCommit<Stored>([this](const Stored &event) {
        m_log.push_back("stored " + std::to_string(event.n) + " of " + std::to_string(numbers()));
    });
    m_bus.atCommit<Echoed>(
        [this](const Echoed &event) { m_log.push_back("echoed " + std::to_string(event.n)); });
}

void TestDbTransact::init()
{
    m_database->session().exec(clear);
    m_log.clear();
}

void TestDbTransact::cleanupTestCase()
{
    m_database.reset();
    m_clone.reset();
}

void TestDbTransact::elsewhere(const std::function<void(db::Tx &)> &work)
{
    std::thread([&] {
        const auto done = m_database->transact([&](db::Tx &tx) {
            work(tx);
            return asResult(0);
        });
        QVERIFY(done);
        m_database->closeThreadSession();
    }).join();
}

void TestDbTransact::a_value_commits()
{
    const Result<int> result = m_database->transact([&](db::Tx &tx) {
        insert(tx, 1);
        return asResult(17);
    });
    QCOMPARE(result.value(), 17);
    QCOMPARE(numbers(), 1);
    QVERIFY(!m_database->session().isInTransaction());
}

void TestDbTransact::a_refusal_rolls_back()
{
    const Result<void> result = m_database->transact([&](db::Tx &tx) -> Result<void> {
        insert(tx, 1);
        return refuse(ErrorCode::UnknownGuild);
    });
    QVERIFY(!result);
    QVERIFY(result.error().code == ErrorCode::UnknownGuild);
    QCOMPARE(numbers(), 0);
}

void TestDbTransact::an_exception_rolls_back()
{
    const auto failing = [&](db::Tx &tx) -> Result<int> {
        insert(tx, 1);
        throw Fault("of some kind");
    };
    QVERIFY_EXCEPTION_THROWN(m_database->transact(failing), Fault);
    QCOMPARE(numbers(), 0);
    QVERIFY(!m_database->session().isInTransaction());
}

void TestDbTransact::events_leave_after_the_commit_in_order()
{
    QVERIFY(m_database->transact([&](db::Tx &tx) {
        for (const int number : {1, 2}) {
            insert(tx, number);
            tx.publishOnCommit(Stored{number});
        }
        m_log.push_back("done");
        return asResult(0);
    }));
    // "of 2": when the first event arrives, both rows are committed.
    QCOMPARE(m_log,
             (std::vector<std::string>{"listener got 1", "listener got 1", "done", "stored 1 of 2",
                                       "echoed 1", "stored 2 of 2", "echoed 2"}));
}

void TestDbTransact::nothing_is_published_after_a_roll_back()
{
    QVERIFY(!m_database->transact([&](db::Tx &tx) -> Result<int> {
        tx.publishOnCommit(Stored{1});
        tx.afterCommit([&] { m_log.push_back("after"); });
        return refuse(ErrorCode::UnknownGuild);
    }));
    QCOMPARE(m_log, std::vector<std::string>{"listener got 1"});
}

void TestDbTransact::listeners_in_the_transaction_share_its_fate()
{
    QVERIFY(!m_database->transact([&](db::Tx &tx) -> Result<int> {
        tx.publishOnCommit(Stored{1});
        return refuse(ErrorCode::UnknownGuild);
    }));
    QVERIFY(m_database->session().list<int>(listNotes).empty());
    QVERIFY(m_database->transact([&](db::Tx &tx) {
        tx.publishOnCommit(Stored{2});
        return asResult(0);
    }));
    QCOMPARE(m_database->session().list<int>(listNotes), std::vector{2});
}

void TestDbTransact::a_batch_reaches_listeners_as_one_list()
{
    QVERIFY(m_database->transact([&](db::Tx &tx) {
        tx.publishAllOnCommit({AnyEvent::of(Stored{1}), AnyEvent::of(Stored{2})});
        tx.publishAllOnCommit({});
        return asResult(0);
    }));
    QCOMPARE(m_log,
             (std::vector<std::string>{"listener got 2", "stored 1 of 0", "stored 2 of 0",
                                       "echoed 1", "echoed 2"}));
    QCOMPARE(m_database->session().list<int>(listNotes), (std::vector{1, 2}));
}

void TestDbTransact::after_commit_runs_last_and_may_fail()
{
    const Result<int> result = m_database->transact([&](db::Tx &tx) {
        insert(tx, 1);
        tx.afterCommit([] { throw Fault("too late to matter"); });
        tx.afterCommit([&] { m_log.push_back("after " + std::to_string(numbers())); });
        tx.publishOnCommit(Echoed{1});
        return asResult(5);
    });
    QCOMPARE(result.value(), 5);
    QCOMPARE(m_log, (std::vector<std::string>{"echoed 1", "after 1"}));
}

void TestDbTransact::an_attempt_undoes_itself_only()
{
    QVERIFY(m_database->transact([&](db::Tx &tx) {
        insert(tx, 1);
        try {
            tx.attempt([&] {
                insert(tx, 2);
                insert(tx, 1);
            });
        } catch (const DbFault &fault) {
            if (!fault.isUniqueViolation("numbers_n_key"))
                throw;
            m_log.push_back("taken");
        }
        insert(tx, 3);
        const int value = tx.attempt([&] {
            insert(tx, 4);
            return 4;
        });
        return asResult(value);
    }));
    QCOMPARE(m_log, std::vector<std::string>{"taken"});
    QCOMPARE(numbers(), 3);
}

void TestDbTransact::a_refused_attempt_undoes_its_events()
{
    QVERIFY(m_database->transact([&](db::Tx &tx) {
        const Result<int> inner = tx.attempt([&]() -> Result<int> {
            insert(tx, 1);
            tx.publishOnCommit(Echoed{1});
            tx.afterCommit([&] { m_log.push_back("after"); });
            return refuse(ErrorCode::UnknownRole);
        });
        tx.publishOnCommit(Echoed{inner ? 1 : 2});
        return asResult(0);
    }));
    QCOMPARE(m_log, std::vector<std::string>{"echoed 2"});
    QCOMPARE(numbers(), 0);
}

void TestDbTransact::committing_after_a_failure_is_a_fault()
{
    const auto careless = [&](db::Tx &tx) {
        insert(tx, 1);
        try {
            insert(tx, 1);
        } catch (const DbFault &) {
            // forgot that the transaction is broken
        }
        return asResult(0);
    };
    QVERIFY_EXCEPTION_THROWN(m_database->transact(careless), DbFault);
    QCOMPARE(numbers(), 0);
    QVERIFY(!m_database->session().isInTransaction());
}

void TestDbTransact::transactions_do_not_nest()
{
    QVERIFY_EXCEPTION_THROWN(m_database->transact([&](db::Tx &tx) {
        insert(tx, 1);
        return m_database->transact([&](db::Tx &) { return asResult(0); });
    }),
                             DbFault);
    QCOMPARE(numbers(), 0);
    QVERIFY(!m_database->session().isInTransaction());
}

void TestDbTransact::a_serialization_failure_is_retried_once()
{
    int runs = 0;
    QVERIFY(m_database->transact([&](db::Tx &tx) {
        tx.exec(serializable);
        const auto before = tx.one<qint64>(countNumbers);
        if (++runs == 1) {
            elsewhere([](db::Tx &other) {
                other.exec(serializable);
                insert(other, int(other.one<qint64>(countNumbers)));
            });
        }
        insert(tx, int(before) + 10);
        tx.publishOnCommit(Echoed{runs});
        return asResult(0);
    }));
    QCOMPARE(runs, 2);
    QCOMPARE(numbers(), 2);
    // What the first run wanted to publish is gone with it.
    QCOMPARE(m_log, std::vector<std::string>{"echoed 2"});
}

void TestDbTransact::a_second_serialization_failure_is_a_fault()
{
    int runs = 0;
    try {
        (void)m_database->transact([&](db::Tx &tx) {
            tx.exec(serializable);
            const auto before = tx.one<qint64>(countNumbers);
            ++runs;
            elsewhere([](db::Tx &other) {
                other.exec(serializable);
                insert(other, int(other.one<qint64>(countNumbers)));
            });
            insert(tx, int(before) + 10);
            return asResult(0);
        });
        QFAIL("both runs met a conflicting transaction");
    } catch (const DbFault &fault) {
        QCOMPARE(fault.sqlState(), "40001");
        QVERIFY(fault.isUnavailable());
    }
    QCOMPARE(runs, 2);
}

void TestDbTransact::a_deadlock_is_retried()
{
    QVERIFY(m_database->transact([](db::Tx &tx) {
        insert(tx, 1);
        insert(tx, 2);
        return asResult(0);
    }));
    // Each transaction holds one row and wants the other's: PostgreSQL ends one of them.
    std::atomic<int> holding{0};
    std::atomic<int> runs{0};
    const auto crossing = [&](int first, int second) {
        const auto result = m_database->transact([&](db::Tx &tx) {
            ++runs;
            tx.exec(lockNumber, db::bind(":n", first));
            ++holding;
            while (holding < 2)
                std::this_thread::yield();
            tx.exec(lockNumber, db::bind(":n", second));
            return asResult(0);
        });
        QVERIFY(result);
        m_database->closeThreadSession();
    };
    std::thread one([&] { crossing(1, 2); });
    std::thread two([&] { crossing(2, 1); });
    one.join();
    two.join();
    QCOMPARE(runs, 3);
}

void TestDbTransact::a_connection_lost_before_commit_is_retried()
{
    QVERIFY(m_database->ping());
    int runs = 0;
    const Result<int> result = m_database->transact([&](db::Tx &tx) {
        insert(tx, 1);
        if (++runs == 1)
            tx.exec(terminateSelf);
        insert(tx, 2);
        return asResult(runs);
    });
    QCOMPARE(result.value(), 2);
    QCOMPARE(numbers(), 2);
}

void TestDbTransact::a_connection_lost_in_commit_is_an_unknown_outcome()
{
    const Query insertDeadly{"test.insert_deadly", "INSERT INTO deadly VALUES (1)"};
    int runs = 0;
    try {
        (void)m_database->transact([&](db::Tx &tx) {
            ++runs;
            tx.exec(insertDeadly); // its deferred trigger ends the connection during COMMIT
            tx.publishOnCommit(Echoed{1});
            return asResult(0);
        });
        QFAIL("the connection was lost");
    } catch (const DbFault &fault) {
        QVERIFY(fault.kind() == DbFault::Kind::OutcomeUnknown);
        QVERIFY(fault.isUnavailable());
        QVERIFY(!fault.isWorthRetrying());
    }
    QCOMPARE(runs, 1);
    QVERIFY(m_log.empty());
    QVERIFY(m_database->ping());
    QVERIFY(!m_database->session().isInTransaction());
}

void TestDbTransact::a_snapshot_does_not_move()
{
    const auto [before, after] = m_database->snapshot([&](db::Executor &db) {
        const auto first = db.one<qint64>(countNumbers);
        elsewhere([](db::Tx &tx) { insert(tx, 1); });
        return std::pair(first, db.one<qint64>(countNumbers));
    });
    QCOMPARE(before, 0);
    QCOMPARE(after, 0);
    QCOMPARE(numbers(), 1);
}

void TestDbTransact::a_snapshot_does_not_write()
{
    const auto writing = [](db::Executor &db) {
        return db.exec(insertNumber, db::bind(":n", 1));
    };
    QVERIFY_EXCEPTION_THROWN(m_database->snapshot(writing), DbFault);
    QCOMPARE(numbers(), 0);
}

void TestDbTransact::every_thread_has_its_own_connection()
{
    const Query backend{"test.backend", "SELECT pg_backend_pid()", {}, true};
    const int here = m_database->session().one<int>(backend);
    int there = here;
    std::thread([&] { there = m_database->session().one<int>(backend); }).join();
    QVERIFY(there != here);
    QCOMPARE(m_database->session().one<int>(backend), here);
    m_database->closeThreadSession();
    QVERIFY(m_database->session().one<int>(backend) != here);
}

void TestDbTransact::ping_says_whether_it_answers()
{
    QVERIFY(m_database->ping());
    auto nowhere = m_clone->parameters();
    nowhere.host = u"/nonexistent"_s;
    db::Database gone(nowhere, m_bus);
    QVERIFY(!gone.ping());
}

QTEST_GUILESS_MAIN(TestDbTransact)
#include "tst_db_transact.moc"
