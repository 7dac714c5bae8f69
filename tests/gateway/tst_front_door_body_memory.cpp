// SPDX-License-Identifier: GPL-3.0-or-later
// How much memory the bodies of all requests may take, and when it is given back.
#include "http_front.h"
#include "raw_client.h"
#include "server/gateway/door/body_budget.h"
#include "server/gateway/door/front_door.h"

#include <QSemaphore>
#include <QTest>

#include <memory>

using namespace guildhall;
using namespace guildhall::test;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype kib = 1024;

DoorSettings withMemory(qint64 bytes)
{
    DoorSettings settings;
    settings.limits.bodyMemory = bytes;
    return settings;
}

/// Nobody is exempt from the share of one address.
DoorSettings withShares(qint64 bytes)
{
    DoorSettings settings = withMemory(bytes);
    settings.uncounted = [](const QHostAddress &) {
        return false;
    };
    return settings;
}

/// A request that brings only a part of its body.
QByteArray begun(qsizetype length, qsizetype part, const QByteArray &headers = {})
{
    return "POST /x HTTP/1.1\r\nHost: a\r\n" + headers
        + "Content-Length: " + QByteArray::number(length) + "\r\n\r\n" + QByteArray(part, 'x');
}

qint64 bodyMemory(HttpFront &front)
{
    qint64 bytes = 0;
    front.inThread([&](QtHttpAdapter &adapter) { bytes = adapter.door().bodyMemory(); });
    return bytes;
}

} // namespace

class TestFrontDoorBodyMemory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_body_that_finds_no_room_is_answered_503();
    void a_chunked_body_is_counted_as_it_comes();
    void announced_bytes_take_nothing();
    void one_address_gets_a_quarter();
    void behind_a_proxy_each_client_is_counted();
    void a_peer_that_leaves_gives_back();
    void a_refused_body_is_given_back_before_the_peer_has_left();
    void a_body_is_counted_until_nobody_keeps_it();
    void requests_without_a_body_need_no_room();
    void a_network_of_IPv6_counts_as_one();
};

void TestFrontDoorBodyMemory::a_body_that_finds_no_room_is_answered_503()
{
    HttpFront front(withMemory(1024 * kib));
    front.handler.recording = false;
    RawClient first(front.port());
    QVERIFY(first.send(begun(700 * kib, 650 * kib)));
    QTRY_VERIFY(bodyMemory(front) >= 650 * kib);

    RawClient second(front.port());
    second.send(begun(700 * kib, 650 * kib));
    const auto refused = second.answer();
    QCOMPARE(refused.status, 503);
    QCOMPARE(refused.header("Retry-After"), "1");
    QCOMPARE(refused.header("Connection"), "close");
    QVERIFY(second.ends());
    QTRY_COMPARE(front.handler.abandonedCount.load(), 1);

    QVERIFY(first.send(QByteArray(50 * kib, 'x')));
    QCOMPARE(first.answer().status, 200);
    RawClient third(front.port());
    QVERIFY(third.send(begun(700 * kib, 700 * kib)));
    QCOMPARE(third.answer().status, 200);
}

void TestFrontDoorBodyMemory::a_chunked_body_is_counted_as_it_comes()
{
    HttpFront front(withMemory(256 * kib));
    RawClient client(front.port());
    QByteArray bytes = "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 10; ++i)
        bytes += "8000\r\n" + QByteArray(0x8000, 'x') + "\r\n";
    client.send(bytes);
    QCOMPARE(client.answer().status, 503);
    QVERIFY(client.ends());
    QCOMPARE(bodyMemory(front), 0);
}

void TestFrontDoorBodyMemory::announced_bytes_take_nothing()
{
    HttpFront front(withMemory(1024 * kib));
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 100; ++i) {
        clients.push_back(std::make_unique<RawClient>(front.port()));
        QVERIFY(clients.back()->send(begun(1024 * kib, 0)));
    }
    QTRY_COMPARE(front.handler.admittedCount.load(), 100);
    QCOMPARE(bodyMemory(front), 0);
    RawClient other(front.port());
    QVERIFY(other.send(begun(500 * kib, 500 * kib)));
    QCOMPARE(other.answer().status, 200);
}

void TestFrontDoorBodyMemory::one_address_gets_a_quarter()
{
    HttpFront front(withShares(1024 * kib));
    RawClient first(front.port(), "127.0.0.2");
    QVERIFY(first.send(begun(200 * kib, 199 * kib)));
    QTRY_VERIFY(bodyMemory(front) >= 199 * kib);
    RawClient second(front.port(), "127.0.0.2");
    second.send(begun(200 * kib, 199 * kib));
    QCOMPARE(second.answer().status, 503);
    RawClient other(front.port(), "127.0.0.3");
    QVERIFY(other.send(begun(200 * kib, 200 * kib)));
    QCOMPARE(other.answer().status, 200);
}

