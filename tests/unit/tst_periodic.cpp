// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/fault.h"
#include "server/infrastructure/runtime/periodic.h"

#include <QtTest>

#include <atomic>
#include <latch>

using namespace guildhall;
using namespace std::chrono_literals;

class TestPeriodic : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_job_runs_again_and_again();
    void a_job_whose_time_has_not_come_does_not_run();
    void a_fault_does_not_end_a_job();
    void a_job_added_from_a_job_runs();
    void hooks_run_in_the_jobs_thread();
    void nothing_runs_after_stop();
};

void TestPeriodic::a_job_runs_again_and_again()
{
    std::latch fast(5);
    std::latch slow(2);
    Periodic periodic("periodic");
    std::atomic<int> fastRuns{0};
    std::atomic<int> slowRuns{0};
    periodic.every("slow", 3ms, [&] {
        if (++slowRuns <= 2)
            slow.count_down();
    });
    periodic.every("fast", 1ms, [&] {
        if (++fastRuns <= 5)
            fast.count_down();
    });
    fast.wait();
    slow.wait();
    periodic.stop();
    QVERIFY(fastRuns >= 5);
    QVERIFY(slowRuns >= 2);
}

void TestPeriodic::a_job_whose_time_has_not_come_does_not_run()
{
    std::latch ticks(3);
    std::atomic<int> count{0};
    std::atomic<bool> ran{false};
    Periodic periodic("periodic");
    periodic.every("daily", 24h, [&] { ran = true; });
    periodic.every("tick", 1ms, [&] {
        if (++count <= 3)
            ticks.count_down();
    });
    ticks.wait();
    periodic.stop();
    QVERIFY(!ran);
}

void TestPeriodic::a_fault_does_not_end_a_job()
{
    QTest::ignoreMessage(QtCriticalMsg, "the periodic job sweep failed: disk full");
    std::latch second(1);
    int runs = 0;
    Periodic periodic("periodic");
    periodic.every("sweep", 1ms, [&] {
        ++runs;
        if (runs == 1)
            throw Fault("disk full");
        if (runs == 2)
            second.count_down();
    });
    second.wait();
    periodic.stop();
    QVERIFY(runs >= 2);
}

void TestPeriodic::a_job_added_from_a_job_runs()
{
    std::latch added(1);
    std::atomic<int> runs{0};
    bool once = false;
    Periodic periodic("periodic");
    periodic.every("first", 1ms, [&] {
        if (!std::exchange(once, true)) {
            periodic.every("second", 1ms, [&] {
                if (++runs == 1)
                    added.count_down();
            });
        }
    });
    added.wait();
    periodic.stop();
    QVERIFY(runs >= 1);
}

void TestPeriodic::hooks_run_in_the_jobs_thread()
{
    std::thread::id setUp;
    std::thread::id job;
    std::thread::id tearDown;
    std::latch ran(1);
    {
        bool once = false;
        Periodic periodic("periodic",
                          {[&] { setUp = std::this_thread::get_id(); },
                           [&] {
                               tearDown = std::this_thread::get_id();
                           }});
        periodic.every("job", 1ms, [&] {
            if (!std::exchange(once, true)) {
                job = std::this_thread::get_id();
                ran.count_down();
            }
        });
        ran.wait();
        periodic.stop();
    }
    QVERIFY(setUp == job && job == tearDown);
    QVERIFY(job != std::this_thread::get_id());
}

void TestPeriodic::nothing_runs_after_stop()
{
    std::atomic<int> runs{0};
    Periodic periodic("periodic");
    periodic.stop();
    periodic.every("late", 0ms, [&] { ++runs; });
    periodic.stop();
    QCOMPARE(runs.load(), 0);
}

QTEST_APPLESS_MAIN(TestPeriodic)
#include "tst_periodic.moc"
