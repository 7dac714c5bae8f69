// SPDX-License-Identifier: GPL-3.0-or-later
// The life of ordinary requests: order, answers, the end of connections.
#include "http_front.h"
#include "raw_client.h"

#include <QTest>

#include <stdexcept>
#include <thread>

using namespace guildhall;
using namespace guildhall::test;
using namespace std::chrono_literals;

namespace {

QByteArray get(const QByteArray &target)
{
    return "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n";
}

Admission refused(int status)
{
    return {text("refused", status), 0};
}

} // namespace

class TestFrontDoorRequests : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_connection_lives_on_after_an_answer();
    void pipelined_requests_are_answered_in_order_whatever_the_handler_does();
    void pipelined_requests_run_one_after_the_other();
    void a_request_is_not_handled_inside_its_admission();
    void head_is_answered_without_a_body();
    void no_content_has_no_length();
    void http_1_0_and_connection_close_end_the_connection_data();
    void http_1_0_and_connection_close_end_the_connection();
    void the_handler_may_end_the_connection();
    void headers_that_could_be_read_as_two_are_left_out();
    void a_handler_that_throws_is_answered_for();
    void an_admission_that_throws_is_answered_for();
    void a_second_answer_is_ignored();
    void answers_may_come_from_any_thread();
    void an_upgrade_that_nobody_wants_is_an_ordinary_request();
    void draining_finishes_what_is_open();
};

void TestFrontDoorRequests::a_connection_lives_on_after_an_answer()
{
    HttpFront front;
    RawClient client(front.port());
    for (int i = 0; i < 200; ++i) {
        const QByteArray target = "/" + QByteArray::number(i);
        QVERIFY(client.send(get(target)));
        const auto answer = client.answer();
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, "GET " + target + "|");
        QVERIFY(answer.header("Date").endsWith(" GMT"));
        QVERIFY(answer.header("Connection").isEmpty());
    }
    QCOMPARE(front.connections(), size_t(1));
    QCOMPARE(front.openRequests(), size_t(0));
}

void TestFrontDoorRequests::pipelined_requests_are_answered_in_order_whatever_the_handler_does()
{
    HttpFront front;
    std::vector<std::thread> workers;
    front.handler.onHandle = [&](Request request) {
        // The earlier ones take longer.
        const int number = request.head.path.mid(1).toInt();
        workers.emplace_back([&front, request, number] {
            std::this_thread::sleep_for(std::chrono::milliseconds(20 - 2 * number));
            front.handler.echo(request);
        });
    };
    RawClient client(front.port());
    QByteArray all;
    for (int i = 0; i < 10; ++i)
        all += get("/" + QByteArray::number(i));
    QVERIFY(client.send(all));
    for (int i = 0; i < 10; ++i)
        QCOMPARE(client.answer().body, "GET /" + QByteArray::number(i) + "|");
    for (std::thread &worker : workers)
        worker.join();
}

void TestFrontDoorRequests::pipelined_requests_run_one_after_the_other()
{
    HttpFront front;
    front.handler.onHandle = [](const Request &) {
    }; // answered below
    RawClient client(front.port());
    QVERIFY(client.send(get("/1") + get("/2")));
    QTRY_COMPARE(front.handler.handledCount.load(), 1);
    QTest::qWait(50);
    QCOMPARE(front.handler.handledCount.load(), 1);
    front.handler.answer(front.handler.handledRequests().at(0).ticket, text("one"));
    QCOMPARE(client.answer().body, "one");
    QTRY_COMPARE(front.handler.handledCount.load(), 2);
    front.handler.answer(front.handler.handledRequests().at(1).ticket, text("two"));
    QCOMPARE(client.answer().body, "two");
}

void TestFrontDoorRequests::a_request_is_not_handled_inside_its_admission()
{
    HttpFront front;
    bool judging = false; // only the http thread looks
    front.handler.onAdmit
        = [&](quint64, const RequestHead &, const ScriptedHandler::Decided &decided) {
              judging = true;
              decided({std::nullopt, 0});
              judging = false;
          };
    front.handler.onHandle = [&](const Request &request) {
        front.handler.answer(request.ticket, text(judging ? "inside" : "outside"));
    };
    RawClient client(front.port());
    QVERIFY(client.send(get("/x")));
    QCOMPARE(client.answer().body, "outside");
}

