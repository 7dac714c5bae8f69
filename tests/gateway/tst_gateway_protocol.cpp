// SPDX-License-Identifier: GPL-3.0-or-later
// What goes over the wire, right and wrong: RFC 6455 and the payloads of api.md 7.
#include "gateway_world.h"
#include "raw_gateway.h"

#include <QJsonArray>
#include <QTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestGatewayProtocol : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wrong_frames_are_closed_with_their_code_data();
    void wrong_frames_are_closed_with_their_code();
    void right_frames_are_understood_data();
    void right_frames_are_understood();
    void a_handshake_that_is_not_one_is_refused_data();
    void a_handshake_that_is_not_one_is_refused();
    void bytes_in_the_packet_of_the_handshake_are_not_lost();
    void a_ping_is_answered_with_its_payload();
    void a_clients_close_is_answered_with_its_code();
    void wrong_payloads_are_closed_with_their_code_data();
    void wrong_payloads_are_closed_with_their_code();
    void payloads_before_identify_are_closed_with_4003_data();
    void payloads_before_identify_are_closed_with_4003();
    void known_opcodes_that_mean_nothing_are_ignored();
    void sixteen_kibibytes_are_accepted_and_no_byte_more();
    void a_frame_that_declares_a_gigabyte_is_closed_at_once();
    void too_many_payloads_are_closed_with_4008();
    void a_flood_of_pings_with_nobody_reading_is_cut();
    void vanishing_clients_leave_nothing_behind();
};

namespace {

const QByteArray beat = R"({"op":1,"d":null})";
const QByteArray ack = R"({"t":null,"s":null,"op":11,"d":null})";

QByteArray frame(int first, const QByteArray &payload, bool masked = true)
{
    return RawGateway::encode(first, payload, masked);
}

} // namespace

void TestGatewayProtocol::wrong_frames_are_closed_with_their_code_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    QTest::newRow("unmasked") << frame(0x81, beat, false) << 1002;
    QTest::newRow("rsv1") << frame(0xC1, beat) << 1002;
    QTest::newRow("rsv2") << frame(0xA1, beat) << 1002;
    QTest::newRow("rsv3") << frame(0x91, beat) << 1002;
    QTest::newRow("opcode 3") << frame(0x83, beat) << 1002;
    QTest::newRow("opcode 7") << frame(0x87, beat) << 1002;
    QTest::newRow("opcode 11") << frame(0x8B, "x") << 1002;
    QTest::newRow("opcode 15") << frame(0x8F, "x") << 1002;
    QTest::newRow("continuation of nothing") << frame(0x80, beat) << 1002;
    QTest::newRow("a message within a message") << frame(0x01, "{") + frame(0x81, beat) << 1002;
    QTest::newRow("ping in fragments") << frame(0x09, "x") << 1002;
    QTest::newRow("ping of 126 bytes") << frame(0x89, QByteArray(126, 'x')) << 1002;
    QTest::newRow("close of one byte") << frame(0x88, "x") << 1002;
    QTest::newRow("close with 999") << frame(0x88, QByteArray("\x03\xe7", 2)) << 1002;
    QTest::newRow("close with 1004") << frame(0x88, QByteArray("\x03\xec", 2)) << 1002;
    QTest::newRow("close with 1005") << frame(0x88, QByteArray("\x03\xed", 2)) << 1002;
    QTest::newRow("close with 1006") << frame(0x88, QByteArray("\x03\xee", 2)) << 1002;
    QTest::newRow("close with 1015") << frame(0x88, QByteArray("\x03\xf7", 2)) << 1002;
    QTest::newRow("close with 2999") << frame(0x88, QByteArray("\x0b\xb7", 2)) << 1002;
    QTest::newRow("close with 5000") << frame(0x88, QByteArray("\x13\x88", 2)) << 1002;
    QTest::newRow("close with a broken reason") << frame(0x88, "\x03\xe8\xff") << 1007;
    QTest::newRow("long length for a short payload")
        << QByteArray("\x81\xfe\x00\x05\x00\x00\x00\x00hello", 13) << 1002;
    QTest::newRow("longest length for a short payload")
        << QByteArray("\x81\xff\x00\x00\x00\x00\x00\x00\x00\x05\x00\x00\x00\x00hello", 19) << 1002;
    QTest::newRow("length with the highest bit")
        << QByteArray("\x81\xff\x80\x00\x00\x00\x00\x00\x00\x05\x00\x00\x00\x00", 14) << 1002;
    QTest::newRow("text that is not utf-8") << frame(0x81, "{\"op\":\"\xff\"}") << 1007;
    QTest::newRow("text with a surrogate") << frame(0x81, "\xed\xa0\x80") << 1007;
    QTest::newRow("text cut within a character") << frame(0x81, "\xe2\x82") << 1007;
    QTest::newRow("binary that is not utf-8") << frame(0x82, "{\"op\":\"\xff\"}") << 4002;
}

