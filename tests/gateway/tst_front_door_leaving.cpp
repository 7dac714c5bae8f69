// SPDX-License-Identifier: GPL-3.0-or-later
// Clients that leave at the worst moment. Meant to be run under valgrind and the sanitizers as
// well.
#include "http_front.h"
#include "raw_client.h"

#include <QTest>

#include <memory>

using namespace guildhall;
using namespace guildhall::test;
using namespace std::chrono_literals;

namespace {

const QByteArray request = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n";

} // namespace

class TestFrontDoorLeaving : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void two_thousand_peers_leave_during_a_slow_handler();
    void a_peer_leaves_while_it_is_judged();
    void a_peer_leaves_in_the_middle_of_its_body();
    void a_peer_leaves_in_the_middle_of_a_refused_body();
    void a_peer_leaves_in_the_middle_of_its_answer();
    void a_peer_leaves_with_requests_in_the_pipe();
    void a_peer_that_ends_its_side_counts_as_gone();
    void the_door_goes_while_requests_are_open();
};

void TestFrontDoorLeaving::two_thousand_peers_leave_during_a_slow_handler()
{
    constexpr int peers = 2000;
    HttpFront front;
    front.handler.onHandle = [](const Request &) {
    }; // answered below
    for (int i = 0; i < peers; i += 100) {
        std::vector<std::unique_ptr<RawClient>> batch;
        for (int j = 0; j < 100; ++j) {
            batch.push_back(std::make_unique<RawClient>(front.port()));
            QVERIFY(batch.back()->send(request));
        }
        QTRY_COMPARE(front.handler.handledCount.load(), i + 100);
        for (auto &client : batch)
            client->vanish();
    }
    QTRY_COMPARE(front.connections(), size_t(0));
    QCOMPARE(front.openRequests(), size_t(peers));
    for (const Request &one : front.handler.handledRequests())
        front.handler.answer(one.ticket, text("too late"));
    QTRY_COMPARE(front.openRequests(), size_t(0));
    QCOMPARE(front.handler.abandonedCount.load(), 0);

    front.handler.onHandle = nullptr;
    RawClient client(front.port());
    QVERIFY(client.send(request));
    QCOMPARE(client.answer().body, "GET /x|"); // and nobody else's answer
    QVERIFY(client.within(30ms).isEmpty());
}

void TestFrontDoorLeaving::a_peer_leaves_while_it_is_judged()
{
    HttpFront front;
    std::vector<ScriptedHandler::Decided> waiting;
    front.handler.onAdmit = [&](quint64, const RequestHead &, ScriptedHandler::Decided decided) {
        waiting.push_back(std::move(decided));
    };
    RawClient client(front.port());
    QVERIFY(client.send(request));
    QTRY_COMPARE(front.handler.admittedCount.load(), 1);
    client.vanish();
    QTRY_COMPARE(front.handler.abandonedCount.load(), 1);
    front.inThread([&](QtHttpAdapter &) { waiting.at(0)({std::nullopt, 0}); });
    QCOMPARE(front.handler.handledCount.load(), 0);
    QCOMPARE(front.openRequests(), size_t(0));
}

void TestFrontDoorLeaving::a_peer_leaves_in_the_middle_of_its_body()
{
    HttpFront front;
    RawClient client(front.port());
    QVERIFY(client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhell"));
    QTRY_COMPARE(front.handler.admittedCount.load(), 1);
    client.close();
    QTRY_COMPARE(front.handler.abandonedCount.load(), 1);
    QCOMPARE(front.openRequests(), size_t(0));
    QCOMPARE(front.connections(), size_t(0));
}

void TestFrontDoorLeaving::a_peer_leaves_in_the_middle_of_a_refused_body()
{
    HttpFront front;
    front.handler.onAdmit
        = [](quint64, const RequestHead &, const ScriptedHandler::Decided &decided) {
              decided({text("no", 401), 0});
          };
    RawClient client(front.port());
    QVERIFY(client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhell"));
    QTRY_COMPARE(front.handler.admittedCount.load(), 1);
    client.close();
    QTRY_COMPARE(front.connections(), size_t(0));
    QCOMPARE(front.handler.abandonedCount.load(), 0);
}

void TestFrontDoorLeaving::a_peer_leaves_in_the_middle_of_its_answer()
{
    HttpFront front;
    front.handler.onHandle = [&](const Request &one) {
        front.handler.answer(one.ticket, text(QByteArray(30'000'000, 'x')));
    };
    for (int i = 0; i < 3; ++i) {
        RawClient client(front.port());
        QVERIFY(client.send(request));
        QTRY_COMPARE(front.handler.handledCount.load(), i + 1);
        client.vanish();
        QTRY_COMPARE(front.connections(), size_t(0));
    }
}

void TestFrontDoorLeaving::a_peer_leaves_with_requests_in_the_pipe()
{
    HttpFront front;
    front.handler.onHandle = [](const Request &) {
    };
    RawClient client(front.port());
    QVERIFY(client.send(request + request + request));
    QTRY_COMPARE(front.handler.handledCount.load(), 1);
    client.vanish();
    QTRY_COMPARE(front.connections(), size_t(0));
    front.handler.answer(front.handler.handledRequests().at(0).ticket, text("too late"));
    QTRY_COMPARE(front.openRequests(), size_t(0));
    QCOMPARE(front.handler.handledCount.load(), 1);
}

/// QTcpSocket closes at the end of what comes, so there would be nowhere to answer to. See
/// operations.md, "What the public port refuses".
void TestFrontDoorLeaving::a_peer_that_ends_its_side_counts_as_gone()
{
    HttpFront front;
    front.handler.onHandle = [](const Request &) {
    };
    RawClient client(front.port());
    QVERIFY(client.send(request));
    QTRY_COMPARE(front.handler.handledCount.load(), 1);
    client.finish();
    QVERIFY(client.ends());
    QTRY_COMPARE(front.connections(), size_t(0));
    front.handler.answer(front.handler.handledRequests().at(0).ticket, text("too late"));
    QTRY_COMPARE(front.openRequests(), size_t(0));
}

void TestFrontDoorLeaving::the_door_goes_while_requests_are_open()
{
    ScriptedHandler::Decided late;
    {
        HttpFront front;
        front.handler.onAdmit
            = [&](quint64, const RequestHead &head, ScriptedHandler::Decided decided) {
                  if (head.path == "/late")
                      late = std::move(decided);
                  else
                      decided({std::nullopt, 100});
              };
        front.handler.onHandle = [](const Request &) {
        };
        RawClient handled(front.port());
        RawClient judged(front.port());
        RawClient half(front.port());
        QVERIFY(handled.send(request));
        QVERIFY(judged.send("GET /late HTTP/1.1\r\nHost: a\r\n\r\n"));
        QVERIFY(half.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhell"));
        QTRY_COMPARE(front.handler.admittedCount.load(), 3);
    }
    late({std::nullopt, 0}); // nobody is there any more
}

QTEST_GUILESS_MAIN(TestFrontDoorLeaving)
#include "tst_front_door_leaving.moc"
