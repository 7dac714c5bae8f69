// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/door/http_framing.h"

#include <QTest>

#include <algorithm>
#include <string>

using namespace guildhall::http;

Q_DECLARE_METATYPE(std::string)

namespace {

std::string withHeader(const std::string &lines)
{
    return "POST /x HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n";
}

std::string withTarget(const std::string &target)
{
    return "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n";
}

std::string withHost(const std::string &host)
{
    return "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
}

/// What becomes of the bytes: 200 when they are a request, 0 when more is wanted, else the status.
int verdict(const std::string &bytes, size_t step)
{
    HeadParser parser;
    for (size_t size = std::min(step, bytes.size());; size = std::min(size + step, bytes.size())) {
        switch (parser.parse(std::string_view(bytes).substr(0, size))) {
        case Progress::Done:
            return 200;
        case Progress::Refused:
            return parser.status();
        case Progress::NeedMore:
            break;
        }
        if (size == bytes.size())
            return 0;
    }
}

} // namespace

class TestHttpFraming : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_head_is_judged_the_same_however_it_is_cut_data();
    void a_head_is_judged_the_same_however_it_is_cut();
    void the_parts_of_a_request_are_found();
    void a_parser_is_used_again_after_reset();
    void what_follows_the_head_is_left_alone();
    void connection_options_are_read_data();
    void connection_options_are_read();
    void a_wish_for_websocket_needs_all_its_signs_data();
    void a_wish_for_websocket_needs_all_its_signs();
    void header_limits_are_exact();
    void the_request_line_has_a_limit();
};