void TestGatewayProtocol::wrong_frames_are_closed_with_their_code()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, code);
    GatewayWorld world;
    RawGateway client(world.port());
    QVERIFY(client.isOpen());
    QVERIFY(client.send(bytes));
    QCOMPARE(client.closeCode(), code);
    QVERIFY(client.ends());
}

void TestGatewayProtocol::right_frames_are_understood_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("text") << frame(0x81, beat);
    QTest::newRow("binary") << frame(0x82, beat);
    QTest::newRow("two fragments") << frame(0x01, beat.left(5)) + frame(0x80, beat.mid(5));
    QTest::newRow("fragments and a ping between")
        << frame(0x01, beat.left(5)) + frame(0x89, "x") + frame(0x80, beat.mid(5));
    QTest::newRow("an empty fragment first") << frame(0x01, "") + frame(0x80, beat);
    QTest::newRow("a character over two fragments")
        << frame(0x01, "{\"op\":1,\"x\":\"\xe2") + frame(0x80, "\x82\xac\"}");
    QByteArray bytes = frame(0x01, "");
    for (const char c : beat)
        bytes += frame(0x00, QByteArray(1, c));
    QTest::newRow("a byte a fragment") << bytes + frame(0x80, "");
    QTest::newRow("a pong nobody asked for") << frame(0x8A, "x") + frame(0x81, beat);
    QTest::newRow("blanks after it") << frame(0x81, beat + QByteArray(500, ' '));
    QTest::newRow("a last sequence") << frame(0x81, R"({"op":1,"d":17})");
    QTest::newRow("more keys") << frame(0x81, R"({"d":null,"op":1,"s":null,"t":null,"x":[]})");
}

void TestGatewayProtocol::right_frames_are_understood()
{
    QFETCH(const QByteArray, bytes);
    GatewayWorld world;
    RawGateway atOnce(world.port());
    QVERIFY(atOnce.readUntil(0x81).payload.contains("heartbeat_interval"));
    QVERIFY(atOnce.send(bytes));
    QCOMPARE(atOnce.readUntil(0x81).payload, ack);
    RawGateway byteByByte(world.port());
    QVERIFY(byteByByte.readUntil(0x81).payload.contains("heartbeat_interval"));
    for (const char c : bytes)
        QVERIFY(byteByByte.send(QByteArray(1, c)));
    QCOMPARE(byteByByte.readUntil(0x81).payload, ack);
}

void TestGatewayProtocol::a_handshake_that_is_not_one_is_refused_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("status");
    QTest::newRow("old version") << QByteArray("Sec-WebSocket-Version: 8\r\n"
                                               "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n")
                                 << QByteArray("426");
    QTest::newRow("no version") << QByteArray("Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n")
                                << QByteArray("426");
    QTest::newRow("no key") << QByteArray("Sec-WebSocket-Version: 13\r\n") << QByteArray("400");
    QTest::newRow("short key") << QByteArray(
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAA\r\n")
                               << QByteArray("400");
}

void TestGatewayProtocol::a_handshake_that_is_not_one_is_refused()
{
    QFETCH(const QByteArray, headers);
    QFETCH(const QByteArray, status);
    GatewayWorld world;
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, world.port());
    QVERIFY(socket.waitForConnected());
    socket.write("GET /gateway HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                 + headers + "\r\n");
    QByteArray answer;
    while (socket.waitForReadyRead(5000))
        answer += socket.readAll();
    QCOMPARE(answer.mid(9, 3), status);
    QCOMPARE(socket.state(), QAbstractSocket::UnconnectedState);
}

