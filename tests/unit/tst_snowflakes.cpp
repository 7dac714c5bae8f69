// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/fault.h"
#include "server/infrastructure/runtime/manual_clock.h"
#include "server/infrastructure/runtime/snowflakes.h"
#include "shared/core/snowflake.h"

#include <QtTest>

#include <algorithm>
#include <thread>
#include <vector>

using namespace guildhall;
using namespace std::chrono_literals;

namespace {

constexpr Timestamp noon{1'700'000'000'000};

quint64 workerBits(MessageId id)
{
    return (id.value() >> 17) & 31;
}
quint64 processBits(MessageId id)
{
    return (id.value() >> 12) & 31;
}
quint64 sequence(MessageId id)
{
    return id.value() & 0xfff;
}

} // namespace

class TestSnowflakes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void an_id_holds_time_node_and_sequence_data();
    void an_id_holds_time_node_and_sequence();
    void a_node_id_out_of_range_is_a_fault();
    void a_full_millisecond_borrows_from_the_next();
    void ids_rise_while_the_clock_is_set_back();
    void a_clock_before_the_epoch_gives_valid_ids();
    void after_raise_to_ids_are_greater_than_any_of_that_millisecond();
    void raise_to_something_old_or_null_changes_nothing();
    void threads_never_get_the_same_id();
};

void TestSnowflakes::an_id_holds_time_node_and_sequence_data()
{
    QTest::addColumn<int>("node");
    for (const int node : {0, 1, 17, 31})
        QTest::addRow("node %d", node) << node;
}

void TestSnowflakes::an_id_holds_time_node_and_sequence()
{
    QFETCH(int, node);
    const ManualClock clock(noon);
    Snowflakes ids(node, clock);
    const auto first = ids.next<MessageId>();
    const auto second = ids.next<MessageId>();
    QCOMPARE(createdAt(first).ms, noon.ms);
    QCOMPARE(workerBits(first), quint64(node));
    QCOMPARE(processBits(first), quint64(0));
    QCOMPARE(sequence(first), quint64(0));
    QCOMPARE(sequence(second), quint64(1));
    QCOMPARE(ids.nodeId(), node);
}

void TestSnowflakes::a_node_id_out_of_range_is_a_fault()
{
    QVERIFY_THROWS_EXCEPTION(Fault, Snowflakes(-1));
    QVERIFY_THROWS_EXCEPTION(Fault, Snowflakes(32));
}

void TestSnowflakes::a_full_millisecond_borrows_from_the_next()
{
    const ManualClock clock(noon);
    Snowflakes ids(31, clock);
    MessageId previous = ids.next<MessageId>();
    for (int i = 1; i < 4096; ++i) {
        const auto id = ids.next<MessageId>();
        QVERIFY(id > previous);
        previous = id;
    }
    QCOMPARE(createdAt(previous).ms, noon.ms);
    const auto borrowed = ids.next<MessageId>();
    QVERIFY(borrowed > previous);
    QCOMPARE(createdAt(borrowed).ms, noon.ms + 1);
    QCOMPARE(sequence(borrowed), quint64(0));
    QCOMPARE(workerBits(borrowed), quint64(31));
}

void TestSnowflakes::ids_rise_while_the_clock_is_set_back()
{
    ManualClock clock(noon);
    Snowflakes ids(3, clock);
    MessageId previous = ids.next<MessageId>();
    for (const auto step : {-2s, -3600s, 3600s, -1s, -86400s, 1s}) {
        clock.set(Timestamp{clock.now().ms + std::chrono::milliseconds(step).count()});
        for (int i = 0; i < 100; ++i) {
            const auto id = ids.next<MessageId>();
            QVERIFY(id > previous);
            previous = id;
        }
    }
}

void TestSnowflakes::a_clock_before_the_epoch_gives_valid_ids()
{
    const ManualClock clock(Timestamp{0});
    Snowflakes ids(0, clock);
    QVERIFY(!ids.next<MessageId>().isNull());
    QVERIFY(ids.next<MessageId>().value() <= quint64(INT64_MAX));
}

void TestSnowflakes::after_raise_to_ids_are_greater_than_any_of_that_millisecond()
{
    ManualClock ahead(Timestamp{noon.ms + 3'600'000});
    Snowflakes before(31, ahead);
    const auto newest = before.next<MessageId>();

    const ManualClock clock(noon);
    Snowflakes ids(0, clock);
    ids.raiseTo(newest);
    const auto id = ids.next<MessageId>();
    QVERIFY(id > newest);
    QCOMPARE(workerBits(id), quint64(0));
}

void TestSnowflakes::raise_to_something_old_or_null_changes_nothing()
{
    const ManualClock clock(noon);
    Snowflakes ids(1, clock);
    const auto first = ids.next<MessageId>();
    ids.raiseTo(MessageId());
    ids.raiseTo(firstIdAt<MessageId>(Timestamp{noon.ms - 1000}));
    QCOMPARE(ids.next<MessageId>().value(), first.value() + 1);
}

void TestSnowflakes::threads_never_get_the_same_id()
{
    constexpr size_t threadCount = 4;
    constexpr size_t perThread = 20'000;
    Snowflakes ids(5);
    std::vector<std::vector<quint64>> made(threadCount);
    std::vector<std::thread> threads;
    for (auto &mine : made) {
        threads.emplace_back([&ids, &mine] {
            mine.reserve(perThread);
            for (size_t i = 0; i < perThread; ++i)
                mine.push_back(ids.next<MessageId>().value());
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    std::vector<quint64> all;
    for (const auto &mine : made) {
        QVERIFY(std::is_sorted(mine.begin(), mine.end()));
        all.insert(all.end(), mine.begin(), mine.end());
    }
    std::sort(all.begin(), all.end());
    QVERIFY(std::adjacent_find(all.begin(), all.end()) == all.end());
    QCOMPARE(all.size(), threadCount * perThread);
}

QTEST_APPLESS_MAIN(TestSnowflakes)
#include "tst_snowflakes.moc"
