// SPDX-License-Identifier: GPL-3.0-or-later
// Bodies, and who may bring one.
#include "http_front.h"
#include "raw_client.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace guildhall;
using namespace guildhall::test;

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

class TestFrontDoorBodies : public QObject {
    Q_OBJECT

private Q_SLOTS:
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
};

void TestFrontDoorBodies::a_body_arrives_however_it_is_cut()
{
    HttpFront front;
    RawClient client(front.port());
    const QByteArray bytes = post("{\"content\":\"h\xc3\xa9\"}") + get("/next");
    for (const char byte : bytes)
        QVERIFY(client.send(QByteArray(1, byte)));
    QCOMPARE(client.answer().body, "POST /x|{\"content\":\"h\xc3\xa9\"}");
    QCOMPARE(client.answer().body, "GET /next|");
}

void TestFrontDoorBodies::a_chunked_body_arrives_whole()
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

void TestFrontDoorBodies::a_large_body_and_a_large_answer_pass()
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

void TestFrontDoorBodies::a_body_over_the_cap_is_refused_before_it_is_read()
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

void TestFrontDoorBodies::a_chunked_body_over_the_cap_is_refused()
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

void TestFrontDoorBodies::a_client_that_expects_it_is_told_to_continue()
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

void TestFrontDoorBodies::a_refusal_spares_a_waiting_client_its_body()
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

void TestFrontDoorBodies::a_refused_request_keeps_its_connection_when_its_body_is_small()
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

void TestFrontDoorBodies::a_refused_request_loses_its_connection_when_its_body_is_large()
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

void TestFrontDoorBodies::nothing_is_read_while_admission_is_undecided()
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

QTEST_GUILESS_MAIN(TestFrontDoorBodies)
#include "tst_front_door_bodies.moc"