void TestGatewayProtocol::bytes_in_the_packet_of_the_handshake_are_not_lost()
{
    GatewayWorld world;
    RawGateway client(world.port(), frame(0x81, beat));
    QVERIFY(client.readUntil(0x81).payload.contains("heartbeat_interval"));
    QCOMPARE(client.readUntil(0x81).payload, ack);
}

void TestGatewayProtocol::a_ping_is_answered_with_its_payload()
{
    GatewayWorld world;
    RawGateway client(world.port());
    QVERIFY(client.send(frame(0x89, "hello") + frame(0x89, "")));
    QCOMPARE(client.readUntil(0x8A).payload, QByteArray("hello"));
    QCOMPARE(client.readUntil(0x8A).payload, QByteArray(""));
}

void TestGatewayProtocol::a_clients_close_is_answered_with_its_code()
{
    GatewayWorld world;
    RawGateway client(world.port());
    QVERIFY(client.send(frame(0x88, QByteArray("\x10\x69", 2) + "bye")));
    QCOMPARE(client.closeCode(), 4201);
    QVERIFY(client.ends());
    RawGateway silent(world.port());
    QVERIFY(silent.send(frame(0x88, "")));
    QCOMPARE(silent.closeCode(), 1000);
}

void TestGatewayProtocol::wrong_payloads_are_closed_with_their_code_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<int>("code");
    const auto row = [](const char *payload, int code) {
        QTest::newRow(payload) << QByteArray(payload) << code;
    };
    row("", 4002);
    row("hello", 4002);
    row("{", 4002);
    row("[]", 4002);
    row("1", 4002);
    row("null", 4002);
    row("{}", 4002);
    row(R"({"op":"1"})", 4002);
    row(R"({"op":null})", 4002);
    row(R"({"op":1.0})", 4002);
    row(R"({"op":1}})", 4002);
    row(R"({"op":1,"d":"x"})", 4002);
    row(R"({"op":1,"d":-1})", 4002);
    row(R"({"op":1,"d":{}})", 4002);
    row(R"({"op":3,"d":null})", 4002);
    row(R"({"op":3,"d":{"status":"dancing"}})", 4002);
    row(R"({"op":3,"d":{"status":"online","activities":{}}})", 4002);
    row(R"({"op":3,"d":{"status":"online","activities":[1]}})", 4002);
    row(R"({"op":3,"d":{"status":"online","afk":"no"}})", 4002);
    row(R"({"op":3,"d":{"status":"online","since":"now"}})", 4002);
    row(R"({"op":4,"d":[]})", 4002);
    row(R"({"op":4,"d":{"guild_id":true}})", 4002);
    row(R"({"op":4,"d":{"guild_id":"1","channel_id":"x"}})", 4002);
    row(R"({"op":4,"d":{"guild_id":"1","self_mute":1}})", 4002);
    row(R"({"op":8,"d":{}})", 4002);
    row(R"({"op":8,"d":{"guild_id":"1"}})", 4002);
    row(R"({"op":8,"d":{"guild_id":"1","query":"","user_ids":"7","limit":0}})", 4002);
    row(R"({"op":8,"d":{"guild_id":["1","2"],"query":"","limit":0}})", 4002);
    row(R"({"op":8,"d":{"guild_id":"1","query":7,"limit":0}})", 4002);
    row(R"({"op":8,"d":{"guild_id":"1","query":"","limit":"0"}})", 4002);
    row(R"({"op":8,"d":{"guild_id":"1","user_ids":["x"]}})", 4002);
    row(R"({"op":0,"d":{}})", 4001);
    row(R"({"op":5,"d":{}})", 4001);
    row(R"({"op":7,"d":null})", 4001);
    row(R"({"op":10,"d":{}})", 4001);
    row(R"({"op":99,"d":{}})", 4001);
    row(R"({"op":-1})", 4001);
    row(R"({"op":99999999999})", 4001);
    QTest::newRow("65 deep") << "{\"op\":1,\"x\":" + QByteArray(65, '[') + QByteArray(65, ']') + '}'
                             << 4002;
    QTest::newRow("101 ids") << "{\"op\":8,\"d\":{\"guild_id\":\"1\",\"user_ids\":["
            + QByteArray("\"7\",").repeated(100)
            + "\"7\"]}}" << 4002;
}

