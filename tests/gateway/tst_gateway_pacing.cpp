// SPDX-License-Identifier: GPL-3.0-or-later
// The small parts that decide when and how often: pace, limits, budgets, lanes.
#include "server/gateway/realtime/deadline_queue.h"
#include "server/gateway/realtime/event_log.h"
#include "server/gateway/realtime/flow_limit.h"
#include "server/gateway/realtime/flush_pacer.h"
#include "server/gateway/realtime/identify_budget.h"
#include "server/gateway/realtime/user_lanes.h"
#include "server/infrastructure/runtime/worker_pool.h"

#include <QTest>

#include <atomic>
#include <semaphore>

using namespace guildhall;
using namespace guildhall::realtime;
using namespace std::chrono_literals;

class TestGatewayPacing : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void an_idle_shard_sends_at_once();
    void events_that_wait_make_a_tick_that_grows_to_20_ms();
    void a_shard_that_only_sends_gets_a_short_tick();
    void a_flow_limit_counts_within_its_window();
    void an_identify_budget_is_per_account_and_comes_back();
    void a_budget_of_zero_is_none();
    void deadlines_come_in_their_order();
    void a_log_keeps_what_somebody_waits_for();
    void jobs_of_one_user_keep_their_order_and_never_overlap();
    void a_full_pool_loses_no_job();
};

namespace {

using Time = std::chrono::steady_clock::time_point;
const Time start = Time(1000s);

} // namespace

void TestGatewayPacing::an_idle_shard_sends_at_once()
{
    FlushPacer pacer;
    QVERIFY(pacer.delay(start) == 0s);
    pacer.flushed(start, start + 1ms, false, 1);
    QVERIFY(pacer.delay(start + 1ms) == 0s);
    pacer.flushed(start + 10ms, start + 11ms, false, 5);
    QVERIFY(pacer.delay(start + 11ms) == 0s);
}

void TestGatewayPacing::events_that_wait_make_a_tick_that_grows_to_20_ms()
{
    FlushPacer pacer;
    Time now = start;
    FlushPacer::Duration last{};
    for (int i = 0; i < 10; ++i) {
        pacer.flushed(now, now + 1ms, true, 1);
        const auto wait = pacer.delay(now + 1ms);
        QVERIFY(wait >= 5ms && wait <= 20ms && wait >= last);
        last = wait;
        now += 1ms + wait;
        QVERIFY(pacer.delay(now) == 0s);
    }
    QVERIFY(last == 20ms);
    pacer.flushed(now, now + 1ms, false, 3); // nobody waits, but it pays
    QVERIFY(pacer.delay(now + 1ms) == 20ms);
    pacer.flushed(now + 30ms, now + 31ms, false, 1);
    QVERIFY(pacer.delay(now + 31ms) == 0s);
}

void TestGatewayPacing::a_shard_that_only_sends_gets_a_short_tick()
{
    FlushPacer pacer;
    pacer.flushed(start, start + 8ms, false, 1);
    pacer.flushed(start + 9ms, start + 17ms, false, 1);
    QVERIFY(pacer.delay(start + 17ms) == 5ms);
}

void TestGatewayPacing::a_flow_limit_counts_within_its_window()
{
    FlowLimit limit;
    for (int i = 0; i < 5; ++i)
        QVERIFY(limit.take(start + i * 1s, 5, 20s));
    QVERIFY(!limit.take(start + 19s, 5, 20s));
    QVERIFY(limit.take(start + 20s, 5, 20s));
}

void TestGatewayPacing::an_identify_budget_is_per_account_and_comes_back()
{
    IdentifyBudget budget(2, 1h);
    QVERIFY(budget.state(UserId(7), start).remaining == 2);
    QVERIFY(budget.take(UserId(7), start) && budget.take(UserId(7), start + 1min));
    QVERIFY(!budget.take(UserId(7), start + 2min));
    QVERIFY(budget.take(UserId(8), start + 2min));
    const auto state = budget.state(UserId(7), start + 15min);
    QCOMPARE(state.total, 2);
    QCOMPARE(state.remaining, 0);
    QVERIFY(state.resetAfter == 45min);
    QVERIFY(budget.take(UserId(7), start + 1h));
    QCOMPARE(budget.state(UserId(7), start + 1h).remaining, 1);
    for (quint64 id = 100; id < 5000; ++id)
        QVERIFY(budget.take(UserId(id), start + 3h)); // old accounts are forgotten on the way
    QCOMPARE(budget.state(UserId(4999), start + 3h).remaining, 1);
}

