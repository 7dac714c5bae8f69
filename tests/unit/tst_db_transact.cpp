// SPDX-License-Identifier: GPL-3.0-or-later
// What transact() promises: commit or nothing, events only after the commit and in order.
#include "tests/unit/transact_world.h"

using namespace guildhall;
using namespace Qt::StringLiterals;
using db::DbFault;
using db::Query;
using test::TransactWorld;

class TestDbTransact : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_world = std::make_unique<TransactWorld>(); }
    void init() { m_world->clear(); }
    void cleanupTestCase() { m_world.reset(); }
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
    void a_first_statement_may_fail();
    void a_first_statement_that_cannot_be_parsed_leaves_nothing_open();
    void transactions_do_not_nest();
    void a_snapshot_does_not_move();
    void a_snapshot_does_not_write();
    void every_thread_has_its_own_connection();
    void ping_says_whether_it_answers();

private:
    std::unique_ptr<TransactWorld> m_world;
};

void TestDbTransact::a_value_commits()
{
    const Result<int> result = m_world->database.transact([&](db::Tx &tx) {
        TransactWorld::insert(tx, 1);
        return Result<int>(17);
    });
    QCOMPARE(result.value(), 17);
    QCOMPARE(m_world->numbers(), 1);
    QVERIFY(!m_world->database.session().isInTransaction());
}

void TestDbTransact::a_refusal_rolls_back()
{
    const Result<void> result = m_world->database.transact([&](db::Tx &tx) -> Result<void> {
        TransactWorld::insert(tx, 1);
        return refuse(ErrorCode::UnknownGuild);
    });
    QVERIFY(!result);
    QVERIFY(result.error().code == ErrorCode::UnknownGuild);
    QCOMPARE(m_world->numbers(), 0);
}

void TestDbTransact::an_exception_rolls_back()
{
    const auto failing = [&](db::Tx &tx) -> Result<int> {
        TransactWorld::insert(tx, 1);
        throw Fault("of some kind");
    };
    QVERIFY_EXCEPTION_THROWN(m_world->database.transact(failing), Fault);
    QCOMPARE(m_world->numbers(), 0);
    QVERIFY(!m_world->database.session().isInTransaction());
}

void TestDbTransact::events_leave_after_the_commit_in_order()
{
    QVERIFY(m_world->database.transact([&](db::Tx &tx) {
        for (const int number : {1, 2}) {
            TransactWorld::insert(tx, number);
            tx.publishOnCommit(TransactWorld::Stored{number});
        }
        m_world->log.push_back("done");
        return Result<int>(0);
    }));
    // "of 2": when the first event arrives, both rows are committed.
    QCOMPARE(m_world->log,
             (std::vector<std::string>{"listener got 1", "listener got 1", "done", "stored 1 of 2",
                                       "echoed 1", "stored 2 of 2", "echoed 2"}));
}

void TestDbTransact::nothing_is_published_after_a_roll_back()
{
    QVERIFY(!m_world->database.transact([&](db::Tx &tx) -> Result<int> {
        tx.publishOnCommit(TransactWorld::Stored{1});
        tx.afterCommit([&] { m_world->log.push_back("after"); });
        return refuse(ErrorCode::UnknownGuild);
    }));
    QCOMPARE(m_world->log, std::vector<std::string>{"listener got 1"});
}

void TestDbTransact::listeners_in_the_transaction_share_its_fate()
{
    QVERIFY(!m_world->database.transact([&](db::Tx &tx) -> Result<int> {
        tx.publishOnCommit(TransactWorld::Stored{1});
        return refuse(ErrorCode::UnknownGuild);
    }));
    QVERIFY(m_world->database.session().list<int>(TransactWorld::listNotes).empty());
    QVERIFY(m_world->database.transact([&](db::Tx &tx) {
        tx.publishOnCommit(TransactWorld::Stored{2});
        return Result<int>(0);
    }));
    QCOMPARE(m_world->database.session().list<int>(TransactWorld::listNotes), std::vector{2});
}

void TestDbTransact::a_batch_reaches_listeners_as_one_list()
{
    QVERIFY(m_world->database.transact([&](db::Tx &tx) {
        tx.publishAllOnCommit(
            {AnyEvent::of(TransactWorld::Stored{1}), AnyEvent::of(TransactWorld::Stored{2})});
        tx.publishAllOnCommit({});
        return Result<int>(0);
    }));
    QCOMPARE(m_world->log,
             (std::vector<std::string>{"listener got 2", "stored 1 of 0", "stored 2 of 0",
                                       "echoed 1", "echoed 2"}));
    QCOMPARE(m_world->database.session().list<int>(TransactWorld::listNotes), (std::vector{1, 2}));
}

void TestDbTransact::after_commit_runs_last_and_may_fail()
{
    const Result<int> result = m_world->database.transact([&](db::Tx &tx) {
        TransactWorld::insert(tx, 1);
        tx.afterCommit([] { throw Fault("too late to matter"); });
        tx.afterCommit(
            [&] { m_world->log.push_back("after " + std::to_string(m_world->numbers())); });
        tx.publishOnCommit(TransactWorld::Echoed{1});
        return Result<int>(5);
    });
    QCOMPARE(result.value(), 5);
    QCOMPARE(m_world->log, (std::vector<std::string>{"echoed 1", "after 1"}));
}