void TestGatewayProtocol::wrong_payloads_are_closed_with_their_code()
{
    QFETCH(const QByteArray, payload);
    QFETCH(const int, code);
    GatewayWorld world;
    RawGateway client(world.port());
    QVERIFY(client.sendText(R"({"op":2,"d":{"token":"user-7"}})"));
    QVERIFY(client.readUntil(0x81).payload.contains("heartbeat_interval"));
    QVERIFY(client.readUntil(0x81).payload.contains("READY"));
    QVERIFY(client.sendText(payload));
    QCOMPARE(client.closeCode(), code);
    QVERIFY(client.ends());
}

void TestGatewayProtocol::payloads_before_identify_are_closed_with_4003_data()
{
    QTest::addColumn<int>("op");
    for (const int op : {3, 4, 8, 14, 31, 37, 43})
        QTest::addRow("op %d", op) << op;
}

void TestGatewayProtocol::payloads_before_identify_are_closed_with_4003()
{
    QFETCH(const int, op);
    GatewayWorld world;
    GatewayClient client(world.url());
    client.next(10);
    client.send(op, QJsonObject());
    QCOMPARE(client.closeCode(), 4003);
}

void TestGatewayProtocol::known_opcodes_that_mean_nothing_are_ignored()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    client.identify(u"user-7"_s);
    for (const int op : {14, 31, 37, 43}) {
        client.send(op, QJsonObject());
        client.send(op, QJsonArray());
    }
    QVERIFY(client.sync());
}

void TestGatewayProtocol::sixteen_kibibytes_are_accepted_and_no_byte_more()
{
    GatewayWorld world;
    RawGateway client(world.port());
    client.readUntil(0x81);
    const QByteArray most = beat + QByteArray(16 * 1024 - beat.size(), ' ');
    QVERIFY(client.sendText(most));
    QCOMPARE(client.readUntil(0x81).payload, ack);
    QVERIFY(client.send(frame(0x01, most.left(16 * 1024 - 1)) + frame(0x80, "  ")));
    QCOMPARE(client.closeCode(), 4002);
    RawGateway other(world.port());
    QVERIFY(other.sendText(most + ' '));
    QCOMPARE(other.closeCode(), 4002);
}

void TestGatewayProtocol::a_frame_that_declares_a_gigabyte_is_closed_at_once()
{
    GatewayWorld world;
    RawGateway client(world.port());
    QVERIFY(
        client.send(QByteArray("\x81\xff\x00\x00\x00\x00\x40\x00\x00\x00\x01\x02\x03\x04", 14)));
    QCOMPARE(client.closeCode(), 4002);
    // Who goes on sending it is cut.
    const QByteArray chunk(256 * 1024, 'x');
    int chunks = 0;
    while (chunks < 4000 && client.send(chunk))
        ++chunks;
    QVERIFY(chunks < 4000);
}

void TestGatewayProtocol::too_many_payloads_are_closed_with_4008()
{
    GatewayWorld world;
    RawGateway client(world.port());
    for (int i = 0; i < 120; ++i)
        QVERIFY(client.sendText(beat));
    client.readUntil(0x81);
    for (int i = 0; i < 120; ++i)
        QCOMPARE(client.readUntil(0x81).payload, ack);
    QVERIFY(client.sendText(beat));
    QCOMPARE(client.closeCode(), 4008);
}

void TestGatewayProtocol::a_flood_of_pings_with_nobody_reading_is_cut()
{
    GatewayWorld world;
    RawGateway client(world.port());
    client.socket().setReadBufferSize(1);
    const QByteArray pings = frame(0x89, QByteArray(100, 'x')).repeated(1000);
    int rounds = 0;
    while (rounds < 2000 && client.send(pings))
        ++rounds;
    QVERIFY(rounds < 2000);
    QTRY_COMPARE(world.shards.statistics().connections, 0);
}

void TestGatewayProtocol::vanishing_clients_leave_nothing_behind()
{
    GatewayWorld world;
    for (int i = 0; i < 20; ++i) {
        RawGateway client(world.port());
        client.sendText(R"({"op":2,"d":{"token":"user-7"}})");
        if (i % 2 == 0)
            client.readUntil(0x81);
        client.socket().abort();
    }
    QTRY_COMPARE(world.shards.statistics().connections, 0);
    QTRY_COMPARE(world.shards.statistics().sessions, 0);
}

QTEST_GUILESS_MAIN(TestGatewayProtocol)
#include "tst_gateway_protocol.moc"
