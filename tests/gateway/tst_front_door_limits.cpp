// SPDX-License-Identifier: GPL-3.0-or-later
// Deadlines and caps, set small.
#include "http_front.h"
#include "raw_client.h"
#include "server/gateway/door/address_quota.h"
#include "server/gateway/door/front_door.h"

#include <QElapsedTimer>
#include <QTest>

#include <sys/resource.h>
#include <unistd.h>

#include <memory>

using namespace guildhall;
using namespace guildhall::test;
using namespace std::chrono_literals;

namespace {

const QByteArray request = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n";

DoorSettings quick()
{
    DoorSettings settings;
    settings.limits.headerTime = 300ms;
    settings.limits.bodyTime = 300ms;
    settings.limits.idleTime = 300ms;
    settings.limits.writeTime = 300ms;
    settings.limits.lingerTime = 200ms;
    settings.limits.sweepInterval = 20ms;
    return settings;
}

/// Nobody is exempt from the cap per address.
DoorSettings counted(int perAddress)
{
    DoorSettings settings = quick();
    settings.limits.headerTime = 60s;
    settings.limits.idleTime = 60s;
    settings.limits.connectionsPerAddress = perAddress;
    settings.uncounted = [](const QHostAddress &) {
        return false;
    };
    return settings;
}

} // namespace

class TestFrontDoorLimits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_silent_connection_is_ended();
    void a_slow_head_is_answered_408_however_busy_it_looks();
    void a_slow_body_is_answered_408();
    void a_body_below_the_floor_is_answered_408();
    void a_body_above_the_floor_may_take_longer_than_a_span();
    void an_idle_connection_is_closed_without_a_word();
    void a_handler_may_take_longer_than_any_deadline();
    void a_reader_that_takes_nothing_is_cut_off();
    void a_client_that_never_closes_is_closed();
    void two_hundred_slow_clients_are_cut_while_others_are_served();
    void an_address_has_a_cap_and_others_are_not_concerned();
    void a_place_is_free_again_after_its_connection();
    void exempt_peers_are_not_counted();
    void addresses_of_one_IPv6_network_count_as_one();
    void beyond_the_total_connections_wait();
    void without_descriptors_accepting_pauses_and_goes_on();
};

void TestFrontDoorLimits::a_silent_connection_is_ended()
{
    HttpFront front(quick());
    RawClient client(front.port());
    QCOMPARE(client.answer().status, 408);
    QVERIFY(client.ends());
}

void TestFrontDoorLimits::a_slow_head_is_answered_408_however_busy_it_looks()
{
    HttpFront front(quick());
    RawClient client(front.port());
    QVERIFY(client.send("GET / HTTP/1.1\r\nHost: a\r\n"));
    QByteArray answer;
    for (int i = 0; i < 200 && answer.isEmpty(); ++i) {
        client.send("A: b\r\n");
        answer = client.within(20ms);
    }
    QVERIFY(answer.startsWith("HTTP/1.1 408 "));
    QVERIFY(answer.contains("\r\nConnection: close\r\n"));
    QVERIFY(answer.endsWith("{\"code\":0,\"message\":\"408: Request Timeout\"}"));
    QCOMPARE(front.handler.admittedCount.load(), 0);
}

