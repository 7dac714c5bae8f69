// SPDX-License-Identifier: GPL-3.0-or-later
// Ids go on above those that are stored, whatever the clock says.
#include "server/infrastructure/database/stored_ids.h"
#include "server/infrastructure/runtime/manual_clock.h"
#include "server/infrastructure/runtime/snowflakes.h"
#include "shared/core/snowflake.h"
#include "tests/modules/app/daemon_world.h"
#include "tests/support/module_world.h"

#include <QTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;
using db::Query;

namespace {

/// 2080-01-01, beyond this computer's clock.
constexpr Timestamp farAhead{3'471'292'800'000};

constexpr std::string_view id[]{":id"};

struct Row {
    const char *table;
    const char *insert;
};
/// One statement for each table whose ids are made of the time; they refer to user 1 and channel 1.
constexpr Row rows[]{
    {"users", "INSERT INTO users (id, username, bot, created_at) VALUES ($1, 'late', true, 0)"},
    {"auth_sessions",
     "INSERT INTO auth_sessions (id, user_id, created_at, expires_at) VALUES ($1, 1, 0, 1)"},
    {"guilds", "INSERT INTO guilds (id, name, owner_id, created_at) VALUES ($1, 'late', 1, 0)"},
    {"roles",
     "INSERT INTO roles (id, guild_id, name, position, permissions, created_at)"
     " VALUES ($1, 1, 'late', 1, 0, 0)"},
    {"channels", "INSERT INTO channels (id, type, created_at) VALUES ($1, 0, 0)"},
    {"messages",
     "INSERT INTO messages (id, channel_id, author_id, content, created_at)"
     " VALUES ($1, 1, 1, 'late', 0)"},
};

constexpr Query ground{
    "test.ground",
    "INSERT INTO users (id, username, bot, created_at) VALUES (1, 'one', true, 0);"
    "INSERT INTO guilds (id, name, owner_id, created_at) VALUES (1, 'one', 1, 0);"
    "INSERT INTO channels (id, type, created_at) VALUES (1, 0, 0)"};

} // namespace

class TestStoredIds : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ids_go_on_above_the_newest_of_every_kind_data();
    void ids_go_on_above_the_newest_of_every_kind();
    void an_empty_database_raises_nothing();
    void a_daemon_that_starts_goes_on_above_them();
};

void TestStoredIds::ids_go_on_above_the_newest_of_every_kind_data()
{
    QTest::addColumn<QByteArray>("insert");
    for (const Row &row : rows)
        QTest::newRow(row.table) << QByteArray(row.insert);
}

void TestStoredIds::ids_go_on_above_the_newest_of_every_kind()
{
    QFETCH(QByteArray, insert);
    ModuleWorld world;
    db::Session &session = world.database().session();
    session.runPlain(ground);
    Snowflakes before(0, world.clock());
    const auto newest = before.next<MessageId>();
    session.exec(Query{"test.insert", insert.constData(), id}, db::bind(":id", newest));
    world.clock().set(Timestamp{world.clock().now().ms - 3'600'000}); // and the daemon restarts
    Snowflakes after(0, world.clock());
    db::continueStoredIds(session, after);
    QVERIFY(after.next<MessageId>() > newest);
}

void TestStoredIds::an_empty_database_raises_nothing()
{
    ModuleWorld world;
    Snowflakes ids(0, world.clock());
    db::continueStoredIds(world.database().session(), ids);
    QCOMPARE(createdAt(ids.next<MessageId>()), world.clock().now());
}

void TestStoredIds::a_daemon_that_starts_goes_on_above_them()
{
    DaemonWorld world;
    world.database().runPlain(ground);
    const auto newest = firstIdAt<MessageId>(farAhead);
    world.database().exec(Query{"test.insert", rows[5].insert, id}, db::bind(":id", newest));
    world.start();
    QVERIFY(world.person("ann").id.toULongLong() > newest.value());
}

QTEST_GUILESS_MAIN(TestStoredIds)
#include "tst_stored_ids.moc"
