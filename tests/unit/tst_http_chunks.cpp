// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/door/http_framing.h"

#include <QTest>

#include <algorithm>
#include <string>

using namespace guildhall::http;

Q_DECLARE_METATYPE(std::string)

namespace {

struct Decoded {
    int status = 0; ///< 200, 0 for more wanted, or what it was refused with
    std::string body;
    std::string rest;
};

Decoded decoded(const std::string &bytes, size_t step, uint64_t cap = 1000)
{
    ChunkDecoder decoder;
    Decoded result;
    size_t at = 0;
    for (size_t end = std::min(step, bytes.size()); at < bytes.size();) {
        const auto part = decoder.decode(std::string_view(bytes).substr(at, end - at),
                                         cap - result.body.size());
        at += part.consumed;
        result.body += part.data;
        if (part.progress != Progress::NeedMore) {
            result.status = part.progress == Progress::Done ? 200 : decoder.status();
            break;
        }
        if (at == end)
            end = std::min(end + step, bytes.size());
    }
    result.rest = bytes.substr(at);
    return result;
}

} // namespace

class TestHttpChunks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void chunks_are_judged_the_same_however_they_are_cut_data();
    void chunks_are_judged_the_same_however_they_are_cut();
    void a_chunked_body_ends_where_it_ends();
    void a_chunk_larger_than_the_room_is_refused_before_its_data();
};

void TestHttpChunks::chunks_are_judged_the_same_however_they_are_cut_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<int>("expected");
    QTest::addColumn<std::string>("body");
    const auto row = [](const char *name, const std::string &bytes, int expected,
                        const std::string &body = {}) {
        QTest::newRow(name) << bytes << expected << body;
    };
    row("empty", "0\r\n\r\n", 200);
    row("one", "5\r\nhello\r\n0\r\n\r\n", 200, "hello");
    row("several", "1\r\nh\r\n04\r\nello\r\n000\r\n\r\n", 200, "hello");
    row("hexadecimal", "A\r\n0123456789\r\n0\r\n\r\n", 200, "0123456789");
    row("line ends inside", "4\r\n\r\n\r\n\r\n0\r\n\r\n", 200, "\r\n\r\n");
    row("unfinished", "5\r\nhel", 0, "hel");
    row("negative size", "-1\r\n\r\n", 400);
    row("signed size", "+5\r\nhello\r\n0\r\n\r\n", 400);
    row("prefixed size", "0x5\r\nhello\r\n0\r\n\r\n", 400);
    row("garbage size", "z\r\n", 400);
    row("blank before size", " 5\r\nhello\r\n0\r\n\r\n", 400);
    row("blank after size", "5 \r\nhello\r\n0\r\n\r\n", 400);
    row("no size", "\r\n\r\n", 400);
    row("endless size", "000000005\r\nhello\r\n0\r\n\r\n", 400);
    row("size that wraps", "100000000\r\n", 400);
    row("extension", "5;a=b\r\nhello\r\n0\r\n\r\n", 400);
    row("extension of the last", "0;a\r\n\r\n", 400);
    row("trailer", "5\r\nhello\r\n0\r\nA: b\r\n\r\n", 400, "hello");
    row("bare LF after size", "5\nhello\r\n0\r\n\r\n", 400);
    row("bare CR after size", "5\rhello\r\n0\r\n\r\n", 400);
    row("bare LF after data", "5\r\nhello\n0\r\n\r\n", 400, "hello");
    row("data too long", "5\r\nhello!\r\n0\r\n\r\n", 400, "hello");
    row("bare LF at the end", "0\r\n\n", 400);
    row("over the cap", "3e9\r\n", 413);
    row("over the cap in sum", "3e8\r\n" + std::string(1000, 'x') + "\r\n1\r\n", 413,
        std::string(1000, 'x'));
}

void TestHttpChunks::chunks_are_judged_the_same_however_they_are_cut()
{
    QFETCH(std::string, bytes);
    QFETCH(int, expected);
    QFETCH(std::string, body);
    for (const size_t step : {bytes.size(), size_t(1), size_t(3)}) {
        const Decoded result = decoded(bytes, step);
        QCOMPARE(result.status, expected);
        QCOMPARE(result.body, body);
    }
}

void TestHttpChunks::a_chunked_body_ends_where_it_ends()
{
    const Decoded result = decoded("1\r\na\r\n0\r\n\r\nGET / HTTP/1.1\r\n", 1000);
    QCOMPARE(result.status, 200);
    QCOMPARE(result.rest, "GET / HTTP/1.1\r\n");
}

void TestHttpChunks::a_chunk_larger_than_the_room_is_refused_before_its_data()
{
    ChunkDecoder decoder;
    QVERIFY(decoder.decode("b\r\n", 10).progress == Progress::Refused);
    QCOMPARE(decoder.status(), 413);
    decoder.reset();
    QVERIFY(decoder.decode("a\r\n", 10).progress == Progress::NeedMore);
}

QTEST_GUILESS_MAIN(TestHttpChunks)
#include "tst_http_chunks.moc"