void TestFrontDoorLimits::a_slow_body_is_answered_408()
{
    HttpFront front(quick());
    RawClient client(front.port());
    QVERIFY(client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhell"));
    QCOMPARE(client.answer().status, 408);
    QVERIFY(client.ends());
    QCOMPARE(front.handler.handledCount.load(), 0);
    QCOMPARE(front.handler.abandonedCount.load(), 1);
}

void TestFrontDoorLimits::a_body_below_the_floor_is_answered_408()
{
    DoorSettings settings = quick();
    settings.limits.bodyBytesPerSecond = 1'000'000;
    HttpFront front(settings);
    RawClient client(front.port());
    QVERIFY(client.send("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"));
    QByteArray answer;
    for (int i = 0; i < 200 && answer.isEmpty(); ++i) {
        client.send("64\r\n" + QByteArray(100, 'x') + "\r\n");
        answer = client.within(10ms);
    }
    QVERIFY(answer.startsWith("HTTP/1.1 408 "));
}

void TestFrontDoorLimits::a_body_above_the_floor_may_take_longer_than_a_span()
{
    DoorSettings settings = quick();
    settings.limits.bodyTime = 500ms;
    settings.limits.bodyBytesPerSecond = 100;
    HttpFront front(settings);
    RawClient client(front.port());
    QVERIFY(client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 30000\r\n\r\n"));
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 30; ++i) {
        QVERIFY(client.send(QByteArray(1000, 'x')));
        QTest::qWait(40);
    }
    QVERIFY(timer.elapsed() > 2 * 500);
    QCOMPARE(client.answer().status, 200);
}

void TestFrontDoorLimits::an_idle_connection_is_closed_without_a_word()
{
    HttpFront front(quick());
    RawClient client(front.port());
    QVERIFY(client.send(request));
    QCOMPARE(client.answer().status, 200);
    QCOMPARE(client.untilEnd(), QByteArray());
}

void TestFrontDoorLimits::a_handler_may_take_longer_than_any_deadline()
{
    HttpFront front(quick());
    front.handler.onHandle = [](const Request &) {
    };
    RawClient client(front.port());
    QVERIFY(client.send(request));
    QTRY_COMPARE(front.handler.handledCount.load(), 1);
    QVERIFY(client.within(700ms).isEmpty());
    front.handler.answer(1, text("at last"));
    QCOMPARE(client.answer().body, "at last");
}

void TestFrontDoorLimits::a_reader_that_takes_nothing_is_cut_off()
{
    HttpFront front(quick());
    const QByteArray large(50'000'000, 'x'); // more than the kernel's buffers take
    front.handler.onHandle = [&](const Request &request) {
        front.handler.answer(request.ticket, text(large));
    };
    RawClient client(front.port());
    QVERIFY(client.send(request));
    QTRY_COMPARE(front.handler.handledCount.load(), 1);
    QTRY_COMPARE(front.connections(), size_t(0));
}

void TestFrontDoorLimits::a_client_that_never_closes_is_closed()
{
    HttpFront front(quick());
    RawClient client(front.port());
    QVERIFY(client.send("GET /x HTTP/1.0\r\n\r\n"));
    QCOMPARE(client.answer().status, 200);
    QTRY_COMPARE(front.connections(), size_t(0)); // the client is still there
}

void TestFrontDoorLimits::two_hundred_slow_clients_are_cut_while_others_are_served()
{
    DoorSettings settings = quick();
    settings.limits.idleTime = 60s;
    HttpFront front(settings);
    std::vector<std::unique_ptr<RawClient>> slow;
    for (int i = 0; i < 200; ++i) {
        slow.push_back(std::make_unique<RawClient>(front.port()));
        QVERIFY(slow.back()->send("GET / HTTP/1.1\r\nA: "));
    }
    RawClient client(front.port());
    for (int i = 0; i < 50; ++i) {
        QVERIFY(client.send(request));
        QCOMPARE(client.answer().status, 200);
    }
    for (auto &one : slow) {
        QCOMPARE(one->answer().status, 408);
        QVERIFY(one->ends());
    }
    slow.clear();
    client.close();
    QTRY_COMPARE(front.connections(), size_t(0));
}

void TestFrontDoorLimits::an_address_has_a_cap_and_others_are_not_concerned()
{
    HttpFront front(counted(3));
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(std::make_unique<RawClient>(front.port(), "127.0.0.2"));
        QVERIFY(clients.back()->send(request));
        QCOMPARE(clients.back()->answer().status, 200);
    }
    RawClient fourth(front.port(), "127.0.0.2");
    fourth.send(request);
    QVERIFY(fourth.ends());
    RawClient other(front.port(), "127.0.0.3");
    QVERIFY(other.send(request));
    QCOMPARE(other.answer().status, 200);
}

