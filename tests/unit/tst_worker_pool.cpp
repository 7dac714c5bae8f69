// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/fault.h"
#include "server/infrastructure/runtime/worker_context.h"
#include "server/infrastructure/runtime/worker_pool.h"

#include <QtTest>

#include <latch>
#include <memory>
#include <set>

using namespace guildhall;
using namespace std::chrono_literals;

namespace {

/// A door that jobs wait at until the test opens it.
class Gate {
public:
    void open()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_open = true;
        }
        m_opened.notify_all();
    }
    void pass()
    {
        std::unique_lock lock(m_mutex);
        m_opened.wait(lock, [this] { return m_open; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_opened;
    bool m_open = false;
};

class CountingObserver final : public WorkerPoolObserver {
public:
    void jobQueued() override { ++queued; }
    void jobBegan(std::chrono::nanoseconds waited) override
    {
        ++began;
        if (waited < 0ns)
            ++negativeTimes;
    }
    void jobEnded(std::chrono::nanoseconds ran, bool faulted) override
    {
        ++ended;
        if (faulted)
            ++faults;
        if (ran < 0ns)
            ++negativeTimes;
    }
    void jobRefused() override { ++refused; }
    void jobsDiscarded(size_t count) override { discarded += int(count); }

    std::atomic<int> queued{0}, began{0}, ended{0}, faults{0}, refused{0}, discarded{0};
    std::atomic<int> negativeTimes{0};
};

} // namespace

class TestWorkerPool : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void jobs_run_in_order_on_one_thread();
    void a_full_queue_refuses();
    void a_fault_is_logged_counted_and_goes_no_further();
    void the_request_id_travels_with_the_job();
    void hooks_run_in_every_thread();
    void a_fault_in_a_hook_does_not_stop_the_thread();
    void drain_waits_for_what_was_submitted();
    void drain_gives_up_after_its_timeout_and_throws_the_rest_away();
    void a_closed_pool_refuses();
    void the_destructor_discards_what_waits();
    void a_job_may_submit_another();
    void the_observer_hears_everything();
    void many_submitters_lose_nothing();
    void a_job_that_waited_too_long_does_not_run();
    void expiring_needs_no_thread_of_the_pool();
    void drain_waits_for_what_expires();
};

void TestWorkerPool::jobs_run_in_order_on_one_thread()
{
    std::vector<int> order;
    {
        WorkerPool pool("order", 1, 100);
        for (int i = 0; i < 50; ++i)
            QVERIFY(pool.submit([&order, i] { order.push_back(i); }));
        QVERIFY(pool.drain(30s));
    }
    QCOMPARE(order.size(), size_t(50));
    QVERIFY(std::is_sorted(order.begin(), order.end()));
}

void TestWorkerPool::a_full_queue_refuses()
{
    Gate gate;
    std::latch running(1);
    WorkerPool pool("full", 1, 2);
    QVERIFY(pool.submit([&] {
        running.count_down();
        gate.pass();
    }));
    running.wait(); // the first job no longer counts: it runs
    QVERIFY(pool.submit([] {}));
    QVERIFY(pool.submit([] {}));
    QCOMPARE(pool.queueLength(), size_t(2));
    QVERIFY(!pool.submit([] {}));
    gate.open();
    QVERIFY(pool.drain(30s));
    QCOMPARE(pool.queueLength(), size_t(0));
}

void TestWorkerPool::a_fault_is_logged_counted_and_goes_no_further()
{
    QTest::ignoreMessage(QtCriticalMsg, "a job of pool faulty failed: the disk is full");
    QTest::ignoreMessage(QtCriticalMsg,
                         "a job of pool faulty failed: something that is no std::exception was "
                         "thrown");
    std::atomic<bool> after{false};
    WorkerPool pool("faulty", 1, 10);
    QVERIFY(pool.submit([] { throw Fault("the disk is full"); }));
    QVERIFY(pool.submit([] { throw 42; }));
    QVERIFY(pool.submit([&] { after = true; }));
    QVERIFY(pool.drain(30s));
    QVERIFY(after);
    QCOMPARE(pool.faultCount(), quint64(2));
}

