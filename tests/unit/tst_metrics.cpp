// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/database/db_fault.h"
#include "server/infrastructure/database/query.h"
#include "server/infrastructure/metrics/metrics.h"

#include <QtTest>

#include <thread>

using namespace guildhall;
using namespace std::chrono_literals;

namespace {

/// The value of a line of the text, as it is written; empty when there is no such line.
QByteArray valueOf(const Metrics &metrics, const QByteArray &series)
{
    for (const QByteArray &line : metrics.text().split('\n')) {
        if (line.startsWith(series + ' '))
            return line.mid(series.size() + 1);
    }
    return {};
}

} // namespace

class TestMetrics : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answers_are_counted_by_route_and_status();
    void a_status_nobody_planned_is_counted_as_other();
    void every_family_has_help_and_type();
    void the_process_is_measured();
    void a_pool_is_observed();
    void faults_are_counted_by_what_the_server_said();
    void what_may_happen_is_counted_from_nought_on();
    void labelled_counters_are_kept_apart();
    void threads_lose_no_count();
};

void TestMetrics::answers_are_counted_by_route_and_status()
{
    Metrics metrics;
    RouteMetrics &get = metrics.route("GET", "/channels/{channel}");
    RouteMetrics &patch = metrics.route("PATCH", "/channels/{channel}");
    get.answered(200, 2ms);
    get.answered(200, 30ms);
    get.answered(404, 1ms);
    patch.answered(200, 1ms);
    const QByteArray route = R"(route="/channels/{channel}")";
    const QByteArray requests = R"(guildhall_http_requests_total{method="GET",)" + route;
    QCOMPARE(valueOf(metrics, requests + R"(,status="200"})"), QByteArray("2"));
    QCOMPARE(valueOf(metrics, requests + R"(,status="404"})"), QByteArray("1"));
    const QByteArray seconds = R"(guildhall_http_request_seconds_bucket{method="GET",)" + route;
    QCOMPARE(valueOf(metrics, seconds + R"(,le="0.0025"})"), QByteArray("2"));
    QCOMPARE(valueOf(metrics, seconds + R"(,le="+Inf"})"), QByteArray("3"));
}

void TestMetrics::a_status_nobody_planned_is_counted_as_other()
{
    Metrics metrics;
    RouteMetrics &route = metrics.route("GET", "/x");
    for (const int status : {0, 299, 418, 599, 1000})
        route.answered(status, 1ms);
    QCOMPARE(valueOf(metrics,
                     R"(guildhall_http_requests_total{method="GET",route="/x",status="other"})"),
             QByteArray("5"));
}

void TestMetrics::every_family_has_help_and_type()
{
    Metrics metrics;
    metrics.pool("api");
    metrics.database.statementRan(db::Query{"insert_message", ""}, 1ms);
    const QByteArray text = metrics.text();
    for (const char *name :
         {"guildhall_build_info", "guildhall_gateway_sessions", "guildhall_gateway_events_total",
          "guildhall_query_seconds", "guildhall_pool_queue_length", "guildhall_pool_wait_seconds",
          "guildhall_lane_batch_seconds", "guildhall_door_connections",
          "process_cpu_seconds_total"}) {
        QVERIFY2(text.contains(QByteArray("# HELP ") + name + ' '), name);
        QVERIFY2(text.contains(QByteArray("# TYPE ") + name + ' '), name);
    }
}

