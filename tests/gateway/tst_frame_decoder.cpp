// SPDX-License-Identifier: GPL-3.0-or-later
// The decoder says the same however its bytes are cut. What it refuses: tst_gateway_protocol.
#include "raw_gateway.h"
#include "server/gateway/realtime/frame_decoder.h"

#include <QRandomGenerator>
#include <QTest>

using namespace guildhall;
using namespace guildhall::realtime;
using guildhall::test::RawGateway;

class TestFrameDecoder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void random_conversations_decode_alike_however_they_are_cut();
    void random_bytes_end_in_a_violation_or_wait_for_more();
    void a_message_in_one_piece_is_handed_out_where_it_lies();
    void empty_fragments_without_end_are_refused();
};

namespace {

constexpr qsizetype limit = 2000;

struct Found {
    Inbound::Kind kind;
    bool binary;
    quint16 code;
    QByteArray payload;
    friend bool operator==(const Found &, const Found &) = default;
};

/// Feeds `bytes` in pieces of at most `most` bytes.
std::vector<Found> decode(QByteArray bytes, QRandomGenerator &random, int most)
{
    FrameDecoder decoder(limit);
    std::vector<Found> found;
    while (!bytes.isEmpty()) {
        QByteArray piece = bytes.left(random.bounded(1, most + 1));
        bytes.remove(0, piece.size());
        std::span<char> rest(piece.data(), size_t(piece.size()));
        for (;;) {
            const Inbound inbound = decoder.next(rest);
            if (inbound.kind == Inbound::Kind::Nothing)
                break;
            found.push_back(
                {inbound.kind, inbound.binary, inbound.code, inbound.payload.toByteArray()});
            if (inbound.kind == Inbound::Kind::Violation)
                return found;
        }
        if (!rest.empty())
            qFatal("the decoder wants more, and has not taken what there is");
    }
    return found;
}

QByteArray text(QRandomGenerator &random, int most)
{
    QByteArray payload(random.bounded(0, most), Qt::Uninitialized);
    for (char &c : payload)
        c = char(random.bounded(32, 127));
    return payload;
}

QByteArray conversation(QRandomGenerator &random, std::vector<Found> &expected)
{
    QByteArray bytes;
    for (int i = 0; i < 20; ++i) {
        const bool binary = random.bounded(2) == 1;
        const int first = binary ? 2 : 1;
        const int fragments = random.bounded(1, 5);
        QByteArray message;
        for (int f = 0; f < fragments; ++f) {
            const QByteArray part = text(random, 400);
            message += part;
            const int fin = f == fragments - 1 ? 0x80 : 0;
            bytes += RawGateway::encode(fin | (f == 0 ? first : 0), part);
            if (fin == 0 && random.bounded(3) == 0) {
                const QByteArray ping = text(random, 125);
                bytes += RawGateway::encode(0x89, ping);
                expected.push_back({Inbound::Kind::Ping, false, 0, ping});
            }
        }
        expected.push_back({Inbound::Kind::Message, binary, 0, message});
    }
    bytes += RawGateway::encode(0x88, QByteArray("\x03\xe8", 2) + "bye");
    expected.push_back({Inbound::Kind::Close, false, 1000, "bye"});
    return bytes;
}

} // namespace

void TestFrameDecoder::random_conversations_decode_alike_however_they_are_cut()
{
    QRandomGenerator random(42);
    for (int round = 0; round < 200; ++round) {
        std::vector<Found> expected;
        const QByteArray bytes = conversation(random, expected);
        for (const int most : {1, 3, 17, 1000, 1'000'000})
            QVERIFY(decode(bytes, random, most) == expected);
    }
}

void TestFrameDecoder::random_bytes_end_in_a_violation_or_wait_for_more()
{
    QRandomGenerator random(43);
    int violations = 0;
    for (int round = 0; round < 20'000; ++round) {
        QByteArray bytes(random.bounded(1, 60), Qt::Uninitialized);
        for (char &c : bytes)
            c = char(random.bounded(256));
        if (round % 2 == 0) { // some that begin well
            bytes[0] = char(0x81);
            bytes.insert(1, char(0x80 | random.bounded(20)));
        }
        QRandomGenerator cuts(quint32(round) + 1);
        const std::vector<Found> pieces = decode(bytes, cuts, 5);
        QVERIFY(pieces == decode(bytes, cuts, 1000));
        violations += !pieces.empty() && pieces.back().kind == Inbound::Kind::Violation;
    }
    QVERIFY(violations > 10'000);
}

void TestFrameDecoder::a_message_in_one_piece_is_handed_out_where_it_lies()
{
    FrameDecoder decoder(limit);
    QByteArray bytes = RawGateway::encode(0x81, "hello");
    std::span<char> rest(bytes.data(), size_t(bytes.size()));
    const Inbound inbound = decoder.next(rest);
    QCOMPARE(inbound.payload.toByteArray(), "hello");
    QVERIFY(inbound.payload.data() == bytes.constData() + 6);
}

void TestFrameDecoder::empty_fragments_without_end_are_refused()
{
    QRandomGenerator random(44);
    QByteArray bytes = RawGateway::encode(0x01, "");
    for (int i = 0; i < 10'000; ++i)
        bytes += RawGateway::encode(0x00, "");
    const std::vector<Found> found = decode(bytes, random, 1'000'000);
    QCOMPARE(found.size(), size_t(1));
    QCOMPARE(found[0].code, quint16(4002));
}

QTEST_APPLESS_MAIN(TestFrameDecoder)
#include "tst_frame_decoder.moc"
