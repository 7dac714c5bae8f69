// SPDX-License-Identifier: GPL-3.0-or-later
// Forward only, once each, all or nothing; and what stops the start.
#include "server/infrastructure/database/migrator.h"
#include "tests/support/pg_cluster.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace guildhall;
using namespace Qt::StringLiterals;
using db::Migration;
using db::Query;
using Names = std::vector<std::string>;

namespace {

constexpr std::string_view hash
    = "0000000000000000000000000000000000000000000000000000000000000001";
constexpr std::string_view other
    = "0000000000000000000000000000000000000000000000000000000000000002";

Migration bookkeeping()
{
    return db::embeddedMigrations().front();
}

const Migration people{"0002_people", hash,
                       "CREATE TABLE people (id int); INSERT INTO people VALUES (1)"};
const Migration places{"0003_places", hash, "CREATE TABLE places (id int)"};
const Migration slow{"0003_slow", hash, "SELECT pg_sleep(0.2); CREATE TABLE slow (id int)"};
const Migration broken{"0003_broken", hash,
                       "CREATE TABLE half (id int); CREATE TABLE people (id int)"};
const Migration ending{"0003_ending", hash, "CREATE TABLE early (id int); COMMIT"};

constexpr Query tables{"test.tables",
                       "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
                       " AND tablename <> 'schema_migrations' ORDER BY tablename",
                       {},
                       true};

QByteArray sentenceOf(const std::function<void()> &work)
{
    try {
        work();
    } catch (const Fault &fault) {
        return fault.what();
    }
    return "no fault";
}

} // namespace

class TestMigrator : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void an_empty_database_gets_everything_in_order();
    void what_is_applied_is_not_applied_again();
    void a_longer_list_continues();
    void the_real_migrations_apply();
    void a_broken_migration_leaves_nothing();
    void a_migration_that_ends_its_transaction_is_a_fault();
    void a_changed_file_is_refused();
    void a_newer_schema_is_refused();
    void a_migration_below_an_applied_one_is_refused();
    void nodes_that_start_together_apply_once();
    void a_database_that_is_not_utf8_is_refused();
    void a_slow_migration_is_not_timed_out();

private:
    db::Migrator migrator(std::span<const Migration> migrations)
    {
        return db::Migrator(m_database->parameters(), migrations);
    }
    QStringList tableNames()
    {
        const auto names = db::Session(m_database->parameters()).list<QString>(tables);
        return QStringList(names.begin(), names.end());
    }

    std::unique_ptr<test::TestDatabase> m_database;
};

void TestMigrator::init()
{
    m_database = std::make_unique<test::TestDatabase>(test::TestDatabase::Content::Empty);
}

void TestMigrator::cleanup()
{
    m_database.reset();
}

void TestMigrator::an_empty_database_gets_everything_in_order()
{
    const std::array all{bookkeeping(), people, places};
    QCOMPARE(migrator(all).pending(), (Names{"0001_bookkeeping", "0002_people", "0003_places"}));
    QVERIFY(tableNames().isEmpty()); // pending() only looks
    QCOMPARE(migrator(all).apply(), (Names{"0001_bookkeeping", "0002_people", "0003_places"}));
    QCOMPARE(tableNames(), (QStringList{u"people"_s, u"places"_s}));
    QVERIFY(migrator(all).pending().empty());
}

void TestMigrator::what_is_applied_is_not_applied_again()
{
    const std::array all{bookkeeping(), people};
    migrator(all).apply();
    QVERIFY(migrator(all).apply().empty());
    QCOMPARE(tableNames(), QStringList{u"people"_s});
}

void TestMigrator::a_longer_list_continues()
{
    migrator(std::array{bookkeeping(), people}).apply();
    const std::array longer{bookkeeping(), people, places};
    QCOMPARE(migrator(longer).pending(), Names{"0003_places"});
    QCOMPARE(migrator(longer).apply(), Names{"0003_places"});
}

void TestMigrator::the_real_migrations_apply()
{
    QCOMPARE(db::Migrator(m_database->parameters()).apply().size(),
             db::embeddedMigrations().size());
    QVERIFY(db::Migrator(m_database->parameters()).pending().empty());
}