void TestDbTransact::an_attempt_undoes_itself_only()
{
    QVERIFY(m_world->database.transact([&](db::Tx &tx) {
        TransactWorld::insert(tx, 1);
        try {
            tx.attempt([&] {
                TransactWorld::insert(tx, 2);
                TransactWorld::insert(tx, 1);
            });
        } catch (const DbFault &fault) {
            if (!fault.isUniqueViolation("numbers_n_key"))
                throw;
            m_world->log.push_back("taken");
        }
        TransactWorld::insert(tx, 3);
        const int value = tx.attempt([&] {
            TransactWorld::insert(tx, 4);
            return 4;
        });
        return Result<int>(value);
    }));
    QCOMPARE(m_world->log, std::vector<std::string>{"taken"});
    QCOMPARE(m_world->numbers(), 3);
}

void TestDbTransact::a_refused_attempt_undoes_its_events()
{
    QVERIFY(m_world->database.transact([&](db::Tx &tx) {
        const Result<int> inner = tx.attempt([&]() -> Result<int> {
            TransactWorld::insert(tx, 1);
            tx.publishOnCommit(TransactWorld::Echoed{1});
            tx.afterCommit([&] { m_world->log.push_back("after"); });
            return refuse(ErrorCode::UnknownRole);
        });
        tx.publishOnCommit(TransactWorld::Echoed{inner ? 1 : 2});
        return Result<int>(0);
    }));
    QCOMPARE(m_world->log, std::vector<std::string>{"echoed 2"});
    QCOMPARE(m_world->numbers(), 0);
}

void TestDbTransact::committing_after_a_failure_is_a_fault()
{
    const auto careless = [&](db::Tx &tx) {
        TransactWorld::insert(tx, 1);
        try {
            TransactWorld::insert(tx, 1);
        } catch (const DbFault &) {
            // forgot that the transaction is broken
        }
        return Result<int>(0);
    };
    QVERIFY_EXCEPTION_THROWN(m_world->database.transact(careless), DbFault);
    QCOMPARE(m_world->numbers(), 0);
    QVERIFY(!m_world->database.session().isInTransaction());
}

// The first statement travels together with BEGIN: what goes wrong there must not leave either
// behind.
void TestDbTransact::a_first_statement_may_fail()
{
    TransactWorld::insert(m_world->database.session(), 1);
    const auto twice = [&](db::Tx &tx) {
        TransactWorld::insert(tx, 1);
        return Result<int>(0);
    };
    QVERIFY_EXCEPTION_THROWN(m_world->database.transact(twice), DbFault);
    QVERIFY(!m_world->database.session().isInTransaction());
    QVERIFY(m_world->database.transact([&](db::Tx &tx) {
        TransactWorld::insert(tx, 2);
        return Result<int>(0);
    }));
    QCOMPARE(m_world->numbers(), 2);
    m_world->elsewhere([&](db::Tx &) { QCOMPARE(m_world->numbers(), 2); });
}

void TestDbTransact::a_first_statement_that_cannot_be_parsed_leaves_nothing_open()
{
    const auto wrong = [&](db::Tx &tx) {
        tx.exec(Query{"test.wrong", "SELECT nothing FROM nowhere"});
        return Result<int>(0);
    };
    QVERIFY_EXCEPTION_THROWN(m_world->database.transact(wrong), DbFault);
    QVERIFY(!m_world->database.session().isInTransaction());
    // Outside of a transaction again: committed at once, for others to see.
    TransactWorld::insert(m_world->database.session(), 1);
    m_world->elsewhere([&](db::Tx &) { QCOMPARE(m_world->numbers(), 1); });
}

void TestDbTransact::transactions_do_not_nest()
{
    QVERIFY_EXCEPTION_THROWN(m_world->database.transact([&](db::Tx &tx) {
        TransactWorld::insert(tx, 1);
        return m_world->database.transact([&](db::Tx &) { return Result<int>(0); });
    }),
                             DbFault);
    QCOMPARE(m_world->numbers(), 0);
    QVERIFY(!m_world->database.session().isInTransaction());
}

void TestDbTransact::a_snapshot_does_not_move()
{
    const auto [before, after] = m_world->database.snapshot([&](db::Executor &db) {
        const auto first = db.one<qint64>(TransactWorld::countNumbers);
        m_world->elsewhere([](db::Tx &tx) { TransactWorld::insert(tx, 1); });
        return std::pair(first, db.one<qint64>(TransactWorld::countNumbers));
    });
    QCOMPARE(before, 0);
    QCOMPARE(after, 0);
    QCOMPARE(m_world->numbers(), 1);
}

void TestDbTransact::a_snapshot_does_not_write()
{
    const auto writing = [](db::Executor &db) {
        return db.exec(TransactWorld::insertNumber, db::bind(":n", 1));
    };
    QVERIFY_EXCEPTION_THROWN(m_world->database.snapshot(writing), DbFault);
    QCOMPARE(m_world->numbers(), 0);
}

void TestDbTransact::every_thread_has_its_own_connection()
{
    const Query backend{"test.backend", "SELECT pg_backend_pid()", {}, true};
    const int here = m_world->database.session().one<int>(backend);
    int there = here;
    std::thread([&] { there = m_world->database.session().one<int>(backend); }).join();
    QVERIFY(there != here);
    QCOMPARE(m_world->database.session().one<int>(backend), here);
    m_world->database.closeThreadSession();
    QVERIFY(m_world->database.session().one<int>(backend) != here);
}

void TestDbTransact::ping_says_whether_it_answers()
{
    QVERIFY(m_world->database.ping());
    auto nowhere = m_world->clone.parameters();
    nowhere.host = u"/nonexistent"_s;
    db::Database gone(nowhere, m_world->bus);
    QVERIFY(!gone.ping());
}

QTEST_GUILESS_MAIN(TestDbTransact)
#include "tst_db_transact.moc"
