// SPDX-License-Identifier: GPL-3.0-or-later
// What sessions do and what is done to them: commands, observers, compression, revocation, the end.
#include "gateway_events.h"
#include "gateway_world.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>

#include <semaphore>

using namespace guildhall;
using namespace guildhall::test;
using namespace guildhall::realtime;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestGatewaySessions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void presence_updates_reach_their_module_as_values();
    void presence_updates_beyond_five_are_dropped_silently();
    void voice_states_and_member_requests_reach_their_modules();
    void ids_and_numbers_are_exact();
    void a_long_nonce_is_not_echoed();
    void observers_hear_of_sessions_in_order();
    void the_presence_in_identify_is_handed_over();
    void heartbeats_are_reported_together();
    void a_proper_close_is_told_from_an_abnormal_one_data();
    void a_proper_close_is_told_from_an_abnormal_one();
    void a_zlib_stream_is_one_context_for_its_life();
    void a_revoked_session_is_closed_with_4004();
    void a_token_revoked_while_it_is_judged_opens_no_session();
    void a_token_that_ends_closes_its_session();
    void a_relay_gap_makes_clients_identify_again();
    void shutdown_says_reconnect_and_closes_with_4000();
    void shutdown_does_not_wait_for_clients_that_do_not_answer();
    void sockets_that_come_during_shutdown_are_cut();
    void statistics_count_what_there_is();
};

void TestGatewaySessions::presence_updates_reach_their_module_as_values()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    client.identify(u"user-7"_s);
    client.sendText(
        uR"({"op":3,"d":{"since":9007199254740993,"activities":[{"name":"caf\u00e9 €","type":0}],)"
        uR"("status":"dnd","afk":true}})"_s);
    client.sendText(uR"({"op":3,"d":{"since":null,"activities":[],"status":"invisible"}})"_s);
    QTRY_COMPARE(world.commands.presences().size(), size_t(2));
    const PresenceUpdate first = world.commands.presences()[0];
    QCOMPARE(first.status, PresenceUpdate::Status::DoNotDisturb);
    QCOMPARE(first.sinceMs, std::optional<qint64>(9007199254740993));
    QCOMPARE(first.activities, QByteArray("[{\"name\":\"caf\xc3\xa9 \xe2\x82\xac\",\"type\":0}]"));
    QVERIFY(first.afk);
    const PresenceUpdate second = world.commands.presences()[1];
    QCOMPARE(second.status, PresenceUpdate::Status::Invisible);
    QVERIFY(!second.sinceMs && !second.afk);
}

void TestGatewaySessions::presence_updates_beyond_five_are_dropped_silently()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    client.identify(u"user-7"_s);
    for (int i = 0; i < 8; ++i)
        client.send(3, QJsonObject{{u"status"_s, u"idle"_s}});
    client.send(8, QJsonObject{{u"guild_id"_s, u"1"_s}, {u"query"_s, u""_s}, {u"limit"_s, 0}});
    client.nextDispatch(u"GUILD_MEMBERS_CHUNK"_s); // in order: all presences are through
    QCOMPARE(world.commands.presences().size(), size_t(5));
    QVERIFY(client.sync());
}

void TestGatewaySessions::voice_states_and_member_requests_reach_their_modules()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    client.identify(u"user-7"_s);
    client.sendText(uR"({"op":4,"d":{"guild_id":"1","channel_id":"11","self_mute":true}})"_s);
    client.sendText(uR"({"op":4,"d":{"guild_id":"1","channel_id":null}})"_s);
    client.sendText(uR"({"op":8,"d":{"guild_id":["1"],"query":"an","limit":500,"nonce":"n1"}})"_s);
    client.sendText(uR"({"op":8,"d":{"guild_id":1,"user_ids":"7","presences":true}})"_s);
    QVERIFY(!client.nextDispatch(u"GUILD_MEMBERS_CHUNK"_s).isEmpty());
    QVERIFY(!client.nextDispatch(u"GUILD_MEMBERS_CHUNK"_s).isEmpty());
    QTRY_COMPARE(world.commands.memberRequests().size(), size_t(2));
    const auto voice = world.commands.voiceStates();
    QCOMPARE(voice.size(), size_t(2));
    QCOMPARE(voice[0].channel, ChannelId(11));
    QVERIFY(voice[0].selfMute && !voice[0].selfDeaf);
    QVERIFY(voice[1].channel.isNull());
    const auto requests = world.commands.memberRequests();
    QCOMPARE(requests[0].query, std::optional(u"an"_s));
    QCOMPARE(requests[0].limit, 100);
    QCOMPARE(requests[0].nonce, u"n1"_s);
    QVERIFY(!requests[1].query);
    QCOMPARE(requests[1].users, std::optional(std::vector{UserId(7)}));
    QVERIFY(requests[1].presences);
    QVERIFY(client.isGapless());
}

