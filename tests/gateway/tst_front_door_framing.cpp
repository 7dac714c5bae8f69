// SPDX-License-Identifier: GPL-3.0-or-later
// What QtHttpServer alone would answer wrongly, or let through, over real sockets.
#include "http_front.h"
#include "raw_client.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace std::chrono_literals;

namespace {

/// What an attacker wants to be run as a request of its own.
const QByteArray smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

QByteArray post(const QByteArray &headers, const QByteArray &body)
{
    return "POST /x HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n" + body;
}

} // namespace

class TestFrontDoorFraming : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void what_is_ambiguous_is_refused_and_nothing_behind_it_runs_data();
    void what_is_ambiguous_is_refused_and_nothing_behind_it_runs();
    void a_bad_request_behind_a_good_one_leaves_the_first_answer_alone();
    void the_headers_of_a_good_request_arrive_whole();
    void a_header_block_of_16_KiB_is_accepted_and_a_larger_one_is_not();
    void an_endless_header_is_cut_off();
    void encoded_slashes_and_bytes_reach_the_handler_unchanged();
    void methods_that_qt_does_not_know_reach_the_handler();
};

void TestFrontDoorFraming::what_is_ambiguous_is_refused_and_nothing_behind_it_runs_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &bytes, int status) {
        QTest::newRow(name) << bytes << status;
    };
    const QByteArray chunkedSmuggled = "0\r\n\r\n" + smuggled;
    row("length and chunked",
        post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", chunkedSmuggled), 400);
    row("two lengths", post("Content-Length: 0\r\nContent-Length: 36\r\n", smuggled), 400);
    row("negative length", post("Content-Length: -1\r\n", smuggled), 400);
    row("hexadecimal length", post("Content-Length: 0x5\r\n", smuggled), 400);
    row("length past 2^64", post("Content-Length: 18446744073709551615\r\n", smuggled), 400);
    row("signed length", post("Content-Length: +5\r\n", "hello"), 400);
    row("length list", post("Content-Length: 5, 5\r\n", "hello" + smuggled), 400);
    row("xchunked", post("Transfer-Encoding: xchunked\r\n", chunkedSmuggled), 501);
    row("gzip", post("Transfer-Encoding: gzip\r\n", smuggled), 501);
    row("negative chunk", post("Transfer-Encoding: chunked\r\n", "-1\r\n" + smuggled), 400);
    row("garbage chunk", post("Transfer-Encoding: chunked\r\n", "zz\r\n" + smuggled), 400);
    row("chunk extension",
        post("Transfer-Encoding: chunked\r\n", "1;a=b\r\nx\r\n" + chunkedSmuggled), 400);
    row("trailer", post("Transfer-Encoding: chunked\r\n", "0\r\nA: b\r\n\r\n" + smuggled), 400);
    row("bad header name", post("Na(me: x\r\nContent-Length: 36\r\n", smuggled), 400);
    row("blank before colon", post("Content-Length : 36\r\n", smuggled), 400);
    row("line without colon", post("nonsense\r\nContent-Length: 36\r\n", smuggled), 400);
    row("NUL in value", post(QByteArray("A: b\0c\r\n", 8) + "Content-Length: 36\r\n", smuggled),
        400);
    row("folded line", post("A: b\r\n Content-Length: 36\r\n", smuggled), 400);
    row("bare LF", "GET / HTTP/1.1\nHost: a\n\n" + smuggled, 400);
    QByteArray many;
    for (int i = 0; i < 101; ++i)
        many += "A: b\r\n";
    row("101 headers", post(many + "Content-Length: 36\r\n", smuggled), 431);
    row("no host", "GET / HTTP/1.1\r\n\r\n" + smuggled, 400);
    row("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" + smuggled, 400);
    row("host list", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n" + smuggled, 400);
    row("HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n" + smuggled, 505);
    row("HTTPx9y7", "GET / HTTPx9y7\r\nHost: a\r\n\r\n" + smuggled, 400);
    row("malformed request line", "GET/HTTP/1.1\r\nHost: a\r\n\r\n" + smuggled, 400);
    row("two slashes", "GET //evil/x HTTP/1.1\r\nHost: a\r\n\r\n" + smuggled, 400);
    row("absolute form", "GET http://a/x HTTP/1.1\r\nHost: a\r\n\r\n" + smuggled, 400);
    row("fragment", "GET /x#frag HTTP/1.1\r\nHost: a\r\n\r\n" + smuggled, 400);
    row("raw 0x80", "GET /x\x80 HTTP/1.1\r\nHost: a\r\n\r\n" + smuggled, 400);
    row("long target", "GET /" + QByteArray(9000, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n" + smuggled,
        414);
    row("compressed body", post("Content-Encoding: gzip\r\nContent-Length: 36\r\n", smuggled), 415);
    row("unknown expectation", post("Expect: wonders\r\nContent-Length: 36\r\n", smuggled), 417);
}

void TestFrontDoorFraming::what_is_ambiguous_is_refused_and_nothing_behind_it_runs()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    HttpFront front;
    RawClient client(front.port());
    QVERIFY(client.send(bytes));
    const auto answer = client.answer();
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.header("Connection"), "close");
    QCOMPARE(answer.header("Content-Type"), "application/json");
    QVERIFY(answer.header("Date").endsWith(" GMT"));
    const QJsonObject body = QJsonDocument::fromJson(answer.body).object();
    QCOMPARE(body.value(u"code").toInt(-1), 0);
    QVERIFY(body.value(u"message").toString().startsWith(QString::number(status)));
    QCOMPARE(client.untilEnd(), QByteArray()); // one answer, and then the end
    QCOMPARE(front.handler.handledCount.load(), 0);
    QCOMPARE(front.handler.abandonedCount.load(), front.handler.admittedCount.load());
}