void TestFrontDoorRequests::head_is_answered_without_a_body()
{
    HttpFront front;
    RawClient client(front.port());
    QVERIFY(client.send("HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n" + get("/next")));
    const auto answer = client.answer(true);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.header("Content-Length"), "8"); // of "HEAD /x|"
    QCOMPARE(client.answer().body, "GET /next|");
    front.handler.onAdmit
        = [](quint64, const RequestHead &, const ScriptedHandler::Decided &decided) {
              decided(refused(404));
          };
    QVERIFY(client.send("HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n" + get("/next")));
    QCOMPARE(client.answer(true).header("Content-Length"), "7");
    QCOMPARE(client.answer().body, "refused");
}

void TestFrontDoorRequests::no_content_has_no_length()
{
    HttpFront front;
    front.handler.onHandle = [&](const Request &request) {
        front.handler.answer(request.ticket, {204, {}, {}, false});
    };
    RawClient client(front.port());
    QVERIFY(client.send(get("/1") + get("/2")));
    for (int i = 0; i < 2; ++i) {
        const auto answer = client.answer();
        QCOMPARE(answer.status, 204);
#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0) // there it is QtHttpServer that writes it
        QVERIFY(!answer.head.toLower().contains("content-length"));
#endif
        QVERIFY(!answer.head.toLower().contains("content-type"));
    }
}

void TestFrontDoorRequests::http_1_0_and_connection_close_end_the_connection_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("HTTP/1.0") << QByteArray("GET /x HTTP/1.0\r\n\r\n");
    QTest::newRow("HTTP/1.0 keep-alive")
        << QByteArray("GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    QTest::newRow("close") << QByteArray("GET /x HTTP/1.1\r\nHost: a\r\nConnection: Close\r\n\r\n");
    QTest::newRow("close, more behind")
        << QByteArray("GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n") + get("/y");
}

void TestFrontDoorRequests::http_1_0_and_connection_close_end_the_connection()
{
    QFETCH(QByteArray, bytes);
    HttpFront front;
    RawClient client(front.port());
    QVERIFY(client.send(bytes));
    const auto answer = client.answer();
    QCOMPARE(answer.body, "GET /x|");
    QCOMPARE(answer.header("Connection"), "close");
    QCOMPARE(client.untilEnd(), QByteArray());
    QCOMPARE(front.handler.handledCount.load(), 1);
    client.close();
    QTRY_COMPARE(front.connections(), size_t(0));
}

void TestFrontDoorRequests::the_handler_may_end_the_connection()
{
    HttpFront front;
    front.handler.onHandle = [&](const Request &request) {
        Response response = text("bye");
        response.closeAfter = true;
        front.handler.answer(request.ticket, response);
    };
    RawClient client(front.port());
    QVERIFY(client.send(get("/x")));
    QCOMPARE(client.answer().header("Connection"), "close");
    QVERIFY(client.ends());
}

void TestFrontDoorRequests::headers_that_could_be_read_as_two_are_left_out()
{
    HttpFront front;
    front.handler.onHandle = [&](const Request &request) {
        Response response = text("ok");
        response.headers.emplaceBack("X-Good", "yes");
        response.headers.emplaceBack("X-Bad", "a\r\nSet-Cookie: b");
        response.headers.emplaceBack("X-Bad\nSet-Cookie", "b");
        response.headers.emplaceBack("content-length", "1000");
        response.headers.emplaceBack("Transfer-Encoding", "chunked");
        front.handler.answer(request.ticket, response);
    };
    RawClient client(front.port());
    QVERIFY(client.send(get("/x")));
    const auto answer = client.answer();
    QCOMPARE(answer.body, "ok");
    QCOMPARE(answer.header("X-Good"), "yes");
    QVERIFY(!answer.head.contains("Set-Cookie"));
    QVERIFY(!answer.head.contains("chunked"));
    QCOMPARE(answer.head.toLower().count("content-length"), 1);
}

void TestFrontDoorRequests::a_handler_that_throws_is_answered_for()
{
    HttpFront front;
    front.handler.onHandle = [](const Request &) {
        throw std::runtime_error("on purpose");
    };
    RawClient client(front.port());
    QTest::ignoreMessage(QtWarningMsg, "Request 1 was not taken: on purpose");
    QVERIFY(client.send(get("/x")));
    const auto answer = client.answer();
    QCOMPARE(answer.status, 500);
    QVERIFY(!answer.body.contains("purpose"));
    QCOMPARE(front.openRequests(), size_t(0));
}