void TestWorkerPool::the_request_id_travels_with_the_job()
{
    QByteArray inJob;
    QByteArray inNextJob("unset");
    WorkerPool pool("context", 1, 10);
    {
        const WorkerContext::Scope scope("req-1");
        QVERIFY(pool.submit([&] { inJob = WorkerContext::requestId(); }));
    }
    QVERIFY(pool.submit([&] { inNextJob = WorkerContext::requestId(); }));
    QVERIFY(pool.drain(30s));
    QCOMPARE(inJob, QByteArray("req-1"));
    QCOMPARE(inNextJob, QByteArray());
    QCOMPARE(WorkerContext::requestId(), QByteArray());
}

void TestWorkerPool::hooks_run_in_every_thread()
{
    std::mutex mutex;
    std::set<std::thread::id> begun;
    std::set<std::thread::id> ended;
    {
        WorkerPool pool("hooks", 3, 10,
                        {[&] {
                             const std::lock_guard lock(mutex);
                             begun.insert(std::this_thread::get_id());
                         },
                         [&] {
                             const std::lock_guard lock(mutex);
                             ended.insert(std::this_thread::get_id());
                         }});
        QCOMPARE(pool.threadCount(), 3);
    }
    QCOMPARE(begun.size(), size_t(3));
    QVERIFY(begun == ended);
    QVERIFY(!begun.contains(std::this_thread::get_id()));
}

void TestWorkerPool::a_fault_in_a_hook_does_not_stop_the_thread()
{
    QTest::ignoreMessage(QtCriticalMsg, "setting up thread unlucky-0 failed: no database");
    std::atomic<bool> ran{false};
    WorkerPool pool("unlucky", 1, 10, {[] { throw Fault("no database"); }, {}});
    QVERIFY(pool.submit([&] { ran = true; }));
    QVERIFY(pool.drain(30s));
    QVERIFY(ran);
}

void TestWorkerPool::drain_waits_for_what_was_submitted()
{
    std::atomic<int> done{0};
    WorkerPool pool("drain", 2, 200);
    for (int i = 0; i < 100; ++i)
        QVERIFY(pool.submit([&] { ++done; }));
    QVERIFY(pool.drain(30s));
    QCOMPARE(done.load(), 100);
}

void TestWorkerPool::drain_gives_up_after_its_timeout_and_throws_the_rest_away()
{
    Gate gate;
    std::latch running(1);
    std::atomic<bool> waitingRan{false};
    auto held = std::make_shared<int>(1);
    {
        WorkerPool pool("stuck", 1, 10);
        QVERIFY(pool.submit([&] {
            running.count_down();
            gate.pass();
        }));
        running.wait();
        QVERIFY(pool.submit([&waitingRan, held] { waitingRan = true; }));
        QVERIFY(!pool.drain(1ms));
        QCOMPARE(held.use_count(), 1L); // thrown away, with what it held
        gate.open();
    }
    QVERIFY(!waitingRan);
}

void TestWorkerPool::a_closed_pool_refuses()
{
    WorkerPool pool("closed", 1, 10);
    QVERIFY(pool.drain(30s));
    QVERIFY(!pool.submit([] {}));
    QVERIFY(pool.drain(30s)); // again, and nothing hangs
}

void TestWorkerPool::the_destructor_discards_what_waits()
{
    Gate gate;
    std::latch running(1);
    std::atomic<int> ran{0};
    std::thread opener;
    {
        WorkerPool pool("gone", 1, 10);
        QVERIFY(pool.submit([&] {
            running.count_down();
            gate.pass();
            ++ran;
        }));
        running.wait();
        auto held = std::make_shared<int>(1);
        const std::weak_ptr<int> watched = held;
        QVERIFY(pool.submit([&ran, held = std::move(held)] { ++ran; }));
        // The running job is let go only once the waiting one is gone.
        opener = std::thread([&gate, watched] {
            while (!watched.expired())
                std::this_thread::yield();
            gate.open();
        });
    }
    opener.join();
    QCOMPARE(ran.load(), 1);
}

void TestWorkerPool::a_job_may_submit_another()
{
    std::latch done(1);
    WorkerPool pool("chain", 1, 1);
    QVERIFY(pool.submit([&] {
        if (!pool.submit([&] { done.count_down(); }))
            qFatal("the queue is empty while its only job runs");
    }));
    done.wait();
}

