// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/runtime/bounded_queue.h"

#include <QtTest>

#include <future>
#include <thread>

using namespace guildhall;

namespace {

bool always(int, int)
{
    return true;
}

} // namespace

class TestBoundedQueue : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_queue_is_closed_until_it_is_opened();
    void what_waits_is_taken_in_order_up_to_the_most();
    void only_what_goes_together_is_taken_together();
    void a_full_queue_refuses_until_something_is_taken();
    void a_closed_queue_gives_what_it_has_and_then_nothing();
    void closing_wakes_who_waits();
    void many_writers_lose_nothing();
};

void TestBoundedQueue::a_queue_is_closed_until_it_is_opened()
{
    BoundedQueue<int> queue(3);
    QVERIFY(!queue.push(1));
    QVERIFY(queue.take(3, always).empty()); // at once
    queue.open();
    QVERIFY(queue.push(2));
    QCOMPARE(queue.take(3, always), std::vector<int>{2});
}

void TestBoundedQueue::what_waits_is_taken_in_order_up_to_the_most()
{
    BoundedQueue<int> queue(10);
    queue.open();
    for (int i = 1; i <= 5; ++i)
        QVERIFY(queue.push(i));
    QCOMPARE(queue.take(3, always), (std::vector<int>{1, 2, 3}));
    QCOMPARE(queue.take(3, always), (std::vector<int>{4, 5}));
}

void TestBoundedQueue::only_what_goes_together_is_taken_together()
{
    BoundedQueue<int> queue(10);
    queue.open();
    for (const int i : {2, 4, 1, 6, 8})
        QVERIFY(queue.push(i));
    const auto bothEven = [](int first, int next) {
        return first % 2 == 0 && next % 2 == 0;
    };
    QCOMPARE(queue.take(9, bothEven), (std::vector<int>{2, 4}));
    QCOMPARE(queue.take(9, bothEven), std::vector<int>{1});
    QCOMPARE(queue.take(9, bothEven), (std::vector<int>{6, 8}));
}

void TestBoundedQueue::a_full_queue_refuses_until_something_is_taken()
{
    BoundedQueue<int> queue(2);
    queue.open();
    QVERIFY(queue.push(1) && queue.push(2));
    QVERIFY(!queue.push(3));
    queue.take(1, always);
    QVERIFY(queue.push(4));
    QCOMPARE(queue.take(9, always), (std::vector<int>{2, 4}));
}

void TestBoundedQueue::a_closed_queue_gives_what_it_has_and_then_nothing()
{
    BoundedQueue<int> queue(5);
    queue.open();
    QVERIFY(queue.push(1) && queue.push(2));
    queue.close();
    QVERIFY(!queue.push(3));
    QCOMPARE(queue.take(1, always), std::vector<int>{1});
    QCOMPARE(queue.take(1, always), std::vector<int>{2});
    QVERIFY(queue.take(1, always).empty());
}

void TestBoundedQueue::closing_wakes_who_waits()
{
    BoundedQueue<int> queue(5);
    queue.open();
    auto waiting = std::async(std::launch::async, [&] { return queue.take(1, always).size(); });
    queue.close();
    QCOMPARE(waiting.get(), size_t(0));
}

void TestBoundedQueue::many_writers_lose_nothing()
{
    constexpr int writers = 4;
    constexpr int each = 5000;
    BoundedQueue<int> queue(64);
    queue.open();
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer) {
        threads.emplace_back([&queue, writer] {
            for (int i = 0; i < each; ++i) {
                while (!queue.push(writer * each + i))
                    std::this_thread::yield();
            }
        });
    }
    std::vector<int> next(writers, 0);
    int taken = 0;
    while (taken < writers * each) {
        for (const int item : queue.take(7, always)) {
            QCOMPARE(item % each, next[size_t(item / each)]++); // each writer's in its order
            ++taken;
        }
    }
    for (std::thread &thread : threads)
        thread.join();
}

QTEST_APPLESS_MAIN(TestBoundedQueue)
#include "tst_bounded_queue.moc"
