// SPDX-License-Identifier: GPL-3.0-or-later
// What the door counts.
#include "http_front.h"
#include "raw_client.h"
#include "server/infrastructure/metrics/metrics.h"
#include "tests/support/scrape.h"

#include <QTest>

#include <memory>

using namespace guildhall;
using namespace guildhall::test;
using namespace std::chrono_literals;

namespace {

const QByteArray request = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n";

/// A door whose deadlines a test can wait for, and what it counts.
class CountingFront {
public:
    explicit CountingFront(DoorSettings settings = {})
        : front(counted(std::move(settings), metrics.door))
    { }

    double refused(const char *reason) const
    {
        return Scrape(metrics.text())
            .value(QByteArray("guildhall_door_refused_total{reason=\"") + reason + "\"}");
    }
    double allRefused() const
    {
        return Scrape(metrics.text()).sum("guildhall_door_refused_total{");
    }
    double connections() const
    {
        return Scrape(metrics.text()).value("guildhall_door_connections");
    }

    Metrics metrics;
    HttpFront front;

private:
    static DoorSettings counted(DoorSettings settings, DoorMetrics &metrics)
    {
        settings.metrics = &metrics;
        settings.limits.sweepInterval = 20ms;
        return settings;
    }
};

QByteArray withBody(qsizetype length, qsizetype part)
{
    return "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: " + QByteArray::number(length)
        + "\r\n\r\n" + QByteArray(part, 'x');
}

} // namespace

class TestFrontDoorMetrics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void connections_are_counted_while_they_last();
    void what_is_answered_is_no_refusal();
    void what_is_not_HTTP_is_malformed();
    void a_head_or_a_body_may_be_too_large();
    void a_client_may_be_too_slow_to_ask();
    void a_client_may_be_too_slow_to_take_its_answer();
    void an_address_may_have_too_many();
    void a_body_may_find_no_room();
    void without_metrics_nothing_is_counted();
};

void TestFrontDoorMetrics::connections_are_counted_while_they_last()
{
    CountingFront world;
    QCOMPARE(world.connections(), 0.0);
    {
        RawClient one(world.front.port());
        RawClient other(world.front.port());
        QTRY_COMPARE(world.connections(), 2.0);
        one.close();
        QTRY_COMPARE(world.connections(), 1.0);
    }
    QTRY_COMPARE(world.connections(), 0.0);
}

void TestFrontDoorMetrics::what_is_answered_is_no_refusal()
{
    CountingFront world;
    RawClient client(world.front.port());
    client.send(request);
    QCOMPARE(client.answer().status, 200);
    // The handler saw it, and said no itself.
    world.front.handler.onAdmit = [](quint64, const RequestHead &, auto decided) {
        decided({text("no", 403), 0});
    };
    client.send(request);
    QCOMPARE(client.answer().status, 403);
    QCOMPARE(world.allRefused(), 0.0);
}

void TestFrontDoorMetrics::what_is_not_HTTP_is_malformed()
{
    CountingFront world;
    RawClient client(world.front.port());
    client.send("\x16\x03\x01 hello\r\n\r\n");
    QCOMPARE(client.answer().status, 400);
    QCOMPARE(world.refused("malformed"), 1.0);
    QCOMPARE(world.allRefused(), 1.0);
}

void TestFrontDoorMetrics::a_head_or_a_body_may_be_too_large()
{
    CountingFront world;
    RawClient head(world.front.port());
    head.send("GET /x HTTP/1.1\r\nX: " + QByteArray(200'000, 'x') + "\r\n\r\n");
    QCOMPARE(head.answer().status, 431);
    QCOMPARE(world.refused("too_large"), 1.0);
    RawClient body(world.front.port());
    body.send(withBody(2 * 1024 * 1024, 0));
    QCOMPARE(body.answer().status, 413);
    QCOMPARE(world.refused("too_large"), 2.0);
    QCOMPARE(world.allRefused(), 2.0);
}

void TestFrontDoorMetrics::a_client_may_be_too_slow_to_ask()
{
    DoorSettings settings;
    settings.limits.headerTime = 100ms;
    CountingFront world(settings);
    RawClient client(world.front.port());
    client.send("GET /x HT");
    QCOMPARE(client.answer().status, 408);
    QCOMPARE(world.refused("too_slow"), 1.0);
}

void TestFrontDoorMetrics::a_client_may_be_too_slow_to_take_its_answer()
{
    DoorSettings settings;
    settings.limits.writeTime = 100ms;
    CountingFront world(settings);
    world.front.handler.onHandle = [&world](const Request &asked) {
        world.front.handler.answer(asked.ticket, text(QByteArray(32 * 1024 * 1024, 'x')));
    };
    RawClient client(world.front.port());
    client.send(request);
    QTRY_COMPARE(world.refused("too_slow"), 1.0);
    QTRY_COMPARE(world.connections(), 0.0);
}

void TestFrontDoorMetrics::an_address_may_have_too_many()
{
    DoorSettings settings;
    settings.limits.connectionsPerAddress = 1;
    settings.uncounted = [](const QHostAddress &) {
        return false;
    };
    CountingFront world(settings);
    RawClient one(world.front.port());
    one.send(request);
    QCOMPARE(one.answer().status, 200);
    RawClient other(world.front.port());
    QVERIFY(other.ends());
    QCOMPARE(world.refused("too_many"), 1.0);
    QCOMPARE(world.connections(), 1.0);
}

void TestFrontDoorMetrics::a_body_may_find_no_room()
{
    DoorSettings settings;
    settings.limits.bodyMemory = 10'000;
    CountingFront world(settings);
    RawClient client(world.front.port());
    client.send(withBody(100'000, 50'000));
    QCOMPARE(client.answer().status, 503);
    QCOMPARE(world.refused("no_room"), 1.0);
}

void TestFrontDoorMetrics::without_metrics_nothing_is_counted()
{
    HttpFront front;
    RawClient client(front.port());
    client.send("nonsense\r\n\r\n");
    QCOMPARE(client.answer().status, 400);
}

QTEST_GUILESS_MAIN(TestFrontDoorMetrics)
#include "tst_front_door_metrics.moc"
