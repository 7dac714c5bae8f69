// SPDX-License-Identifier: GPL-3.0-or-later
// Who may serve a database, on PostgreSQL.
#include "server/infrastructure/database/serving_lease.h"
#include "server/infrastructure/fault.h"
#include "tests/support/pg_cluster.h"

#include <QTest>

#include <memory>

using namespace guildhall;
using namespace std::chrono_literals;
using db::Query;
using db::ServingLease;

namespace {

/// Ends the connections of everybody who holds a lease here.
constexpr Query cutHolders{
    "test.cut_holders",
    "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_locks WHERE locktype = 'advisory'"
    " AND objsubid = 2 AND database = (SELECT oid FROM pg_database WHERE datname = "
    "current_database())"};

} // namespace

class TestServingLease : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_database = std::make_unique<test::TestDatabase>(test::TestDatabase::Content::Empty);
        m_first = std::make_unique<ServingLease>(m_database->parameters());
        m_first->acquire(0ms);
    }
    void cleanup()
    {
        m_first.reset();
        m_database.reset();
    }

    void the_first_keeps_it();
    void a_second_is_refused_with_a_sentence();
    void a_second_that_waits_gets_it_when_the_first_ends();
    void a_lease_on_another_database_is_another();
    void a_lost_connection_is_made_good();
    void a_lease_that_went_to_another_is_missed();

private:
    quint64 cut();

    std::unique_ptr<test::TestDatabase> m_database;
    std::unique_ptr<ServingLease> m_first;
};

quint64 TestServingLease::cut()
{
    db::Session session(m_database->parameters());
    return quint64(session.one<qint64>(cutHolders));
}

void TestServingLease::the_first_keeps_it()
{
    QVERIFY(m_first->hold());
    QVERIFY(m_first->hold());
    m_first.reset();
    ServingLease second(m_database->parameters());
    second.acquire(5s); // and was not counted as held more than once
}

void TestServingLease::a_second_is_refused_with_a_sentence()
{
    ServingLease second(m_database->parameters());
    QVERIFY(!second.hold());
    QVERIFY_EXCEPTION_THROWN(second.acquire(0ms), Fault);
    try {
        second.acquire(100ms);
        QFAIL("two have the lease");
    } catch (const Fault &fault) {
        QVERIFY(QString::fromUtf8(fault.what()).contains(QStringLiteral("Another guildhalld")));
    }
    QVERIFY(m_first->hold());
}

void TestServingLease::a_second_that_waits_gets_it_when_the_first_ends()
{
    ServingLease second(m_database->parameters());
    QVERIFY(!second.hold());
    m_first.reset();
    second.acquire(30s);
    QVERIFY(second.hold());
}

void TestServingLease::a_lease_on_another_database_is_another()
{
    const test::TestDatabase elsewhere(test::TestDatabase::Content::Empty);
    ServingLease other(elsewhere.parameters());
    QVERIFY(other.hold());
    QVERIFY(m_first->hold());
}

void TestServingLease::a_lost_connection_is_made_good()
{
    QCOMPARE(cut(), 1u);
    QVERIFY(m_first->hold());
    ServingLease second(m_database->parameters());
    QVERIFY(!second.hold());
}

void TestServingLease::a_lease_that_went_to_another_is_missed()
{
    QCOMPARE(cut(), 1u);
    ServingLease second(m_database->parameters());
    second.acquire(5s);
    QVERIFY(!m_first->hold());
}

QTEST_GUILESS_MAIN(TestServingLease)
#include "tst_serving_lease.moc"