void TestFrontDoorLimits::a_place_is_free_again_after_its_connection()
{
    HttpFront front(counted(1));
    for (int i = 0; i < 5; ++i) {
        RawClient client(front.port(), "127.0.0.2");
        QVERIFY(client.send(request));
        QCOMPARE(client.answer().status, 200);
        client.close();
        QTRY_COMPARE(front.connections(), size_t(0));
    }
}

void TestFrontDoorLimits::exempt_peers_are_not_counted()
{
    DoorSettings settings = counted(1);
    settings.uncounted = [](const QHostAddress &peer) {
        return peer == QHostAddress(QStringLiteral("127.0.0.9"));
    };
    HttpFront front(settings);
    RawClient one(front.port(), "127.0.0.9");
    RawClient two(front.port(), "127.0.0.9");
    QVERIFY(one.send(request) && two.send(request));
    QCOMPARE(one.answer().status, 200);
    QCOMPARE(two.answer().status, 200);
    QVERIFY(DoorSettings().uncounted(QHostAddress(QHostAddress::LocalHostIPv6)));
    QVERIFY(!DoorSettings().uncounted(QHostAddress(QStringLiteral("192.0.2.1"))));
}

void TestFrontDoorLimits::addresses_of_one_IPv6_network_count_as_one()
{
    AddressQuota quota;
    const QHostAddress first(QStringLiteral("2001:db8:1:2::1"));
    const QHostAddress neighbour(QStringLiteral("2001:db8:1:2:ffff::9"));
    const QHostAddress stranger(QStringLiteral("2001:db8:1:3::1"));
    const QHostAddress plain(QStringLiteral("192.0.2.1"));
    const QHostAddress mapped(QStringLiteral("::ffff:192.0.2.1"));
    {
        const auto one = quota.take(first, 1);
        QVERIFY(one);
        QVERIFY(!quota.take(neighbour, 1));
        const auto two = quota.take(stranger, 1);
        QVERIFY(two);
        const auto three = quota.take(plain, 1);
        QVERIFY(three);
        QVERIFY(!quota.take(mapped, 1));
        QCOMPARE(quota.total(), 3);
    }
    QCOMPARE(quota.total(), 0);
    QVERIFY(quota.take(neighbour, 1));
}

void TestFrontDoorLimits::beyond_the_total_connections_wait()
{
    DoorSettings settings = quick();
    settings.limits.headerTime = 60s;
    settings.limits.idleTime = 60s;
    settings.limits.connections = 2;
    HttpFront front(settings);
    auto one = std::make_unique<RawClient>(front.port());
    QVERIFY(one->send(request));
    QCOMPARE(one->answer().status, 200);
    RawClient two(front.port());
    QVERIFY(two.send(request));
    QCOMPARE(two.answer().status, 200);
    RawClient three(front.port()); // the kernel takes it, the door does not yet
    QVERIFY(three.send(request));
    QVERIFY(three.within(200ms).isEmpty());
    one.reset();
    QCOMPARE(three.answer().status, 200);
}

void TestFrontDoorLimits::without_descriptors_accepting_pauses_and_goes_on()
{
    DoorSettings settings = quick();
    settings.limits.idleTime = 60s;
    HttpFront front(settings);
    RawClient early(front.port());
    QVERIFY(early.send(request));
    QCOMPARE(early.answer().status, 200);

    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &before), 0);
    const int next = ::dup(0); // the lowest free number
    ::close(next);
    rlimit tight = before;
    tight.rlim_cur = rlim_t(next + 1);
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &tight), 0);
    RawClient starved(front.port()); // takes that number; none is left for the server's end
    const bool connected = starved.isConnected() && starved.send(request);
    const QByteArray meanwhile = connected ? starved.within(200ms) : QByteArray();
    early.send(request);
    const int statusOfEarly = early.answer().status;
    ::setrlimit(RLIMIT_NOFILE, &before);

    QVERIFY(connected);
    QCOMPARE(meanwhile, QByteArray());
    QCOMPARE(statusOfEarly, 200);
    QCOMPARE(starved.answer().status, 200);
}

QTEST_GUILESS_MAIN(TestFrontDoorLimits)
#include "tst_front_door_limits.moc"