void TestHttpFraming::a_head_is_judged_the_same_however_it_is_cut_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<int>("expected");
    const auto row = [](const char *name, const std::string &bytes, int expected) {
        QTest::newRow(name) << bytes << expected;
    };
    using namespace std::string_literals;

    row("plain", withTarget("/"), 200);
    row("query", withTarget("/a/b?c=d&e=%20"), 200);
    row("escapes", withTarget("/a%2Fb%00%FF"), 200);
    row("odd but visible", withTarget("/a|b{c}\\^"), 200);
    row("custom method", "BREW /pot HTTP/1.1\r\nHost: a\r\n\r\n", 200);
    row("one blank line first", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 200);
    row("two blank lines first", "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    row("nothing", "", 0);
    row("half a line", "GET / HT", 0);
    row("no blank line", "GET / HTTP/1.1\r\nHost: a\r\n", 0);

    row("HTTP/1.0 without host", "GET / HTTP/1.0\r\n\r\n", 200);
    row("HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505);
    row("HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505);
    row("HTTPx9y7", "GET / HTTPx9y7\r\nHost: a\r\n\r\n", 400);
    row("http/1.1", "GET / http/1.1\r\nHost: a\r\n\r\n", 400);
    row("HTTP/0.9", "GET /\r\n\r\n", 400);
    row("two blanks", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    row("blank in target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    row("tab", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    row("blank after version", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400);
    row("leading blank", " GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    row("method with slash", "GE/T / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    row("endless method", std::string(33, 'A') + " / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    row("TLS hello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n"s, 400);

    row("two slashes", withTarget("//evil/x"), 400);
    row("absolute form", withTarget("http://a/x"), 400);
    row("authority form", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    row("asterisk", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    row("fragment", withTarget("/x#frag"), 400);
    row("raw 0x80", withTarget("/x\x80"), 400);
    row("raw NUL", withTarget("/x\0y"s), 400);
    row("DEL", withTarget("/x\x7f"), 400);
    row("broken escape", withTarget("/x%2"), 400);
    row("broken escape inside", withTarget("/x%zz/y"), 400);
    row("sloppy percent in query", withTarget("/x?y=100%"), 200);

    row("no host", "GET / HTTP/1.1\r\nA: b\r\n\r\n", 400);
    row("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400);
    row("two hosts under HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", 400);
    row("host list", withHost("a, b"), 400);
    row("empty host", withHost(""), 400);
    row("host with path", withHost("a/b"), 400);
    row("host with user", withHost("a@b"), 400);
    row("host with port", withHost("a.example:8080"), 200);
    row("host with bad port", withHost("a:80x"), 400);
    row("host with endless port", withHost("a:123456"), 400);
    row("IPv6 host", withHost("[::1]:80"), 200);
    row("open IPv6 host", withHost("[::1"), 400);
    row("IPv6 host with tail", withHost("[::1]x"), 400);

    row("length", withHeader("Content-Length: 5\r\n"), 200);
    row("length with blanks around", withHeader("Content-Length: \t5 \r\n"), 200);
    row("largest length", withHeader("Content-Length: 9223372036854775807\r\n"), 200);
    row("length past 2^63", withHeader("Content-Length: 9223372036854775808\r\n"), 400);
    row("length past 2^64", withHeader("Content-Length: 18446744073709551615\r\n"), 400);
    row("length that wraps", withHeader("Content-Length: 18446744073709551621\r\n"), 400);
    row("negative length", withHeader("Content-Length: -1\r\n"), 400);
    row("signed length", withHeader("Content-Length: +5\r\n"), 400);
    row("hexadecimal length", withHeader("Content-Length: 0x5\r\n"), 400);
    row("length list", withHeader("Content-Length: 5, 5\r\n"), 400);
    row("length with blank inside", withHeader("Content-Length: 5 5\r\n"), 400);
    row("empty length", withHeader("Content-Length:\r\n"), 400);
    row("two lengths", withHeader("Content-Length: 5\r\nContent-Length: 6\r\n"), 400);
    row("two equal lengths", withHeader("Content-Length: 5\r\nContent-length: 5\r\n"), 400);

    row("chunked", withHeader("Transfer-Encoding: chunked\r\n"), 200);
    row("Chunked", withHeader("Transfer-Encoding: Chunked\r\n"), 200);
    row("xchunked", withHeader("Transfer-Encoding: xchunked\r\n"), 501);
    row("gzip", withHeader("Transfer-Encoding: gzip\r\n"), 501);
    row("gzip, chunked", withHeader("Transfer-Encoding: gzip, chunked\r\n"), 501);
    row("identity", withHeader("Transfer-Encoding: identity\r\n"), 501);
    row("quoted chunked", withHeader("Transfer-Encoding: \"chunked\"\r\n"), 501);
    row("chunked with vertical tab", withHeader("Transfer-Encoding: \vchunked\r\n"), 400);
    row("empty coding", withHeader("Transfer-Encoding:\r\n"), 501);
    row("length and chunked", withHeader("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"),
        400);
    row("chunked and length", withHeader("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"),
        400);
    row("length 0 and chunked", withHeader("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n"),
        400);
    row("two codings", withHeader("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"),
        400);
    row("chunked, then another",
        withHeader("Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n"), 400);
    row("chunked under HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400);
    row("compressed body", withHeader("Content-Encoding: gzip\r\nContent-Length: 5\r\n"), 415);
    row("body coded as itself", withHeader("Content-Encoding: identity\r\nContent-Length: 5\r\n"),
        200);
    row("100-continue", withHeader("Expect: 100-Continue\r\nContent-Length: 5\r\n"), 200);
    row("other expectation", withHeader("Expect: a-miracle\r\nContent-Length: 5\r\n"), 417);

    row("blank before colon", withHeader("Name : x\r\n"), 400);
    row("bad name", withHeader("Na(me: x\r\n"), 400);
    row("empty name", withHeader(": x\r\n"), 400);
    row("no colon", withHeader("Name\r\n"), 400);
    row("empty value", withHeader("Name:\r\n"), 200);
    row("folded line", withHeader("Name: x\r\n y\r\n"), 400);
    row("line of blanks", withHeader(" \r\n"), 400);
    row("NUL in value", withHeader("Name: x\0y\r\n"s), 400);
    row("control in value", withHeader("Name: x\x01y\r\n"), 400);
    row("escape in value", withHeader("Name: \x1b[0m\r\n"), 400);
    row("tab in value", withHeader("Name: x\ty\r\n"), 200);
    row("UTF-8 in value", withHeader("Name: \xc3\xa9\r\n"), 200);
    row("bare LF", "GET / HTTP/1.1\nHost: a\n\n", 400);
    row("bare LF in headers", withHeader("A: b\nC: d\r\n"), 400);
    row("bare LF ends the head", "GET / HTTP/1.1\r\nHost: a\r\n\n", 400);
    row("bare CR in value", withHeader("A: b\rC: d\r\n"), 400);
    row("CR CR LF", withHeader("A: b\r\r\n"), 400);
}

void TestHttpFraming::a_head_is_judged_the_same_however_it_is_cut()
{
    QFETCH(std::string, bytes);
    QFETCH(int, expected);
    QCOMPARE(verdict(bytes, std::max<size_t>(bytes.size(), 1)), expected);
    QCOMPARE(verdict(bytes, 1), expected);
    QCOMPARE(verdict(bytes, 7), expected);
}

void TestHttpFraming::the_parts_of_a_request_are_found()
{
    const std::string bytes = "PATCH /a/%20?q=1 HTTP/1.1\r\nhOsT: h:1\r\nX-One:  two  three \r\n"
                              "Content-Length: 007\r\n\r\n";
    HeadParser parser;
    QVERIFY(parser.parse(bytes) == Progress::Done);
    QCOMPARE(parser.size(), bytes.size());
    QCOMPARE(parser.method().in(bytes), "PATCH");
    QCOMPARE(parser.target().in(bytes), "/a/%20?q=1");
    QCOMPARE(parser.headers().size(), size_t(3));
    QCOMPARE(parser.headers()[1].name.in(bytes), "X-One");
    QCOMPARE(parser.headers()[1].value.in(bytes), "two  three");
    QCOMPARE(parser.contentLength(), uint64_t(7));
    QVERIFY(parser.hasBody() && !parser.chunked() && !parser.closes());
}

void TestHttpFraming::a_parser_is_used_again_after_reset()
{
    HeadParser parser;
    const std::string first = withHeader("Transfer-Encoding: chunked\r\nConnection: close\r\n");
    QVERIFY(parser.parse(first) == Progress::Done);
    parser.reset();
    QVERIFY(!parser.started());
    QVERIFY(parser.parse(withTarget("/second")) == Progress::Done);
    QVERIFY(!parser.chunked() && !parser.closes());
    QCOMPARE(parser.headers().size(), size_t(1));
}

void TestHttpFraming::what_follows_the_head_is_left_alone()
{
    const std::string head = withTarget("/");
    HeadParser parser;
    QVERIFY(parser.parse(head + "\n\n\0garbage\r\n\r\n") == Progress::Done);
    QCOMPARE(parser.size(), head.size());
}

void TestHttpFraming::connection_options_are_read_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<bool>("expectsContinue");
    const auto row = [](const char *name, const std::string &bytes, bool closes, bool expects) {
        QTest::newRow(name) << bytes << closes << expects;
    };
    row("nothing said", withHeader(""), false, false);
    row("close", withHeader("Connection: close\r\n"), true, false);
    row("Close in a list", withHeader("Connection: foo ,Close\r\n"), true, false);
    row("close in a second header", withHeader("Connection: a\r\nConnection: close\r\n"), true,
        false);
    row("a longer word", withHeader("Connection: closed\r\n"), false, false);
    row("keep-alive", withHeader("Connection: keep-alive\r\n"), false, false);
    row("HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", true, false);
    row("expects", withHeader("Expect: 100-continue\r\nContent-Length: 1\r\n"), false, true);
    row("expects before chunks",
        withHeader("Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n"), false, true);
    row("expects without a body", withHeader("Expect: 100-continue\r\n"), false, false);
    row("expects under HTTP/1.0",
        "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n", true, false);
}

void TestHttpFraming::connection_options_are_read()
{
    QFETCH(std::string, bytes);
    HeadParser parser;
    QVERIFY(parser.parse(bytes) == Progress::Done);
    QTEST(parser.closes(), "closes");
    QTEST(parser.expectsContinue(), "expectsContinue");
}

void TestHttpFraming::a_wish_for_websocket_needs_all_its_signs_data()
{
    QTest::addColumn<std::string>("start");
    QTest::addColumn<std::string>("headers");
    QTest::addColumn<bool>("wanted");
    const std::string get = "GET / HTTP/1.1\r\nHost: a\r\n";
    const std::string both = "Connection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n";
    QTest::newRow("whole") << get << both << true;
    QTest::newRow("no connection") << get << std::string("Upgrade: websocket\r\n") << false;
    QTest::newRow("no upgrade") << get << std::string("Connection: upgrade\r\n") << false;
    QTest::newRow("other protocol")
        << get << std::string("Connection: upgrade\r\nUpgrade: h2c\r\n") << false;
    QTest::newRow("with a body") << get << both + "Content-Length: 1\r\n" << false;
    QTest::newRow("POST") << std::string("POST / HTTP/1.1\r\nHost: a\r\n") << both << false;
    QTest::newRow("HTTP/1.0") << std::string("GET / HTTP/1.0\r\n") << both << false;
}

void TestHttpFraming::a_wish_for_websocket_needs_all_its_signs()
{
    QFETCH(std::string, start);
    QFETCH(std::string, headers);
    HeadParser parser;
    QVERIFY(parser.parse(start + headers + "\r\n") == Progress::Done);
    QTEST(parser.wantsWebSocket(), "wanted");
}

void TestHttpFraming::header_limits_are_exact()
{
    const std::string host = "Host: a\r\n";
    const auto padded = [&](size_t total) {
        return "GET / HTTP/1.1\r\n" + host + "X: " + std::string(total - host.size() - 5, 'x')
            + "\r\n\r\n";
    };
    QCOMPARE(verdict(padded(16 * 1024), 5000), 200);
    QCOMPARE(verdict(padded(16 * 1024 + 1), 5000), 431);
    QCOMPARE(verdict(padded(1024 * 1024), 64 * 1024), 431);
    // Without a line end the limit holds as well.
    QCOMPARE(verdict("GET / HTTP/1.1\r\nX: " + std::string(16 * 1024, 'x'), 5000), 431);

    std::string many = "GET / HTTP/1.1\r\n" + host;
    for (int i = 1; i < 100; ++i)
        many += "A: b\r\n";
    QCOMPARE(verdict(many + "\r\n", many.size() + 2), 200);
    QCOMPARE(verdict(many + "A: b\r\n\r\n", 3), 431);
}

void TestHttpFraming::the_request_line_has_a_limit()
{
    QCOMPARE(verdict(withTarget("/" + std::string(8 * 1024 - 14, 'x')), 4000), 200);
    QCOMPARE(verdict(withTarget("/" + std::string(8 * 1024 - 13, 'x')), 4000), 414);
    QCOMPARE(verdict("GET /" + std::string(9 * 1024, 'x'), 4000), 414);
}

QTEST_GUILESS_MAIN(TestHttpFraming)
#include "tst_http_framing.moc"