void TestMetrics::the_process_is_measured()
{
#ifndef Q_OS_LINUX
    QSKIP("/proc is read on Linux only");
#endif
    const Metrics metrics;
    QVERIFY(valueOf(metrics, "process_resident_memory_bytes").toDouble() > 1e6);
    QVERIFY(valueOf(metrics, "process_open_fds").toDouble() >= 3);
    QVERIFY(valueOf(metrics, "process_max_fds").toDouble() >= 64);
    QVERIFY(valueOf(metrics, "process_threads").toDouble() >= 1);
    const double started = valueOf(metrics, "process_start_time_seconds").toDouble();
    const double now = double(QDateTime::currentSecsSinceEpoch());
    QVERIFY(started > now - 86'400 && started < now + 60);
}

void TestMetrics::a_pool_is_observed()
{
    QTest::ignoreMessage(QtCriticalMsg, "a job of pool api failed: bad");
    Metrics metrics;
    {
        WorkerPool pool("api", 1, 10, {}, &metrics.pool("api"));
        QVERIFY(pool.submit([] {}));
        QVERIFY(pool.submit([] { throw std::runtime_error("bad"); }));
        QVERIFY(pool.drain(30s));
        QVERIFY(!pool.submit([] {}));
    }
    QCOMPARE(valueOf(metrics, R"(guildhall_pool_queue_length{pool="api"})"), QByteArray("0"));
    QCOMPARE(valueOf(metrics, R"(guildhall_pool_busy_threads{pool="api"})"), QByteArray("0"));
    QCOMPARE(valueOf(metrics, R"(guildhall_pool_wait_seconds_count{pool="api"})"), QByteArray("2"));
    QCOMPARE(valueOf(metrics, R"(guildhall_pool_run_seconds_count{pool="api"})"), QByteArray("2"));
    QCOMPARE(valueOf(metrics, R"(guildhall_pool_faults_total{pool="api"})"), QByteArray("1"));
    QCOMPARE(valueOf(metrics, R"(guildhall_pool_refused_total{pool="api"})"), QByteArray("1"));
}

void TestMetrics::faults_are_counted_by_what_the_server_said()
{
    using db::DbFault;
    Metrics metrics;
    metrics.database.statementFailed({DbFault::Kind::Statement, "q", "taken", "23505"});
    metrics.database.statementFailed({DbFault::Kind::ConnectionLost, "q", "going", "57P01"});
    metrics.database.statementFailed({DbFault::Kind::ConnectionLost, "q", "gone"});
    metrics.database.statementFailed({DbFault::Kind::OutcomeUnknown, "q", "gone"});
    metrics.database.statementFailed({DbFault::Kind::TimedOut, "q", "silent"});
    metrics.database.statementFailed({DbFault::Kind::Misuse, "q", "a bug"});
    const auto counted = [&](const char *state) {
        return valueOf(metrics,
                       QByteArray(R"(guildhall_database_faults_total{sqlstate=")") + state + "\"}");
    };
    QCOMPARE(counted("23505"), QByteArray("1"));
    QCOMPARE(counted("57P01"), QByteArray("1"));
    QCOMPARE(counted("connection_lost"), QByteArray("2"));
    QCOMPARE(counted("timed_out"), QByteArray("1"));
    QCOMPARE(counted("none"), QByteArray("1"));
}

// A rate can only be told of a series that was there before it rose.
void TestMetrics::what_may_happen_is_counted_from_nought_on()
{
    const Metrics metrics;
    for (const char *reason : {"too_many", "too_slow", "too_large", "malformed", "no_room"})
        QCOMPARE(valueOf(metrics,
                         QByteArray(R"(guildhall_door_refused_total{reason=")") + reason + "\"}"),
                 QByteArray("0"));
    for (const char *reason : {"too_slow", "gone", "unknown_rights"})
        QCOMPARE(
            valueOf(metrics,
                    QByteArray(R"(guildhall_gateway_dropped_total{reason=")") + reason + "\"}"),
            QByteArray("0"));
    for (const char *name : {"guildhall_door_connections", "guildhall_gateway_sessions",
                             "guildhall_gateway_events_total", "guildhall_gateway_sent_bytes_total",
                             "guildhall_database_reconnects_total"})
        QCOMPARE(valueOf(metrics, name), QByteArray("0"));
}

void TestMetrics::labelled_counters_are_kept_apart()
{
    Metrics metrics;
    prometheus::Counter &slow = metrics.gateway.closed.of("4000");
    slow.Increment();
    metrics.gateway.closed.of("4004").Increment();
    metrics.gateway.closed.of("4000").Increment();
    QCOMPARE(slow.Value(), 2.0);
    QCOMPARE(valueOf(metrics, R"(guildhall_gateway_closed_total{code="4004"})"), QByteArray("1"));
}

void TestMetrics::threads_lose_no_count()
{
    constexpr int threadCount = 4;
    constexpr int perThread = 5'000;
    Metrics metrics;
    RouteMetrics &route = metrics.route("GET", "/x");
    std::vector<std::thread> threads;
    for (int t = 0; t < threadCount; ++t) {
        threads.emplace_back([&route] {
            for (int i = 0; i < perThread; ++i)
                route.answered(i % 2 == 0 ? 200 : 404, 1ms);
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    for (const char *status : {"200", "404"})
        QCOMPARE(valueOf(metrics,
                         QByteArray(R"(guildhall_http_requests_total{method="GET",route="/x",)")
                             + "status=\"" + status + "\"}"),
                 QByteArray("10000"));
}

QTEST_APPLESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
