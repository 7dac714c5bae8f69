// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/runtime/attempt_limiter.h"
#include "server/infrastructure/runtime/manual_clock.h"

#include <QtTest>

#include <atomic>
#include <thread>

using namespace guildhall;
using namespace std::chrono_literals;

class TestAttemptLimiter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void only_so_many_tries_in_a_window();
    void the_window_starts_with_the_first_try();
    void waiting_as_told_always_helps();
    void keys_count_apart();
    void asking_does_not_count();
    void many_threads_get_no_more_than_one();
    void a_flood_of_keys_is_swept();

private:
    ManualClock m_clock;
};

void TestAttemptLimiter::only_so_many_tries_in_a_window()
{
    AttemptLimiter limiter(3, 60s, m_clock);
    for (int i = 0; i < 3; ++i)
        QVERIFY(!limiter.attempt("ann"));
    QCOMPARE(limiter.attempt("ann"), std::optional(60'000ms));
    m_clock.advance(60s);
    QVERIFY(!limiter.attempt("ann"));
}

void TestAttemptLimiter::the_window_starts_with_the_first_try()
{
    AttemptLimiter limiter(2, 60s, m_clock);
    QVERIFY(!limiter.attempt("ann"));
    m_clock.advance(50s);
    QVERIFY(!limiter.attempt("ann"));
    QCOMPARE(limiter.attempt("ann"), std::optional(10'000ms));
    m_clock.advance(10s);
    QVERIFY(!limiter.attempt("ann"));
    QVERIFY(!limiter.attempt("ann"));
    QVERIFY(limiter.attempt("ann"));
}

void TestAttemptLimiter::waiting_as_told_always_helps()
{
    AttemptLimiter limiter(1, 60s, m_clock);
    QVERIFY(!limiter.attempt("ann"));
    for (int i = 0; i < 5; ++i)
        QCOMPARE(limiter.attempt("ann"), std::optional(60'000ms)); // and never longer
    m_clock.advance(*limiter.attempt("ann"));
    QVERIFY(!limiter.attempt("ann"));
}

void TestAttemptLimiter::keys_count_apart()
{
    AttemptLimiter limiter(1, 60s, m_clock);
    QVERIFY(!limiter.attempt("ann"));
    QVERIFY(!limiter.attempt("bob"));
    QVERIFY(limiter.attempt("ann"));
}

void TestAttemptLimiter::asking_does_not_count()
{
    AttemptLimiter limiter(1, 60s, m_clock);
    for (int i = 0; i < 3; ++i)
        QVERIFY(!limiter.waitFor("ann"));
    QVERIFY(!limiter.attempt("ann"));
    QCOMPARE(limiter.waitFor("ann"), std::optional(60'000ms));
    m_clock.advance(60s);
    QVERIFY(!limiter.waitFor("ann"));
}

void TestAttemptLimiter::many_threads_get_no_more_than_one()
{
    AttemptLimiter limiter(10, 60s, m_clock);
    std::atomic<int> allowed{0};
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                for (int j = 0; j < 50; ++j)
                    allowed += !limiter.attempt("ann");
            });
        }
    }
    QCOMPARE(allowed.load(), 10);
}

void TestAttemptLimiter::a_flood_of_keys_is_swept()
{
    AttemptLimiter limiter(1, 60s, m_clock);
    QVERIFY(!limiter.attempt("ann"));
    for (int i = 0; i < 10'000; ++i)
        limiter.attempt(QByteArray::number(i));
    QVERIFY(limiter.attempt("ann")); // what still counts is not swept
    m_clock.advance(60s);
    for (int i = 0; i < 10'000; ++i)
        QVERIFY(!limiter.attempt(QByteArray::number(i)));
    QVERIFY(!limiter.attempt("ann"));
}

QTEST_APPLESS_MAIN(TestAttemptLimiter)
#include "tst_attempt_limiter.moc"