void TestGatewaySessions::ids_and_numbers_are_exact()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    client.identify(u"user-7"_s);
    client.sendText(uR"({"op":8,"d":{"guild_id":9223372036854775807,)"
                    uR"("user_ids":[9007199254740993,"9007199254740995"]}})"_s);
    QTRY_COMPARE(world.commands.memberRequests().size(), size_t(1));
    const MembersRequest request = world.commands.memberRequests()[0];
    QCOMPARE(request.guild, GuildId(9223372036854775807ull));
    QCOMPARE(*request.users,
             (std::vector{UserId(9007199254740993ull), UserId(9007199254740995ull)}));
    client.sendText(uR"({"op":8,"d":{"guild_id":9223372036854775808,"query":"","limit":0}})"_s);
    QCOMPARE(client.closeCode(), 4002);
}

void TestGatewaySessions::a_long_nonce_is_not_echoed()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    client.identify(u"user-7"_s);
    client.send(8,
                QJsonObject{{u"guild_id"_s, u"1"_s},
                            {u"query"_s, u""_s},
                            {u"limit"_s, 0},
                            {u"nonce"_s, QString(33, u'n')}});
    QTRY_COMPARE(world.commands.memberRequests().size(), size_t(1));
    QVERIFY(world.commands.memberRequests()[0].nonce.isNull());
}

void TestGatewaySessions::observers_hear_of_sessions_in_order()
{
    GatewayWorld world;
    QStringList expected;
    for (int i = 0; i < 10; ++i) {
        GatewayClient client(world.url());
        client.identify(u"user-7"_s);
        client.socket().close();
        client.closeCode();
        expected << u"opened 7"_s << u"closed 7"_s;
        QTRY_COMPARE(world.observer.calls(), expected);
    }
}

void TestGatewaySessions::the_presence_in_identify_is_handed_over()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    client.identify(u"user-7"_s,
                    {{u"presence"_s,
                      QJsonObject{{u"status"_s, u"idle"_s},
                                  {u"since"_s, QJsonValue::Null},
                                  {u"activities"_s, QJsonArray()},
                                  {u"afk"_s, false}}}});
    QTRY_COMPARE(world.observer.calls(), QStringList{u"opened 7 with presence"_s});
}

void TestGatewaySessions::heartbeats_are_reported_together()
{
    GatewayWorld world;
    GatewayClient one(world.url());
    GatewayClient two(world.url());
    GatewayClient other(world.url());
    one.identify(u"user-7"_s);
    two.identify(u"user-7"_s);
    other.identify(u"user-8"_s);
    for (GatewayClient *client : {&one, &two, &other, &other})
        QVERIFY(client->sync());
    QTRY_COMPARE(world.observer.calls().filter(u"heartbeats"_s), QStringList{u"heartbeats of 2"_s});
}

void TestGatewaySessions::a_proper_close_is_told_from_an_abnormal_one_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("call");
    QTest::newRow("normal") << 1000 << u"closed 7"_s;
    QTest::newRow("going away") << 1001 << u"closed 7"_s;
    QTest::newRow("reconnecting") << 4200 << u"closed 7 abnormally"_s;
    QTest::newRow("cut") << 0 << u"closed 7 abnormally"_s;
}

void TestGatewaySessions::a_proper_close_is_told_from_an_abnormal_one()
{
    QFETCH(const int, code);
    QFETCH(const QString, call);
    GatewayWorld world;
    GatewayClient client(world.url());
    client.identify(u"user-7"_s);
    if (code == 0)
        client.socket().abort();
    else
        client.socket().close(QWebSocketProtocol::CloseCode(code));
    QTRY_COMPARE(world.observer.calls(), (QStringList{u"opened 7"_s, call}));
    QTRY_COMPARE(world.shards.statistics().connections, 0);
}

