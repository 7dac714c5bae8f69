// SPDX-License-Identifier: GPL-3.0-or-later
// Clients that do not read, or not fast enough.
#include "gateway_events.h"
#include "gateway_world.h"
#include "raw_gateway.h"

#include <QJsonDocument>
#include <QTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace guildhall::realtime;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestGatewaySlowReaders : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void too_many_unsent_bytes_are_closed_with_4000();
    void too_many_unsent_messages_are_closed_with_4000();
    void others_hear_everything_while_one_does_not_read();
    void who_catches_up_in_time_has_missed_nothing();
    void a_ready_bigger_than_the_limit_is_sent();
    void an_unread_close_does_not_keep_the_socket();
};

namespace {

/// Connects and identifies, and stops reading after READY.
std::unique_ptr<RawGateway> stalledClient(GatewayWorld &world, const QByteArray &token = "user-7")
{
    auto client = std::make_unique<RawGateway>(world.port());
    client->sendText(R"({"op":2,"d":{"token":")" + token + R"("}})");
    client->readUntil(0x81);
    client->readUntil(0x81);
    client->socket().setReadBufferSize(1000); // or the test's event loop would read on
    return client;
}

constexpr int big = 100'000;

} // namespace

void TestGatewaySlowReaders::too_many_unsent_bytes_are_closed_with_4000()
{
    GatewayWorld world;
    const auto stalled = stalledClient(world);
    for (int i = 0; i < 400; ++i) // 40 MB: more than the limit and what both kernels buffer
        world.publish(Posted{QByteArray(big, 'x')});
    QTRY_COMPARE(world.shards.statistics().sessions, 0);
    QCOMPARE(stalled->closeCode(), 4000);
    QTRY_COMPARE(world.observer.calls(), (QStringList{u"opened 7"_s, u"closed 7 abnormally"_s}));
}

void TestGatewaySlowReaders::too_many_unsent_messages_are_closed_with_4000()
{
    GatewaySettings settings;
    settings.maxQueuedMessages = 50;
    GatewayWorld world(settings);
    const auto stalled = stalledClient(world);
    for (int i = 0; i < 120; ++i)
        world.publish(Posted{QByteArray(big, 'x')});
    QTRY_COMPARE(world.shards.statistics().sessions, 0);
    QCOMPARE(stalled->closeCode(), 4000);
}

void TestGatewaySlowReaders::others_hear_everything_while_one_does_not_read()
{
    GatewayWorld world;
    GatewayClient reader(world.url());
    reader.identify(u"user-8"_s);
    std::vector<std::unique_ptr<RawGateway>> stalled;
    for (int i = 0; i < 5; ++i)
        stalled.push_back(stalledClient(world));
    for (int i = 0; i < 400; ++i) {
        world.publish(Posted{QByteArray(big, 'x')});
        QCOMPARE(reader.nextDispatch(u"MESSAGE_CREATE"_s)[u"content"].toString().size(), big);
    }
    QVERIFY(reader.isGapless());
    QTRY_COMPARE(world.shards.statistics().sessions, 1);
    for (const auto &client : stalled)
        QCOMPARE(client->closeCode(), 4000);
}

void TestGatewaySlowReaders::who_catches_up_in_time_has_missed_nothing()
{
    GatewaySettings settings;
    settings.maxQueuedBytes = 1'000'000'000;
    GatewayWorld world(settings);
    const auto client = stalledClient(world);
    constexpr int count = 300;
    for (int i = 0; i < count; ++i)
        world.publish(Posted{QByteArray::number(i) + QByteArray(i % 7 == 0 ? big : 10, 'x')});
    for (int i = 0; i < count; ++i) {
        const auto frame = client->read();
        QCOMPARE(frame.first, 0x81);
        const QJsonObject payload = QJsonDocument::fromJson(frame.payload).object();
        QCOMPARE(payload[u"s"].toInt(), i + 2);
        QVERIFY(payload[u"d"][u"content"].toString().startsWith(QString::number(i) + u'x'));
    }
    world.publish(Posted{"live"});
    QVERIFY(client->read().payload.contains("live"));
}

void TestGatewaySlowReaders::a_ready_bigger_than_the_limit_is_sent()
{
    GatewaySettings settings;
    settings.maxQueuedBytes = 1'000'000;
    settings.maxQueuedMessages = 20;
    GatewayWorld world(settings);
    world.ready.padding = QByteArray(200'000, 'p');
    for (quint64 id = 100; id < 200; ++id) { // 20 MB in 100 guilds
        world.ready.setMember(GuildId(id), UserId(8), true);
        world.rights.setMember(GuildId(id), UserId(8), true);
    }
    GatewayClient client(world.url());
    client.identify(u"bot-8"_s, {{u"intents"_s, int(knownIntents)}});
    for (int i = 0; i < 101; ++i)
        QVERIFY(!client.nextDispatch(u"GUILD_CREATE"_s).isEmpty());
    world.publish(Posted{"live"});
    QVERIFY(!client.nextDispatch(u"MESSAGE_CREATE"_s).isEmpty());
    QVERIFY(client.isGapless());
}

void TestGatewaySlowReaders::an_unread_close_does_not_keep_the_socket()
{
    GatewaySettings settings;
    settings.slowCloseGrace = 100ms;
    GatewayWorld world(settings);
    const auto stalled = stalledClient(world);
    for (int i = 0; i < 400; ++i)
        world.publish(Posted{QByteArray(big, 'x')});
    QTRY_COMPARE(world.shards.statistics().connections, 0);
}

QTEST_GUILESS_MAIN(TestGatewaySlowReaders)
#include "tst_gateway_slow_readers.moc"
