// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/runtime/epoll_dispatcher.h"

#include <QEventLoop>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <mutex>
#include <numeric>
#include <thread>
#include <vector>

using guildhall::EpollDispatcher;
using namespace std::chrono_literals;
using std::chrono::nanoseconds;

namespace {

/// A thread whose loop is measured.
class MeasuredThread {
public:
    MeasuredThread()
    {
        EpollDispatcher::installOn(m_thread, [this](nanoseconds took) {
            const std::lock_guard lock(m_mutex);
            m_turns.push_back(took);
        });
        m_inside.moveToThread(&m_thread);
        m_thread.start();
    }
    ~MeasuredThread()
    {
        m_thread.quit();
        m_thread.wait();
    }
    void run(const std::function<void()> &work)
    {
        QMetaObject::invokeMethod(&m_inside, work, Qt::BlockingQueuedConnection);
        // The turn is over when the next one can answer.
        QMetaObject::invokeMethod(
            &m_inside, [] {}, Qt::BlockingQueuedConnection);
    }
    std::vector<nanoseconds> takeTurns()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_turns, {});
    }

private:
    QThread m_thread;
    QObject m_inside;
    std::mutex m_mutex;
    std::vector<nanoseconds> m_turns;
};

nanoseconds sum(const std::vector<nanoseconds> &turns)
{
    return std::accumulate(turns.begin(), turns.end(), nanoseconds::zero());
}

bool anyAtLeast(const std::vector<nanoseconds> &turns, nanoseconds least)
{
    return std::any_of(turns.begin(), turns.end(), [&](nanoseconds t) { return t >= least; });
}

} // namespace

class TestLoopTurns : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_turn_is_as_long_as_its_work();
    void waiting_for_events_is_no_part_of_a_turn();
    void a_nested_loop_waits_too();
    void turns_with_timers_are_measured();
};

void TestLoopTurns::a_turn_is_as_long_as_its_work()
{
    MeasuredThread thread;
    thread.run([] { std::this_thread::sleep_for(60ms); });
    QVERIFY(anyAtLeast(thread.takeTurns(), 60ms));
}

// Times of a busy machine are only ever longer, so the share of the wait is what is judged: a loop
// that counted it would come to more than it.
void TestLoopTurns::waiting_for_events_is_no_part_of_a_turn()
{
    MeasuredThread thread;
    thread.run([] {});
    thread.takeTurns();
    std::this_thread::sleep_for(2s);
    thread.run([] {});
    const auto turns = thread.takeTurns();
    QVERIFY(!turns.empty());
    QVERIFY(sum(turns) < 2s);
}

void TestLoopTurns::a_nested_loop_waits_too()
{
    MeasuredThread thread;
    thread.run([] {});
    thread.takeTurns();
    thread.run([] {
        QEventLoop nested;
        QTimer::singleShot(2s, &nested, &QEventLoop::quit);
        nested.exec();
    });
    const auto turns = thread.takeTurns();
    QVERIFY(turns.size() >= 2);
    QVERIFY(!anyAtLeast(turns, 2s));
}

void TestLoopTurns::turns_with_timers_are_measured()
{
    MeasuredThread thread;
    QTimer *timer = nullptr;
    std::atomic<int> fired{0};
    thread.run([&] {
        timer = new QTimer;
        QObject::connect(timer, &QTimer::timeout, timer, [&] {
            std::this_thread::sleep_for(30ms);
            ++fired;
        });
        timer->start(1);
    });
    QTRY_VERIFY(fired >= 3);
    thread.run([&] { delete timer; });
    QVERIFY(sum(thread.takeTurns()) >= 90ms);
}

QTEST_GUILESS_MAIN(TestLoopTurns)
#include "tst_loop_turns.moc"