void TestGatewaySessions::a_zlib_stream_is_one_context_for_its_life()
{
    GatewayWorld world;
    world.ready.padding = QByteArray(100'000, 'p');
    GatewayClient client(world.url(u"v=10&encoding=json&compress=zlib-stream"_s));
    QVERIFY(!client.identify(u"bot-8"_s, {{u"intents"_s, int(knownIntents)}}).isEmpty());
    QCOMPARE(client.nextDispatch(u"GUILD_CREATE"_s)[u"padding"].toString().size(), 100'000);
    for (int i = 0; i < 300; ++i)
        world.publish(Posted{"message number " + QByteArray::number(i)});
    for (int i = 0; i < 300; ++i)
        QCOMPARE(client.nextDispatch(u"MESSAGE_CREATE"_s)[u"content"].toString(),
                 u"message number %1"_s.arg(i));
    QVERIFY(client.sync());
    QVERIFY(client.isGapless());
    client.send(99, QJsonValue::Null);
    QCOMPARE(client.closeCode(), 4001);
}

void TestGatewaySessions::a_revoked_session_is_closed_with_4004()
{
    GatewayWorld world;
    GatewayClient revoked(world.url());
    GatewayClient other(world.url());
    revoked.identify(u"user-7"_s);
    other.identify(u"user-8"_s);
    world.shards.closeSessions(
        [](const Identity &identity) { return identity.authSession == AuthSessionId(7); });
    QCOMPARE(revoked.closeCode(), 4004);
    QVERIFY(other.sync());
}

void TestGatewaySessions::a_token_revoked_while_it_is_judged_opens_no_session()
{
    GatewayWorld world;
    auto judging = std::make_shared<std::counting_semaphore<>>(0);
    auto go = std::make_shared<std::counting_semaphore<>>(0);
    world.authenticator.beforeAnswer = [=] {
        judging->release();
        (void)go->try_acquire_for(10s);
    };
    GatewayClient client(world.url());
    client.sendIdentify(u"user-7"_s);
    QVERIFY(QTest::qWaitFor([&] { return judging->try_acquire(); }, 10'000));
    world.shards.closeSessions([](const Identity &identity) { return identity.user == UserId(7); });
    go->release();
    QCOMPARE(client.closeCode(), 4004);
    QVERIFY(client.names().isEmpty());
    // The next token is a new one.
    world.authenticator.beforeAnswer = nullptr;
    GatewayClient again(world.url());
    QVERIFY(!again.identify(u"user-7"_s).isEmpty());
}

void TestGatewaySessions::a_token_that_ends_closes_its_session()
{
    GatewaySettings settings;
    settings.heartbeatInterval = 100ms;
    GatewayWorld world(settings);
    world.authenticator.expiresAt = Timestamp{world.clock.now().ms + 3'600'000};
    GatewayClient client(world.url());
    client.identify(u"user-7"_s);
    QVERIFY(client.sync());
    world.clock.advance(std::chrono::hours(2));
    QElapsedTimer since;
    since.start();
    while (!client.hasClosed() && since.elapsed() < 5000) {
        client.sync(); // the session is looked at when its heartbeat might be missing
        QTest::qWait(10);
    }
    QCOMPARE(client.closeCode(), 4004);
}

void TestGatewaySessions::a_relay_gap_makes_clients_identify_again()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    client.identify(u"user-7"_s);
    world.shards.invalidateSessions();
    QCOMPARE(client.next(9)[u"d"], QJsonValue(false));
    client.send(2, QJsonObject{{u"token"_s, u"user-7"_s}});
    const QJsonObject ready = client.nextDispatch(u"READY"_s);
    QVERIFY(!ready.isEmpty());
    world.publish(Posted{"hello"});
    client.nextDispatch(u"MESSAGE_CREATE"_s);
    QCOMPARE(client.lastSequence(), 2); // a new session counts from 1
}

void TestGatewaySessions::shutdown_says_reconnect_and_closes_with_4000()
{
    GatewayWorld world;
    std::vector<std::unique_ptr<GatewayClient>> clients;
    for (int i = 0; i < 10; ++i) {
        clients.push_back(std::make_unique<GatewayClient>(world.url()));
        clients.back()->identify(u"user-7"_s);
    }
    std::thread stopper([&] { world.shards.shutdown(1000ms); });
    for (const auto &client : clients) {
        const QJsonObject reconnect = client->next(7);
        QVERIFY(!reconnect.isEmpty() && reconnect[u"d"].isNull());
        QCOMPARE(client->closeCode(), 4000);
    }
    stopper.join();
    QCOMPARE(world.shards.statistics().connections, 0);
    QCOMPARE(world.shards.statistics().sessions, 0);
}

void TestGatewaySessions::shutdown_does_not_wait_for_clients_that_do_not_answer()
{
    GatewayWorld world;
    QTcpSocket silent;
    silent.connectToHost(QHostAddress::LocalHost, world.port());
    QVERIFY(silent.waitForConnected());
    silent.write(
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
    QVERIFY(silent.waitForReadyRead());
    QElapsedTimer taken;
    taken.start();
    world.shards.shutdown(200ms);
    QVERIFY(taken.elapsed() < 10'000);
    QCOMPARE(world.shards.statistics().connections, 0);
}

void TestGatewaySessions::sockets_that_come_during_shutdown_are_cut()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    client.identify(u"user-7"_s);
    std::thread stopper([&] { world.shards.shutdown(500ms); });
    client.next(7);
    GatewayClient late(world.url());
    QTRY_VERIFY(late.hasClosed() || late.socket().state() == QAbstractSocket::UnconnectedState);
    QVERIFY(late.all().isEmpty());
    stopper.join();
}

void TestGatewaySessions::statistics_count_what_there_is()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    GatewayClient anonymous(world.url());
    client.identify(u"user-7"_s);
    anonymous.next(10);
    QCOMPARE(world.shards.statistics().connections, 2);
    QCOMPARE(world.shards.statistics().sessions, 1);
    world.publish(Posted{"hello"});
    client.nextDispatch(u"MESSAGE_CREATE"_s);
    QTRY_COMPARE(world.shards.statistics().dispatches, quint64(1));
    client.socket().abort();
    anonymous.socket().abort();
    QTRY_COMPARE(world.shards.statistics().connections, 0);
    QTRY_COMPARE(world.shards.statistics().sessions, 0);
}

QTEST_GUILESS_MAIN(TestGatewaySessions)
#include "tst_gateway_sessions.moc"
