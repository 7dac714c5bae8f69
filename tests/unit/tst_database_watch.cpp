// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/database/database.h"
#include "server/infrastructure/database/database_watch.h"
#include "tests/support/pg_cluster.h"
#include "tests/support/pg_proxy.h"

#include <QtTest>

using namespace guildhall;

class TestDatabaseWatch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_clone = std::make_unique<test::TestDatabase>(test::TestDatabase::Content::Empty);
        m_proxy = std::make_unique<test::PgProxy>(m_clone->parameters());
        m_database = std::make_unique<db::Database>(m_proxy->parameters(), m_bus);
    }
    void cleanup()
    {
        m_database.reset();
        m_proxy.reset();
        m_clone.reset();
    }
    void a_server_that_is_away_does_not_answer();
    void a_frozen_server_does_not_answer();
    void before_the_start_it_counts_as_answering();

private:
    EventBus m_bus;
    std::unique_ptr<test::TestDatabase> m_clone;
    std::unique_ptr<test::PgProxy> m_proxy;
    std::unique_ptr<db::Database> m_database;
};

void TestDatabaseWatch::a_server_that_is_away_does_not_answer()
{
    db::DatabaseWatch watch(*m_database);
    watch.start();
    QVERIFY(watch.isAnswering());
    m_proxy->setAway(true);
    QTRY_VERIFY(!watch.isAnswering());
    m_proxy->setAway(false);
    QTRY_VERIFY(watch.isAnswering());
}

void TestDatabaseWatch::a_frozen_server_does_not_answer()
{
    db::DatabaseWatch watch(*m_database);
    watch.start();
    QTest::qWait(500); // it has a connection by now
    m_proxy->setFrozen(true);
    QTRY_VERIFY(!watch.isAnswering()); // before the statement that asks is given up
    m_proxy->setFrozen(false);
    QTRY_VERIFY(watch.isAnswering());
}

void TestDatabaseWatch::before_the_start_it_counts_as_answering()
{
    m_proxy->setAway(true);
    const db::DatabaseWatch watch(*m_database);
    QVERIFY(watch.isAnswering());
}

QTEST_GUILESS_MAIN(TestDatabaseWatch)
#include "tst_database_watch.moc"