void TestMigrator::a_broken_migration_leaves_nothing()
{
    const std::array all{bookkeeping(), people, broken};
    const QByteArray sentence = sentenceOf([&] { migrator(all).apply(); });
    QVERIFY2(sentence.startsWith("0003_broken [42P07]"), sentence.constData());
    QCOMPARE(tableNames(), QStringList{u"people"_s});
    QCOMPARE(migrator(all).pending(), Names{"0003_broken"});
    QCOMPARE(migrator(std::array{bookkeeping(), people, places}).apply(), Names{"0003_places"});
}

void TestMigrator::a_migration_that_ends_its_transaction_is_a_fault()
{
    QCOMPARE(sentenceOf([&] {
                 migrator(std::array{bookkeeping(), people, ending}).apply();
             }),
             "0003_ending: the script ends its transaction");
}

void TestMigrator::a_changed_file_is_refused()
{
    migrator(std::array{bookkeeping(), people, places}).apply();
    Migration changed = people;
    changed.sha256 = other;
    const std::array now{bookkeeping(), changed, places};
    const QByteArray sentence
        = "the migration 0002_people.sql was changed after it had been applied to this database";
    QCOMPARE(sentenceOf([&] { migrator(now).pending(); }), sentence);
    QCOMPARE(sentenceOf([&] { migrator(now).apply(); }), sentence);
}

void TestMigrator::a_newer_schema_is_refused()
{
    migrator(std::array{bookkeeping(), people, places}).apply();
    QCOMPARE(sentenceOf([&] {
                 migrator(std::array{bookkeeping(), people}).apply();
             }),
             "the database has seen the migration 0003_places, which this program does not know: it"
             " belongs to a newer version");
}

void TestMigrator::a_migration_below_an_applied_one_is_refused()
{
    migrator(std::array{bookkeeping(), places}).apply();
    QCOMPARE(sentenceOf([&] {
                 migrator(std::array{bookkeeping(), people, places}).apply();
             }),
             "the migration 0002_people.sql is new, but the later 0003_places is applied already");
    QCOMPARE(tableNames(), QStringList{u"places"_s});
}

void TestMigrator::nodes_that_start_together_apply_once()
{
    const std::array all{bookkeeping(), people, slow};
    std::atomic<size_t> applied{0};
    std::atomic<int> faults{0};
    std::vector<std::thread> nodes;
    for (int i = 0; i < 4; ++i) {
        nodes.emplace_back([&] {
            try {
                applied += migrator(all).apply().size();
            } catch (const Fault &) {
                ++faults;
            }
        });
    }
    for (std::thread &node : nodes)
        node.join();
    QCOMPARE(faults, 0);
    QCOMPARE(applied, 3u);
    QCOMPARE(tableNames(), (QStringList{u"people"_s, u"slow"_s}));
}

void TestMigrator::a_database_that_is_not_utf8_is_refused()
{
    db::Session session(test::PgCluster::instance().maintenance());
    const Query create{"test.create",
                       "CREATE DATABASE test_0_latin TEMPLATE template0 ENCODING 'LATIN1'"
                       " LC_COLLATE 'C' LC_CTYPE 'C'"};
    const Query drop{"test.drop", "DROP DATABASE IF EXISTS test_0_latin"};
    session.runPlain(drop);
    session.runPlain(create);
    auto latin = m_database->parameters();
    latin.database = u"test_0_latin"_s;
    QCOMPARE(sentenceOf([&] { db::Migrator(latin).apply(); }),
             "the database is encoded as LATIN1; Guildhall needs UTF8");
    session.runPlain(drop);
}

void TestMigrator::a_slow_migration_is_not_timed_out()
{
    auto impatient = m_database->parameters();
    impatient.statementTimeout = std::chrono::milliseconds(20);
    const std::array all{bookkeeping(), people, slow};
    QCOMPARE(db::Migrator(impatient, all).apply().size(), 3u);
}

QTEST_GUILESS_MAIN(TestMigrator)
#include "tst_migrator.moc"
