// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/runtime/bounded_cache.h"
#include "server/infrastructure/runtime/manual_clock.h"

#include <QtTest>

#include <atomic>
#include <thread>

using namespace guildhall;
using namespace std::chrono_literals;

class TestBoundedCache : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void what_is_put_is_found();
    void the_least_recently_used_leaves_first();
    void nothing_outlives_its_time();
    void a_value_read_before_a_change_is_not_kept();
    void some_are_forgotten_by_what_they_are();
    void a_value_is_replaced();
    void readers_never_keep_what_was_changed();

private:
    ManualClock m_clock;
};

void TestBoundedCache::what_is_put_is_found()
{
    BoundedCache<int, QString> cache(10, 1min, m_clock);
    QVERIFY(!cache.find(1));
    cache.put(1, QStringLiteral("one"), cache.beginReading());
    QCOMPARE(cache.find(1), std::optional(QStringLiteral("one")));
    cache.forget(1);
    QVERIFY(!cache.find(1));
    QCOMPARE(cache.size(), size_t(0));
}

void TestBoundedCache::the_least_recently_used_leaves_first()
{
    BoundedCache<int, int> cache(3, 1min, m_clock);
    const auto ticket = cache.beginReading();
    for (int i = 1; i <= 3; ++i)
        cache.put(i, i, ticket);
    QVERIFY(cache.find(1)); // used again
    cache.put(4, 4, ticket);
    QCOMPARE(cache.size(), size_t(3));
    QVERIFY(!cache.find(2));
    QVERIFY(cache.find(1));
    QVERIFY(cache.find(3));
    QVERIFY(cache.find(4));
}

void TestBoundedCache::nothing_outlives_its_time()
{
    BoundedCache<int, int> cache(3, 1min, m_clock);
    cache.put(1, 1, cache.beginReading());
    m_clock.advance(59s);
    QVERIFY(cache.find(1)); // being used does not make it younger
    m_clock.advance(1s);
    QVERIFY(!cache.find(1));
    QCOMPARE(cache.size(), size_t(0));
}

void TestBoundedCache::a_value_read_before_a_change_is_not_kept()
{
    BoundedCache<int, int> cache(3, 1min, m_clock);
    const auto ticket = cache.beginReading();
    cache.forget(1); // somebody changed it after we read it
    cache.put(1, 1, ticket);
    QVERIFY(!cache.find(1));
    cache.put(1, 2, cache.beginReading());
    QCOMPARE(cache.find(1), std::optional(2));
}

void TestBoundedCache::some_are_forgotten_by_what_they_are()
{
    BoundedCache<int, int> cache(10, 1min, m_clock);
    const auto ticket = cache.beginReading();
    for (int i = 0; i < 6; ++i)
        cache.put(i, i, ticket);
    cache.forgetIf([](int value) { return value % 2 == 0; });
    QCOMPARE(cache.size(), size_t(3));
    QVERIFY(!cache.find(2));
    QVERIFY(cache.find(3));
    cache.put(2, 2, ticket); // read before
    QVERIFY(!cache.find(2));
}

void TestBoundedCache::a_value_is_replaced()
{
    BoundedCache<int, int> cache(1, 1min, m_clock);
    cache.put(1, 1, cache.beginReading());
    m_clock.advance(30s);
    cache.put(1, 2, cache.beginReading());
    m_clock.advance(31s);
    QCOMPARE(cache.find(1), std::optional(2)); // with a time of its own
    QCOMPARE(cache.size(), size_t(1));
}

void TestBoundedCache::readers_never_keep_what_was_changed()
{
    BoundedCache<int, int> cache(4, 1min, m_clock);
    std::atomic<int> source{0};
    std::atomic<bool> done{false};
    std::atomic<int> stale{0};
    {
        std::vector<std::jthread> readers;
        for (int i = 0; i < 2; ++i) {
            readers.emplace_back([&] {
                while (!done) {
                    const auto ticket = cache.beginReading();
                    if (!cache.find(1))
                        cache.put(1, source.load(), ticket);
                }
            });
        }
        for (int change = 1; change <= 20'000; ++change) {
            source = change;
            cache.forget(1);
            // From here on nobody may see an older value.
            if (const auto value = cache.find(1); value && *value < change)
                ++stale;
        }
        done = true;
    }
    QCOMPARE(stale.load(), 0);
}

QTEST_APPLESS_MAIN(TestBoundedCache)
#include "tst_bounded_cache.moc"