void TestFrontDoorFraming::a_bad_request_behind_a_good_one_leaves_the_first_answer_alone()
{
    HttpFront front;
    RawClient client(front.port());
    QVERIFY(
        client.send("GET /good HTTP/1.1\r\nHost: a\r\n\r\nGET /bad HTTP/1.1\r\n\r\n" + smuggled));
    QCOMPARE(client.answer().body, "GET /good|");
    QCOMPARE(client.answer().status, 400);
    QVERIFY(client.ends());
    QCOMPARE(front.handler.handledCount.load(), 1);
}

void TestFrontDoorFraming::the_headers_of_a_good_request_arrive_whole()
{
    HttpFront front;
    RawClient client(front.port());
    QByteArray many;
    for (int i = 0; i < 98; ++i)
        many += "X-" + QByteArray::number(i) + ": " + QByteArray::number(i) + "\r\n";
    QVERIFY(
        client.send("GET /a/b?c=d HTTP/1.1\r\nHost: h.example\r\nAuthoriZation:  Bot \xc3\xa9 \r\n"
                    + many + "\r\n"));
    QCOMPARE(client.answer().status, 200);
    const RequestHead head = front.handler.handledRequests().at(0).head;
    QCOMPARE(head.headers.size(), 100);
    QCOMPARE(head.method, "GET");
    QCOMPARE(head.path, "/a/b");
    QCOMPARE(head.query, "c=d");
    QCOMPARE(head.header("host"), "h.example");
    QCOMPARE(head.header("authorization"), "Bot \xc3\xa9");
    QCOMPARE(head.header("x-97"), "97");
    QVERIFY(head.header("ticket").isNull());
    QCOMPARE(head.peer, QHostAddress(QHostAddress::LocalHost));
}

void TestFrontDoorFraming::a_header_block_of_16_KiB_is_accepted_and_a_larger_one_is_not()
{
    HttpFront front;
    RawClient client(front.port());
    const QByteArray host = "Host: a\r\n";
    const auto request = [&](qsizetype size) {
        return "GET / HTTP/1.1\r\n" + host + "X: " + QByteArray(size - host.size() - 5, 'x')
            + "\r\n\r\n";
    };
    QVERIFY(client.send(request(16 * 1024)));
    QCOMPARE(client.answer().status, 200);
    QVERIFY(client.send(request(16 * 1024 + 1)));
    QCOMPARE(client.answer().status, 431);
    QVERIFY(client.ends());
}

void TestFrontDoorFraming::an_endless_header_is_cut_off()
{
    HttpFront front;
    RawClient client(front.port());
    QVERIFY(client.send("GET / HTTP/1.1\r\nHost: a\r\nX: "));
    const QByteArray block(64 * 1024, 'x');
    int blocks = 0;
    while (blocks < 10'000 && client.send(block))
        ++blocks;
    QVERIFY(blocks < 10'000); // 640 MB were not taken
}

void TestFrontDoorFraming::encoded_slashes_and_bytes_reach_the_handler_unchanged()
{
    HttpFront front;
    RawClient client(front.port());
    QVERIFY(client.send("GET /a%2Fb%00%FF/..%2e/c|d?e=%zz&f[]=\"{}\" HTTP/1.1\r\nHost: a\r\n\r\n"));
    QCOMPARE(client.answer().body, "GET /a%2Fb%00%FF/..%2e/c|d?e=%zz&f[]=\"{}\"|");
    QCOMPARE(front.handler.handledRequests().at(0).head.path, "/a%2Fb%00%FF/..%2e/c|d");
}

void TestFrontDoorFraming::methods_that_qt_does_not_know_reach_the_handler()
{
    HttpFront front;
    RawClient client(front.port());
    for (const char *method : {"BREW", "OPTIONS", "TRACE", "PATCH", "DELETE", "get", "PUT"}) {
        QVERIFY(client.send(QByteArray(method) + " /pot HTTP/1.1\r\nHost: a\r\n\r\n"));
        QCOMPARE(client.answer().body, QByteArray(method) + " /pot|");
    }
}

QTEST_GUILESS_MAIN(TestFrontDoorFraming)
#include "tst_front_door_framing.moc"