void TestFrontDoorRequests::an_admission_that_throws_is_answered_for()
{
    HttpFront front;
    front.handler.onAdmit = [](quint64, const RequestHead &, const ScriptedHandler::Decided &) {
        throw std::runtime_error("on purpose");
    };
    RawClient client(front.port());
    QTest::ignoreMessage(QtWarningMsg, "Admission of a request failed: on purpose");
    QVERIFY(client.send(get("/x")));
    QCOMPARE(client.answer().status, 500);
    QCOMPARE(front.openRequests(), size_t(0));
}

void TestFrontDoorRequests::a_second_answer_is_ignored()
{
    HttpFront front;
    front.handler.onHandle = [&](const Request &request) {
        front.handler.answer(request.ticket, text("first"));
        front.handler.answer(request.ticket, text("second"));
        front.handler.answer(12345, text("nobody's"));
    };
    RawClient client(front.port());
    QVERIFY(client.send(get("/1") + get("/2")));
    QCOMPARE(client.answer().body, "first");
    QCOMPARE(client.answer().body, "first");
    QVERIFY(client.within(30ms).isEmpty());
}

void TestFrontDoorRequests::answers_may_come_from_any_thread()
{
    constexpr int clientCount = 8;
    constexpr int rounds = 200;
    HttpFront front;
    std::mutex mutex;
    std::vector<Request> waiting;
    front.handler.onHandle = [&](Request request) {
        const std::lock_guard lock(mutex);
        waiting.push_back(std::move(request));
    };
    std::atomic<bool> stop{false};
    std::vector<std::thread> workers;
    for (int i = 0; i < 3; ++i) {
        workers.emplace_back([&] {
            while (!stop) {
                std::vector<Request> mine;
                {
                    const std::lock_guard lock(mutex);
                    mine.swap(waiting);
                }
                for (const Request &request : mine)
                    front.handler.echo(request);
                std::this_thread::yield();
            }
        });
    }
    std::vector<std::thread> clients;
    std::atomic<int> right{0};
    for (int c = 0; c < clientCount; ++c) {
        clients.emplace_back([&, c] {
            RawClient client(front.port());
            for (int i = 0; i < rounds; ++i) {
                const QByteArray target = "/" + QByteArray::number(c) + "/" + QByteArray::number(i);
                client.send(get(target));
                right += client.answer().body == "GET " + target + "|";
            }
        });
    }
    for (std::thread &client : clients)
        client.join();
    stop = true;
    for (std::thread &worker : workers)
        worker.join();
    QCOMPARE(right.load(), clientCount * rounds);
}

void TestFrontDoorRequests::an_upgrade_that_nobody_wants_is_an_ordinary_request()
{
    HttpFront front;
    RawClient client(front.port());
    QVERIFY(client.send(
        "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"));
    QCOMPARE(client.answer().body, "GET /x|");
    QVERIFY(client.within(30ms).isEmpty());
}

void TestFrontDoorRequests::draining_finishes_what_is_open()
{
    HttpFront front;
    std::atomic<quint64> ticket{0};
    front.handler.onHandle = [&](const Request &request) {
        ticket = request.ticket;
    };
    RawClient busy(front.port());
    RawClient idle(front.port());
    QVERIFY(busy.send(get("/x")));
    QTRY_VERIFY(ticket != 0);
    QTRY_COMPARE(front.connections(), size_t(2));
    front.inThread([](QtHttpAdapter &adapter) { adapter.drain(); });
    QVERIFY(idle.ends());
    idle.close();
    QVERIFY(!RawClient(front.port()).isConnected());
    front.handler.answer(ticket, text("late"));
    const auto answer = busy.answer();
    QCOMPARE(answer.body, "late");
    QCOMPARE(answer.header("Connection"), "close");
    QVERIFY(busy.ends());
    busy.close();
    QTRY_COMPARE(front.connections(), size_t(0));
}

QTEST_GUILESS_MAIN(TestFrontDoorRequests)
#include "tst_front_door_requests.moc"