void TestWorkerPool::the_observer_hears_everything()
{
    QTest::ignoreMessage(QtCriticalMsg, "a job of pool seen failed: bad luck");
    CountingObserver observer;
    Gate gate;
    {
        std::latch running(1);
        WorkerPool pool("seen", 1, 2, {}, &observer);
        QVERIFY(pool.submit([&] {
            running.count_down();
            gate.pass();
            throw Fault("bad luck");
        }));
        running.wait();
        QVERIFY(pool.submit([] {}));
        QVERIFY(pool.submit([] {}));
        QVERIFY(!pool.submit([] {}));
        QVERIFY(!pool.drain(1ms));
        gate.open();
    }
    QCOMPARE(observer.queued.load(), 3);
    QCOMPARE(observer.refused.load(), 1);
    QCOMPARE(observer.began.load(), 1);
    QCOMPARE(observer.ended.load(), 1);
    QCOMPARE(observer.faults.load(), 1);
    QCOMPARE(observer.discarded.load(), 2);
    QCOMPARE(observer.negativeTimes.load(), 0);
}

void TestWorkerPool::many_submitters_lose_nothing()
{
    constexpr int submitters = 4;
    constexpr int perSubmitter = 5'000;
    std::atomic<int> accepted{0};
    std::atomic<int> refused{0};
    std::atomic<int> done{0};
    WorkerPool pool("stress", 4, 64);
    std::vector<std::thread> threads;
    for (int t = 0; t < submitters; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < perSubmitter; ++i)
                pool.submit([&done] { ++done; }) ? ++accepted : ++refused;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QVERIFY(pool.drain(60s));
    QCOMPARE(accepted + refused, submitters * perSubmitter);
    QCOMPARE(done.load(), accepted.load());
    QVERIFY(accepted > 0);
}

void TestWorkerPool::a_job_that_waited_too_long_does_not_run()
{
    CountingObserver observer;
    std::vector<std::string> ran;
    QByteArray expiredFor;
    {
        Gate gate;
        WorkerPool pool("late", 1, 10, {}, &observer);
        QVERIFY(pool.submit([&] { gate.pass(); }));
        const WorkerContext::Scope scope("req-1");
        const auto expired = [&] {
            ran.push_back("expired");
            expiredFor = WorkerContext::requestId();
        };
        QVERIFY(pool.submit([&] { ran.push_back("too late"); }, 0ms, expired));
        QVERIFY(pool.submit([&] { ran.push_back("in time"); }, 1h, expired));
        QVERIFY(pool.submit([&] { ran.push_back("patient"); }));
        gate.open();
        QVERIFY(pool.drain(30s));
    }
    QCOMPARE(ran, (std::vector<std::string>{"expired", "in time", "patient"}));
    QCOMPARE(expiredFor, QByteArray("req-1"));
    QCOMPARE(observer.queued, 4);
    QCOMPARE(observer.began, 3);
    QCOMPARE(observer.discarded, 1);
}

void TestWorkerPool::expiring_needs_no_thread_of_the_pool()
{
    Gate gate;
    std::latch running(1);
    WorkerPool pool("stuck", 1, 10);
    QVERIFY(pool.submit([&] {
        running.count_down();
        gate.pass();
    }));
    running.wait();
    std::vector<int> expired;
    std::atomic<int> ran{0};
    for (int i = 0; i < 3; ++i) {
        QVERIFY(pool.submit([&] { ++ran; }, 0ms, [&expired, i] { expired.push_back(i); }));
        QVERIFY(pool.submit([&] { ++ran; }, 1h, [&] { expired.push_back(-1); }));
    }
    QVERIFY(pool.submit([&] { ++ran; }));
    pool.expireWaiting();
    QCOMPARE(expired, (std::vector<int>{0, 1, 2}));
    QCOMPARE(pool.queueLength(), size_t(4));
    gate.open();
    QVERIFY(pool.drain(30s));
    QCOMPARE(ran, 4);
    QCOMPARE(expired.size(), size_t(3));
}

void TestWorkerPool::drain_waits_for_what_expires()
{
    QTest::ignoreMessage(QtCriticalMsg, "the end of the waiting in pool last failed: no answer");
    Gate gate;
    std::latch running(1);
    std::atomic<bool> expired{false};
    WorkerPool pool("last", 1, 10);
    QVERIFY(pool.submit([&] {
        running.count_down();
        gate.pass();
    }));
    running.wait();
    QVERIFY(pool.submit([] {}, 0ms, [] { throw Fault("no answer"); }));
    QVERIFY(pool.submit([] {}, 0ms, [&] { expired = true; }));
    gate.open();
    QVERIFY(pool.drain(30s));
    QVERIFY(expired);
}

QTEST_APPLESS_MAIN(TestWorkerPool)
#include "tst_worker_pool.moc"