void TestFrontDoorBodyMemory::behind_a_proxy_each_client_is_counted()
{
    DoorSettings settings = withMemory(1024 * kib);
    settings.clientOf = [](const RequestHead &head) {
        return QHostAddress(QString::fromLatin1(head.header("client")));
    };
    HttpFront front(settings); // the peer itself is exempt
    RawClient first(front.port());
    QVERIFY(first.send(begun(200 * kib, 199 * kib, "Client: 192.0.2.1\r\n")));
    QTRY_VERIFY(bodyMemory(front) >= 199 * kib);
    RawClient second(front.port());
    second.send(begun(200 * kib, 199 * kib, "Client: 192.0.2.1\r\n"));
    QCOMPARE(second.answer().status, 503);
    RawClient other(front.port());
    QVERIFY(other.send(begun(200 * kib, 200 * kib, "Client: 192.0.2.2\r\n")));
    QCOMPARE(other.answer().status, 200);
}

void TestFrontDoorBodyMemory::a_peer_that_leaves_gives_back()
{
    HttpFront front(withMemory(1024 * kib));
    for (int i = 0; i < 5; ++i) {
        RawClient client(front.port());
        QVERIFY(client.send(begun(700 * kib, 650 * kib)));
        QTRY_VERIFY(bodyMemory(front) >= 650 * kib);
        client.vanish();
        QTRY_COMPARE(bodyMemory(front), 0);
    }
}

void TestFrontDoorBodyMemory::a_refused_body_is_given_back_before_the_peer_has_left()
{
    DoorSettings settings = withMemory(1024 * kib);
    settings.limits.bodyTime = 300ms;
    settings.limits.sweepInterval = 20ms;
    settings.limits.lingerTime = 60s;
    HttpFront front(settings);
    RawClient client(front.port());
    QVERIFY(client.send(begun(700 * kib, 650 * kib)));
    QTRY_VERIFY(bodyMemory(front) >= 650 * kib);
    QCOMPARE(client.answer().status, 408);
    QCOMPARE(bodyMemory(front), 0);
    QCOMPARE(front.connections(), size_t(1));
}

void TestFrontDoorBodyMemory::a_body_is_counted_until_nobody_keeps_it()
{
    HttpFront front(withMemory(1024 * kib));
    auto kept = std::make_unique<Request>();
    front.handler.onAdmit
        = [](quint64, const RequestHead &, const ScriptedHandler::Decided &decided) {
              decided({std::nullopt, 1024 * kib});
          };
    QSemaphore handed;
    front.handler.recording = false;
    front.handler.onHandle = [&](Request request) {
        *kept = std::move(request);
        handed.release();
    };
    RawClient client(front.port());
    QVERIFY(client.send(begun(700 * kib, 700 * kib)));
    handed.acquire();
    QCOMPARE(kept->body.size(), 700 * kib);
    // Not more than came, though its memory grew by doubling.
    QCOMPARE(bodyMemory(front), 700 * kib);
    front.handler.answer(kept->ticket, text("done"));
    QCOMPARE(client.answer().body, "done");
    QCOMPARE(bodyMemory(front), 700 * kib);
    kept.reset();
    QCOMPARE(bodyMemory(front), 0);
}

void TestFrontDoorBodyMemory::requests_without_a_body_need_no_room()
{
    HttpFront front(withMemory(0));
    RawClient client(front.port());
    QVERIFY(client.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n"));
    QCOMPARE(client.answer().status, 200);
    QVERIFY(client.send(begun(0, 0)));
    QCOMPARE(client.answer().status, 200);
    client.send(begun(1, 1));
    QCOMPARE(client.answer().status, 503);
}

void TestFrontDoorBodyMemory::a_network_of_IPv6_counts_as_one()
{
    BodyBudget budget({100, 25});
    BodyBudget::Share one = budget.open(QHostAddress(QStringLiteral("2001:db8:1:2::1")));
    QVERIFY(one.growTo(20));
    BodyBudget::Share neighbour = budget.open(QHostAddress(QStringLiteral("2001:db8:1:2:f::9")));
    QVERIFY(!neighbour.growTo(6));
    QVERIFY(neighbour.growTo(5));
    QVERIFY(!one.growTo(21));
    BodyBudget::Share stranger = budget.open(QHostAddress(QStringLiteral("2001:db8:1:3::1")));
    QVERIFY(stranger.growTo(25));
    QCOMPARE(budget.taken(), 50);
    one = std::move(neighbour);
    QCOMPARE(budget.taken(), 30);
    QVERIFY(one.growTo(25));
}

QTEST_GUILESS_MAIN(TestFrontDoorBodyMemory)
#include "tst_front_door_body_memory.moc"
