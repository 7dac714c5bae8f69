// SPDX-License-Identifier: GPL-3.0-or-later
// The life of ordinary requests: order, bodies, admission, the end of connections.
#include "http_front.h"
#include "raw_client.h"

#include <QJsonDocument>
#include <QJsonObject>
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

QByteArray post(const QByteArray &body, const QByteArray &headers = {})
{
    return "POST /x HTTP/1.1\r\nHost: a\r\n" + headers
        + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
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
    void a_body_arrives_however_it_is_cut();
    void a_chunked_body_arrives_whole();
    void a_large_body_and_a_large_answer_pass();
    void a_body_over_the_cap_is_refused_before_it_is_read();
    void a_chunked_body_over_the_cap_is_refused();
    void a_client_that_expects_it_is_told_to_continue();
    void a_refusal_spares_a_waiting_client_its_body();
    void a_refused_request_keeps_its_connection_when_its_body_is_small();
    void a_refused_request_loses_its_connection_when_its_body_is_large();
    void nothing_is_read_while_admission_is_undecided();
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

void TestFrontDoorRequests::a_body_arrives_however_it_is_cut()
{
    HttpFront front;
    RawClient client(front.port());
    const QByteArray bytes = post("{\"content\":\"h\xc3\xa9\"}") + get("/next");
    for (const char byte : bytes)
        QVERIFY(client.send(QByteArray(1, byte)));
    QCOMPARE(client.answer().body, "POST /x|{\"content\":\"h\xc3\xa9\"}");
    QCOMPARE(client.answer().body, "GET /next|");
}

void TestFrontDoorRequests::a_chunked_body_arrives_whole()
{
    HttpFront front;
    RawClient client(front.port());
    QVERIFY(client.send("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                        "5\r\nhello\r\n6\r\n"));
    QTest::qWait(20);
    QVERIFY(client.send(" world\r\n0\r\n\r\n" + get("/next")));
    QCOMPARE(client.answer().body, "POST /x|hello world");
    QCOMPARE(client.answer().body, "GET /next|");
}

void TestFrontDoorRequests::a_large_body_and_a_large_answer_pass()
{
    HttpFront front;
    front.handler.onAdmit
        = [](quint64, const RequestHead &, const ScriptedHandler::Decided &decided) {
              decided({std::nullopt, 32 * 1024 * 1024});
          };
    QByteArray body(14 * 1024 * 1024, 'b');
    for (qsizetype i = 0; i < body.size(); i += 1000)
        body[i] = char('a' + i / 1000 % 26);
    RawClient client(front.port());
    for (int i = 0; i < 2; ++i) {
        QVERIFY(client.send(post(body)));
        const auto answer = client.answer();
        QCOMPARE(answer.status, 200);
        QVERIFY(answer.body == "POST /x|" + body);
    }
}

void TestFrontDoorRequests::a_body_over_the_cap_is_refused_before_it_is_read()
{
    HttpFront front;
    RawClient client(front.port());
    QVERIFY(client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n"));
    const auto answer = client.answer();
    QCOMPARE(answer.status, 413);
    QCOMPARE(QJsonDocument::fromJson(answer.body).object().value(u"code").toInt(), 40005);
    QVERIFY(client.ends());
    QCOMPARE(front.handler.handledCount.load(), 0);
    QCOMPARE(front.handler.abandonedCount.load(), 1);
}

void TestFrontDoorRequests::a_chunked_body_over_the_cap_is_refused()
{
    HttpFront front;
    RawClient client(front.port());
    QByteArray bytes = "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 17; ++i)
        bytes += "10000\r\n" + QByteArray(0x10000, 'x') + "\r\n";
    client.send(bytes);
    QCOMPARE(client.answer().status, 413);
    QVERIFY(client.ends());
    QCOMPARE(front.handler.abandonedCount.load(), 1);
}

void TestFrontDoorRequests::a_client_that_expects_it_is_told_to_continue()
{
    HttpFront front;
    RawClient client(front.port());
    QVERIFY(client.send("POST /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                        "Content-Length: 5\r\n\r\n"));
    QCOMPARE(client.answer().head, "HTTP/1.1 100 Continue");
    QVERIFY(client.send("hello"));
    QCOMPARE(client.answer().body, "POST /x|hello");
    // One that does not wait is not told.
    QVERIFY(client.send(post("hello", "Expect: 100-continue\r\n")));
    QCOMPARE(client.answer().body, "POST /x|hello");
}

void TestFrontDoorRequests::a_refusal_spares_a_waiting_client_its_body()
{
    HttpFront front;
    front.handler.onAdmit
        = [](quint64, const RequestHead &, const ScriptedHandler::Decided &decided) {
              decided(refused(401));
          };
    RawClient client(front.port());
    QVERIFY(client.send("POST /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                        "Content-Length: 5\r\n\r\n"));
    const auto answer = client.answer();
    QCOMPARE(answer.status, 401);
    // Nobody can know whether the body comes now.
    QCOMPARE(answer.header("Connection"), "close");
    QVERIFY(client.ends());
}

void TestFrontDoorRequests::a_refused_request_keeps_its_connection_when_its_body_is_small()
{
    HttpFront front;
    front.handler.onAdmit
        = [](quint64, const RequestHead &head, const ScriptedHandler::Decided &decided) {
              decided(head.method == "POST" ? refused(401) : Admission{std::nullopt, 0});
          };
    RawClient client(front.port());
    QVERIFY(client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n"
                        + QByteArray(30'000, 'x')));
    QTest::qWait(20);
    QVERIFY(client.send(QByteArray(30'000, 'x') + get("/next")));
    QCOMPARE(client.answer().status, 401);
    QCOMPARE(client.answer().body, "GET /next|");
    QVERIFY(client.send("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                        "3\r\nabc\r\n0\r\n\r\n"
                        + get("/last")));
    QCOMPARE(client.answer().status, 401);
    QCOMPARE(client.answer().body, "GET /last|");
    QCOMPARE(front.handler.abandonedCount.load(), 0);
}

void TestFrontDoorRequests::a_refused_request_loses_its_connection_when_its_body_is_large()
{
    HttpFront front;
    front.handler.onAdmit
        = [](quint64, const RequestHead &, const ScriptedHandler::Decided &decided) {
              decided(refused(403));
          };
    RawClient client(front.port());
    QVERIFY(client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n"));
    const auto answer = client.answer();
    QCOMPARE(answer.status, 403);
    QCOMPARE(answer.header("Connection"), "close");
    QVERIFY(client.ends());
}

void TestFrontDoorRequests::nothing_is_read_while_admission_is_undecided()
{
    HttpFront front;
    std::vector<ScriptedHandler::Decided> waiting;
    front.handler.onAdmit = [&](quint64, const RequestHead &, ScriptedHandler::Decided decided) {
        waiting.push_back(std::move(decided));
    };
    RawClient client(front.port());
    QVERIFY(client.send(post("hello") + get("/next")));
    QTRY_COMPARE(front.handler.admittedCount.load(), 1);
    QTest::qWait(30);
    QCOMPARE(front.handler.handledCount.load(), 0);
    front.inThread([&](QtHttpAdapter &) {
        waiting.at(0)({std::nullopt, 100});
        waiting.at(0)(refused(500)); // a second decision has no effect
    });
    QCOMPARE(client.answer().body, "POST /x|hello");
    QTRY_COMPARE(front.handler.admittedCount.load(), 2);
    front.inThread([&](QtHttpAdapter &) { waiting.at(1)(refused(429)); });
    QCOMPARE(client.answer().status, 429);
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