void TestGatewayPacing::a_budget_of_zero_is_none()
{
    IdentifyBudget budget(0, 1h);
    for (int i = 0; i < 5000; ++i)
        QVERIFY(budget.take(UserId(7), start));
    QCOMPARE(budget.state(UserId(7), start).remaining, 1000);
}

void TestGatewayPacing::deadlines_come_in_their_order()
{
    DeadlineQueue queue;
    queue.add(1, start + 3s);
    queue.add(2, start + 1s);
    queue.add(3, start + 2s);
    QVERIFY(queue.next() == start + 1s);
    QVERIFY(!queue.takeDue(start));
    QCOMPARE(queue.takeDue(start + 2s)->key, quint64(2));
    QCOMPARE(queue.takeDue(start + 2s)->key, quint64(3));
    QVERIFY(!queue.takeDue(start + 2s));
    QVERIFY(queue.next() == start + 3s);
}

void TestGatewayPacing::a_log_keeps_what_somebody_waits_for()
{
    EventLog log;
    const auto count = [&](EventLog::Position position) {
        int events = 0;
        log.since(position, [&](const EventMail &) { ++events; });
        return events;
    };
    log.append({});
    QCOMPARE(log.size(), size_t(0)); // nobody waits
    const auto first = log.retain();
    log.append({});
    log.append({});
    const auto second = log.retain();
    log.append({});
    QCOMPARE(count(first), 3);
    QCOMPARE(count(second), 1);
    log.release(first);
    QCOMPARE(log.size(), size_t(1));
    QCOMPARE(count(second), 1);
    log.release(second);
    QCOMPARE(log.size(), size_t(0));
}

void TestGatewayPacing::jobs_of_one_user_keep_their_order_and_never_overlap()
{
    constexpr int users = 10;
    constexpr int jobs = 200;
    WorkerPool pool("lanes", 4, 100'000);
    const auto lanes = UserLanes::create(pool);
    struct Lane {
        std::atomic<int> inside{0};
        std::vector<int> order;
        std::atomic<int> done{0};
    };
    std::array<Lane, users> seen;
    std::atomic<int> overlaps{0};
    for (int job = 0; job < jobs; ++job) {
        for (size_t user = 0; user < users; ++user)
            lanes->post(UserId(user + 1), [&, user, job] {
                Lane &lane = seen[user];
                overlaps += lane.inside++ > 0;
                lane.order.push_back(job);
                --lane.inside;
                ++lane.done;
                if (user == 0 && job == 50)
                    throw std::runtime_error("a job that fails stops nobody");
            });
    }
    for (Lane &lane : seen)
        QTRY_COMPARE(lane.done.load(), jobs);
    QCOMPARE(overlaps.load(), 0);
    for (const Lane &lane : seen)
        QVERIFY(std::is_sorted(lane.order.begin(), lane.order.end()));
}

void TestGatewayPacing::a_full_pool_loses_no_job()
{
    WorkerPool pool("narrow", 1, 1);
    const auto lanes = UserLanes::create(pool);
    std::binary_semaphore go(0);
    std::atomic<int> done{0};
    QVERIFY(pool.submit([&] { go.acquire(); }));
    for (quint64 user = 1; user <= 20; ++user)
        lanes->post(UserId(user), [&] { ++done; });
    go.release();
    QTRY_VERIFY([&] {
        lanes->retry();
        return done.load() == 20;
    }());
}

QTEST_APPLESS_MAIN(TestGatewayPacing)
#include "tst_gateway_pacing.moc"
