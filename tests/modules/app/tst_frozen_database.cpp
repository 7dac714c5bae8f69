// SPDX-License-Identifier: GPL-3.0-or-later
// PostgreSQL does not answer and does not refuse. @source reliability.md 1
#include "tests/modules/app/daemon_world.h"

#include <QTest>

#include <future>
#include <vector>

using namespace guildhall;
using namespace guildhall::test;
using namespace std::chrono_literals;

class TestFrozenDatabase : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void what_needs_no_database_is_answered_all_the_while();
    void who_waits_is_told_to_come_back();
    void a_stop_does_not_wait_for_it();
};

void TestFrozenDatabase::what_needs_no_database_is_answered_all_the_while()
{
    DaemonWorld world;
    world.start();
    QCOMPARE(world.call("GET", "/health").status, 200);
    QCOMPARE(world.monitor("/readyz").status, 200);
    const auto ann = world.person("ann");
    world.proxy().setFrozen(true);
    std::vector<std::future<RestAnswer>> stuck; // more than there are workers
    for (int i = 0; i < 12; ++i) {
        stuck.push_back(std::async(std::launch::async,
                                   [&] { return world.call("GET", "/users/@me", ann.token); }));
        stuck.push_back(std::async(std::launch::async, [&] {
            return world.call("POST", "/auth/login", {},
                              R"({"login":"nobody","password":"a long password"})");
        }));
    }
    for (int i = 0; i < 16; ++i)
        QCOMPARE(world.call("GET", "/gateway").status, 200);
    QCOMPARE(world.monitor("/livez").status, 200);
    QCOMPARE(world.monitor("/metrics").status, 200);
    QTRY_COMPARE(world.monitor("/readyz").status, 503);
    QTRY_COMPARE(world.call("GET", "/health").status, 503);
    for (auto &answer : stuck)
        QCOMPARE(answer.get().status, 503); // nothing has thawed yet
    world.proxy().setFrozen(false);
    QTRY_COMPARE(world.call("GET", "/health").status, 200);
    QTRY_COMPARE(world.monitor("/readyz").status, 200);
}

void TestFrozenDatabase::who_waits_is_told_to_come_back()
{
    DaemonWorld world;
    world.start();
    const DaemonGuild guild(world);
    world.proxy().setFrozen(true);
    std::vector<std::future<RestAnswer>> answers;
    for (int i = 0; i < 200; ++i) { // several batches of the lane
        answers.push_back(std::async(std::launch::async, [&world, &guild] {
            return world.call("POST", guild.messages, guild.bob.token, R"({"content":"x"})");
        }));
    }
    for (auto &answer : answers)
        QCOMPARE(answer.get().status, 503);
    world.proxy().setFrozen(false);
    QTRY_COMPARE(
        world.call("POST", guild.messages, guild.bob.token, R"({"content":"after"})").status, 200);
}

void TestFrozenDatabase::a_stop_does_not_wait_for_it()
{
    auto world = std::make_unique<DaemonWorld>();
    world->start();
    world->proxy().setFrozen(true);
    auto stuck = std::async(std::launch::async, [&world] {
        return world->call("POST", "/auth/login", {},
                           R"({"login":"nobody","password":"a long password"})");
    });
    QTest::qWait(200);
    world->stop(); // frozen all the while; the test's own timeout says whether it ends
    stuck.wait();
}

QTEST_GUILESS_MAIN(TestFrozenDatabase)
#include "tst_frozen_database.moc"
