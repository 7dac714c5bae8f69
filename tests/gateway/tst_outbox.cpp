// SPDX-License-Identifier: GPL-3.0-or-later
// What is staged arrives whole, in order and once, however little the kernel takes at a time.
#include "server/gateway/realtime/outbox.h"

#include <QRandomGenerator>
#include <QTest>

#include <sys/socket.h>
#include <unistd.h>

using namespace guildhall;
using namespace guildhall::realtime;

class TestOutbox : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everything_arrives_in_order_through_a_narrow_socket();
    void the_limits_count_bytes_and_messages();
    void bulk_does_not_count_until_it_is_sent();
    void what_is_dropped_leaves_whole_frames();
    void a_broken_connection_is_told();
};

namespace {

/// Two ends of a stream with small buffers.
class Pair {
public:
    Pair()
    {
        if (::socketpair(AF_UNIX, SOCK_STREAM, 0, m_ends) != 0)
            qFatal("no sockets");
        const int small = 4096;
        ::setsockopt(m_ends[0], SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
    }
    ~Pair()
    {
        ::close(m_ends[0]);
        closeReader();
    }
    int writer() const { return m_ends[0]; }
    void closeReader()
    {
        if (m_ends[1] >= 0)
            ::close(std::exchange(m_ends[1], -1));
    }
    QByteArray read(size_t most)
    {
        QByteArray bytes(qsizetype(most), Qt::Uninitialized);
        const ssize_t size = ::recv(m_ends[1], bytes.data(), most, MSG_DONTWAIT);
        bytes.truncate(qMax<qsizetype>(size, 0));
        return bytes;
    }

private:
    int m_ends[2] = {-1, -1};
};

/// A shard's worth of tools, and the bytes that must arrive.
class Desk {
public:
    explicit Desk(Outbox::Limits limits = {1'000'000'000, 1'000'000})
        : m_limits(limits)
    { }

    void stage(Outbox &outbox, Outgoing item)
    {
        const bool dispatch = item.kind == Outgoing::Kind::Dispatch;
        const QueuedFrame frame = makeFrame(item, dispatch ? ++sequence : 0);
        expected += frame.head + frame.body + (frame.closingBrace ? "}" : "");
        outbox.stage(m_table.add(std::move(item)), dispatch);
    }
    Outbox::Result flush(Outbox &outbox, int descriptor)
    {
        const auto result
            = outbox.flush(descriptor, {m_table, m_writer, m_limits, traffic}, sequence, nullptr);
        m_table.clear();
        return result;
    }

    QByteArray expected;
    quint64 sequence = 0;
    Traffic traffic;

private:
    DispatchTable m_table;
    FrameWriter m_writer;
    Outbox::Limits m_limits;
};

Outgoing randomItem(QRandomGenerator &random)
{
    const int size = random.bounded(10) == 0 ? random.bounded(100'000) : random.bounded(1500);
    const QByteArray body(size, char('a' + random.bounded(26)));
    switch (random.bounded(4)) {
    case 0:
        return {Outgoing::Kind::Payload, {}, body};
    case 1:
        return {Outgoing::Kind::Frame, {}, encodeFrame(FrameType::Pong, body.left(125))};
    default:
        return {Outgoing::Kind::Dispatch, "MESSAGE_CREATE", body};
    }
}

Outgoing dispatchOf(int size)
{
    return {Outgoing::Kind::Dispatch, "MESSAGE_CREATE", QByteArray(size, 'x')};
}

} // namespace

void TestOutbox::everything_arrives_in_order_through_a_narrow_socket()
{
    QRandomGenerator random(7);
    for (int round = 0; round < 50; ++round) {
        Pair pair;
        Desk desk;
        Outbox outbox;
        QByteArray arrived;
        for (int turn = 0; turn < 30; ++turn) {
            const int count = random.bounded(0, int(FrameWriter::maxMessages) + 1);
            for (int i = 0; i < count; ++i)
                desk.stage(outbox, randomItem(random));
            QVERIFY(desk.flush(outbox, pair.writer()) <= Outbox::Result::Blocked);
            arrived += pair.read(size_t(random.bounded(1, 40'000)));
            if (outbox.hasBacklog() && random.bounded(2) == 0)
                QVERIFY(outbox.sendBacklog(pair.writer(), desk.traffic) <= Outbox::Result::Blocked);
        }
        while (outbox.hasBacklog()) {
            arrived += pair.read(100'000);
            outbox.sendBacklog(pair.writer(), desk.traffic);
        }
        QCOMPARE(outbox.backlogBytes(), qsizetype(0));
        for (QByteArray bytes = pair.read(100'000); !bytes.isEmpty(); bytes = pair.read(100'000))
            arrived += bytes;
        QVERIFY(arrived == desk.expected);
        QCOMPARE(desk.traffic.bytes, quint64(arrived.size()));
        QCOMPARE(desk.traffic.dispatches, desk.sequence);
    }
}

void TestOutbox::the_limits_count_bytes_and_messages()
{
    Pair pair;
    Desk bytes({100'000, 1000});
    Outbox outbox;
    bytes.stage(outbox, dispatchOf(50'000));
    QCOMPARE(bytes.flush(outbox, pair.writer()), Outbox::Result::Blocked);
    bytes.stage(outbox, dispatchOf(100'000));
    QCOMPARE(bytes.flush(outbox, pair.writer()), Outbox::Result::Overflow);

    Pair other;
    Desk messages({1'000'000'000, 3});
    Outbox counted;
    for (int i = 0; i < 3; ++i)
        messages.stage(counted, dispatchOf(50'000));
    QCOMPARE(messages.flush(counted, other.writer()), Outbox::Result::Blocked);
    messages.stage(counted, dispatchOf(1));
    QCOMPARE(messages.flush(counted, other.writer()), Outbox::Result::Overflow);
}

void TestOutbox::bulk_does_not_count_until_it_is_sent()
{
    Pair pair;
    Desk desk({10'000, 2});
    Outbox outbox;
    outbox.setBulk(true);
    for (int i = 0; i < 10; ++i)
        desk.stage(outbox, dispatchOf(50'000));
    QCOMPARE(desk.flush(outbox, pair.writer()), Outbox::Result::Blocked);
    outbox.setBulk(false);
    for (int i = 0; i < 2; ++i)
        desk.stage(outbox, dispatchOf(100));
    QCOMPARE(desk.flush(outbox, pair.writer()), Outbox::Result::Blocked);
    desk.stage(outbox, dispatchOf(100));
    QCOMPARE(desk.flush(outbox, pair.writer()), Outbox::Result::Overflow);
}

void TestOutbox::what_is_dropped_leaves_whole_frames()
{
    Pair pair;
    Desk desk;
    Outbox outbox;
    for (int i = 0; i < 10; ++i)
        desk.stage(outbox, dispatchOf(20'000));
    QCOMPARE(desk.flush(outbox, pair.writer()), Outbox::Result::Blocked);
    const size_t dropped = outbox.dropUnsent();
    outbox.append(encodeCloseFrame(4000, "late"));
    QByteArray arrived;
    while (outbox.hasBacklog()) {
        arrived += pair.read(100'000);
        outbox.sendBacklog(pair.writer(), desk.traffic);
    }
    arrived += pair.read(100'000);
    const QByteArray close = encodeCloseFrame(4000, "late");
    QVERIFY(arrived.endsWith(close));
    const QByteArray frames = arrived.chopped(close.size());
    QVERIFY(desk.expected.startsWith(frames));
    const qsizetype frame = desk.expected.size() / 10; // they are all of one size
    QVERIFY(!frames.isEmpty());
    QCOMPARE(frames.size() % frame, qsizetype(0));
    QVERIFY(frames.size() < desk.expected.size());
    QCOMPARE(qsizetype(dropped), 10 - frames.size() / frame);
}

void TestOutbox::a_broken_connection_is_told()
{
    Pair pair;
    pair.closeReader();
    Desk desk;
    Outbox outbox;
    desk.stage(outbox, dispatchOf(10));
    QCOMPARE(desk.flush(outbox, pair.writer()), Outbox::Result::Broken);
}

QTEST_APPLESS_MAIN(TestOutbox)
#include "tst_outbox.moc"
