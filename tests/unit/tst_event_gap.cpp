// SPDX-License-Identifier: GPL-3.0-or-later
// Transactions that may be stored although nobody heard their events.
#include "server/infrastructure/database/event_gap.h"
#include "tests/support/pg_proxy.h"
#include "tests/unit/transact_world.h"

using namespace guildhall;
using namespace Qt::StringLiterals;
using db::DbFault;
using test::TransactWorld;

namespace {

/// A world whose database is behind a proxy, too.
struct GapWorld : TransactWorld {
    test::PgProxy proxy{clone.parameters()};
    db::Database distant{proxy.parameters(), bus};

    ~GapWorld() { distant.closeThreadSession(); }

    /// @return whether its outcome is unknown
    bool insertDistantly(int number)
    {
        try {
            (void)distant.transact([&](db::Tx &tx) {
                insert(tx, number);
                return Result<int>(0);
            });
        } catch (const DbFault &fault) {
            return fault.kind() == DbFault::Kind::OutcomeUnknown;
        }
        return false;
    }
};

/// What a gap did, and how many numbers there were when everything was to be read anew.
struct Healing {
    std::atomic<int> forgotten{0};
    std::atomic<int> readAnew{0};
    std::atomic<qint64> numbersSeen{-1};

    db::EventGap::Cure cure(GapWorld &world)
    {
        return {[this] { ++forgotten; },
                [this, &world] {
                    numbersSeen = world.distant.session().one<qint64>(TransactWorld::countNumbers);
                    ++readAnew;
                }};
    }
};

} // namespace

class TestEventGap : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_world = std::make_unique<GapWorld>(); }
    void cleanup() { m_world.reset(); }
    void a_commit_without_an_answer_is_told();
    void what_is_known_to_be_undone_is_not();
    void a_listener_that_fails_is_told();
    void everything_is_read_anew_once_the_commit_is_known();
    void a_commit_that_comes_late_is_waited_for();
    void a_database_that_is_away_is_waited_for();
    void a_second_gap_is_healed_too();
    void it_stops_while_it_heals();

private:
    std::unique_ptr<GapWorld> m_world;
};

void TestEventGap::a_commit_without_an_answer_is_told()
{
    int told = 0;
    m_world->distant.onEventsLost([&] { ++told; });
    m_world->proxy.loseNextCommit();
    QVERIFY(m_world->insertDistantly(1));
    QCOMPARE(told, 1);
    QCOMPARE(m_world->numbers(), 1);
    QVERIFY(!m_world->distant.session().isInTransaction());
}

void TestEventGap::what_is_known_to_be_undone_is_not()
{
    int told = 0;
    m_world->distant.onEventsLost([&] { ++told; });
    QVERIFY(!m_world->distant.transact(
        [](db::Tx &) -> Result<int> { return refuse(ErrorCode::UnknownGuild); }));
    QVERIFY(!m_world->insertDistantly(1));
    QVERIFY(!m_world->insertDistantly(1)); // it is there already
    m_world->proxy.setAway(true);
    QVERIFY(!m_world->insertDistantly(2));
    QCOMPARE(told, 0);
    m_world->proxy.setAway(false);
    QCOMPARE(m_world->numbers(), 1);
}

void TestEventGap::a_listener_that_fails_is_told()
{
    int told = 0;
    int heard = 0;
    m_world->distant.onEventsLost([&] { ++told; });
    m_world->bus.atCommit<TransactWorld::Echoed>([&](const TransactWorld::Echoed &) {
        if (++heard == 1)
            throw std::runtime_error("no memory");
    });
    const Result<int> stored = m_world->distant.transact([](db::Tx &tx) {
        tx.publishOnCommit(TransactWorld::Echoed{1});
        tx.publishOnCommit(TransactWorld::Echoed{2});
        return Result<int>(7);
    });
    QCOMPARE(stored.value(), 7);
    QCOMPARE(heard, 2);
    QCOMPARE(told, 1);
}

void TestEventGap::everything_is_read_anew_once_the_commit_is_known()
{
    Healing healing;
    db::EventGap gap(m_world->distant, healing.cure(*m_world));
    m_world->distant.onEventsLost([&] { gap.open(); });
    m_world->proxy.loseNextCommit();
    QVERIFY(m_world->insertDistantly(1));
    QVERIFY(healing.forgotten >= 1); // before the request is answered
    QTRY_COMPARE(healing.readAnew.load(), 1);
    QCOMPARE(healing.numbersSeen.load(), 1);
    QVERIFY(healing.forgotten >= 2); // what was read meanwhile
}

void TestEventGap::a_commit_that_comes_late_is_waited_for()
{
    Healing healing;
    db::EventGap gap(m_world->distant, healing.cure(*m_world));
    m_world->distant.onEventsLost([&] { gap.open(); });
    m_world->proxy.holdNextCommit();
    QVERIFY(m_world->insertDistantly(1));
    QVERIFY(m_world->proxy.isHolding());
    // The database answers all the while, and says that there is nothing.
    QTRY_VERIFY(healing.forgotten >= 4);
    QCOMPARE(m_world->distant.session().one<qint64>(TransactWorld::countNumbers), 0);
    QCOMPARE(healing.readAnew.load(), 0);
    m_world->proxy.letGo();
    QTRY_COMPARE(healing.readAnew.load(), 1);
    QCOMPARE(healing.numbersSeen.load(), 1);
}

void TestEventGap::a_database_that_is_away_is_waited_for()
{
    Healing healing;
    db::EventGap gap(m_world->distant, healing.cure(*m_world));
    m_world->distant.onEventsLost([&] {
        m_world->proxy.setAway(true);
        gap.open();
    });
    m_world->proxy.loseNextCommit();
    QVERIFY(m_world->insertDistantly(1));
    QTRY_VERIFY(healing.forgotten >= 4);
    QCOMPARE(healing.readAnew.load(), 0);
    m_world->proxy.setAway(false);
    QTRY_COMPARE(healing.readAnew.load(), 1);
    QCOMPARE(healing.numbersSeen.load(), 1);
}

void TestEventGap::a_second_gap_is_healed_too()
{
    Healing healing;
    db::EventGap gap(m_world->distant, healing.cure(*m_world));
    m_world->distant.onEventsLost([&] { gap.open(); });
    for (int n = 1; n <= 3; ++n) {
        m_world->proxy.loseNextCommit();
        QVERIFY(m_world->insertDistantly(n));
        QTRY_COMPARE(healing.numbersSeen.load(), n);
    }
}

void TestEventGap::it_stops_while_it_heals()
{
    Healing healing;
    db::EventGap gap(m_world->distant, healing.cure(*m_world));
    m_world->proxy.holdNextCommit();
    QVERIFY(m_world->insertDistantly(1));
    gap.open();
    gap.stop();
    QCOMPARE(healing.readAnew.load(), 0);
}

QTEST_GUILESS_MAIN(TestEventGap)
#include "tst_event_gap.moc"
