// SPDX-License-Identifier: GPL-3.0-or-later
// From the upgrade to READY, and every way in which that is refused.
#include "gateway_world.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestGatewayIdentify : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hello_comes_first_and_says_the_interval();
    void a_bot_gets_ready_with_stubs_and_a_guild_create_each();
    void a_user_gets_the_guilds_inside_ready();
    void a_bot_without_the_guilds_intent_gets_no_guild_create();
    void the_scheme_before_a_token_is_taken_off();
    void a_shard_gets_its_guilds_only();
    void both_paths_and_versions_are_accepted_data();
    void both_paths_and_versions_are_accepted();
    void wrong_identifies_are_closed_with_their_code_data();
    void wrong_identifies_are_closed_with_their_code();
    void denied_intents_are_closed_with_4014();
    void identifying_twice_is_closed_with_4005();
    void the_token_is_judged_before_anything_else();
    void unsupported_connections_are_closed_with_4012_data();
    void unsupported_connections_are_closed_with_4012();
    void silence_is_closed_with_4003();
    void a_missing_heartbeat_is_closed_with_4009();
    void a_spent_budget_is_told_by_op_9_and_the_connection_stays();
    void a_resume_is_refused_and_the_client_may_identify();
    void a_wrong_token_in_resume_is_closed_with_4004();
    void a_fault_of_the_database_is_waited_out();
    void a_database_that_stays_away_is_told_by_op_9();
    void commands_sent_right_behind_identify_are_kept_for_after_ready();
};

namespace {

QJsonObject bot(int intents = 1 | 512)
{
    return {{u"intents"_s, intents}};
}

} // namespace

void TestGatewayIdentify::hello_comes_first_and_says_the_interval()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    const QJsonObject hello = client.next(10);
    QCOMPARE(hello[u"d"][u"heartbeat_interval"].toInt(), 41250);
    QVERIFY(hello.contains(u"s") && hello[u"s"].isNull());
    QVERIFY(hello.contains(u"t") && hello[u"t"].isNull());
    QCOMPARE(client.all().size(), 1);
}

void TestGatewayIdentify::a_bot_gets_ready_with_stubs_and_a_guild_create_each()
{
    GatewayWorld world;
    world.ready.setMember(GuildId(2), UserId(8), true);
    GatewayClient client(world.url());
    const QJsonObject ready = client.identify(u"bot-8"_s, bot());
    QCOMPARE(ready[u"v"].toInt(), 10);
    QCOMPARE(ready[u"user"][u"id"].toString(), u"8"_s);
    QCOMPARE(ready[u"application"][u"id"].toString(), u"99"_s);
    QVERIFY(ready[u"private_channels"].isArray());
    QCOMPARE(ready[u"session_type"].toString(), u"normal"_s);
    QCOMPARE(ready[u"session_id"].toString().size(), 32);
    QVERIFY(!ready.contains(u"shard"));
    QCOMPARE(ready[u"resume_gateway_url"].toString(), u"ws://127.0.0.1:%1"_s.arg(world.port()));
    QCOMPARE(ready[u"guilds"].toArray().size(), 2);
    QCOMPARE(ready[u"guilds"][0][u"unavailable"].toBool(), true);
    QCOMPARE(client.nextDispatch(u"GUILD_CREATE"_s)[u"id"].toString(), u"1"_s);
    QCOMPARE(client.nextDispatch(u"GUILD_CREATE"_s)[u"id"].toString(), u"2"_s);
    QVERIFY(client.isGapless());
}

void TestGatewayIdentify::a_user_gets_the_guilds_inside_ready()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    const QJsonObject ready = client.identify(u"user-7"_s);
    QCOMPARE(ready[u"guilds"][0][u"id"].toString(), u"1"_s);
    QVERIFY(!ready[u"guilds"][0].toObject().contains(u"unavailable"));
    QVERIFY(!ready.contains(u"application"));
    QVERIFY(ready[u"read_state"][u"entries"].isArray());
    QVERIFY(client.sync());
    QCOMPARE(client.names(), QStringList{u"READY"_s});
}

void TestGatewayIdentify::a_bot_without_the_guilds_intent_gets_no_guild_create()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    QVERIFY(!client.identify(u"bot-8"_s, bot(512)).isEmpty());
    QVERIFY(client.sync());
    QCOMPARE(client.names(), QStringList{u"READY"_s});
}

void TestGatewayIdentify::the_scheme_before_a_token_is_taken_off()
{
    GatewayWorld world;
    GatewayClient bare(world.url());
    QVERIFY(!bare.identify(u"Bot bot-8"_s, bot()).isEmpty());
    GatewayClient bearer(world.url());
    QVERIFY(!bearer.identify(u"Bearer user-7"_s).isEmpty());
}

void TestGatewayIdentify::a_shard_gets_its_guilds_only()
{
    GatewayWorld world;
    const GuildId odd{(1ull << 22) | 5};
    world.ready.setMember(odd, UserId(8), true);
    world.rights.setMember(odd, UserId(8), true);
    GatewayClient client(world.url());
    QJsonObject identify = bot();
    identify[u"shard"_s] = QJsonArray{1, 2};
    const QJsonObject ready = client.identify(u"bot-8"_s, identify);
    QCOMPARE(ready[u"shard"].toArray(), (QJsonArray{1, 2}));
    QCOMPARE(ready[u"guilds"].toArray().size(), 1);
    QCOMPARE(ready[u"guilds"][0][u"id"].toString(), odd.toString());
}

void TestGatewayIdentify::both_paths_and_versions_are_accepted_data()
{
    QTest::addColumn<QString>("target");
    QTest::newRow("bare") << u"/"_s;
    QTest::newRow("v9") << u"/?v=9"_s;
    QTest::newRow("gateway") << u"/gateway?v=10"_s;
    QTest::newRow("gateway/") << u"/gateway/?encoding=json"_s;
    QTest::newRow("unknown compression") << u"/?v=10&compress=lz4-stream"_s;
}

void TestGatewayIdentify::both_paths_and_versions_are_accepted()
{
    QFETCH(const QString, target);
    GatewayWorld world;
    GatewayClient client(QUrl(u"ws://127.0.0.1:%1%2"_s.arg(world.port()).arg(target)));
    QVERIFY(!client.identify(u"user-7"_s).isEmpty());
}

void TestGatewayIdentify::wrong_identifies_are_closed_with_their_code_data()
{
    QTest::addColumn<QByteArray>("d");
    QTest::addColumn<int>("code");
    const auto row = [](const char *name, const char *d, int code) {
        QTest::newRow(name) << QByteArray(d) << code;
    };
    row("d null", "null", 4002);
    row("d a list", "[]", 4002);
    row("no token", R"({"intents":1})", 4004);
    row("empty token", R"({"token":"","intents":1})", 4004);
    row("token a number", R"({"token":7,"intents":1})", 4004);
    row("unknown token", R"({"token":"nobody","intents":1})", 4004);
    row("only a scheme", R"({"token":"Bot ","intents":1})", 4004);
    row("properties a string", R"({"token":"bot-8","intents":1,"properties":"x"})", 4002);
    row("compress a number", R"({"token":"bot-8","intents":1,"compress":1})", 4002);
    row("threshold a string", R"({"token":"bot-8","intents":1,"large_threshold":"x"})", 4002);
    row("presence a list", R"({"token":"bot-8","intents":1,"presence":[]})", 4002);
    row("shard beyond", R"({"token":"bot-8","intents":1,"shard":[1,1]})", 4010);
    row("shard text", R"({"token":"bot-8","intents":1,"shard":["0","1"]})", 4010);
    row("shard fraction", R"({"token":"bot-8","intents":1,"shard":[0.5,1]})", 4010);
    row("shard of one", R"({"token":"bot-8","intents":1,"shard":[0]})", 4010);
    row("shard of none", R"({"token":"bot-8","intents":1,"shard":[0,0]})", 4010);
    row("shard no list", R"({"token":"bot-8","intents":1,"shard":"0,1"})", 4010);
    row("intents missing", R"({"token":"bot-8"})", 4013);
    row("intents text", R"({"token":"bot-8","intents":"1"})", 4013);
    row("intents negative", R"({"token":"bot-8","intents":-1})", 4013);
    row("intents fraction", R"({"token":"bot-8","intents":1.5})", 4013);
    row("intents unknown", R"({"token":"bot-8","intents":131072})", 4013);
    row("intents huge", R"({"token":"bot-8","intents":4294967296})", 4013);
    row("shape before shard", R"({"token":"bot-8","properties":1,"shard":[9,1]})", 4002);
    row("shard before intents", R"({"token":"bot-8","intents":-1,"shard":[9,1]})", 4010);
}

void TestGatewayIdentify::wrong_identifies_are_closed_with_their_code()
{
    QFETCH(const QByteArray, d);
    QFETCH(const int, code);
    GatewayWorld world;
    GatewayClient client(world.url());
    client.next(10);
    client.sendText(u"{\"op\":2,\"d\":%1}"_s.arg(QString::fromUtf8(d)));
    QCOMPARE(client.closeCode(), code);
    QVERIFY(!client.closeReason().isEmpty());
    QVERIFY(client.names().isEmpty());
}

void TestGatewayIdentify::denied_intents_are_closed_with_4014()
{
    GatewayWorld world;
    world.authenticator.deniedIntents = {quint32(Intent::MessageContent)};
    GatewayClient refused(world.url());
    refused.sendIdentify(u"bot-8"_s, bot(1 | 32768));
    QCOMPARE(refused.closeCode(), 4014);
    GatewayClient accepted(world.url());
    QVERIFY(!accepted.identify(u"bot-8"_s, bot(1)).isEmpty());
}

void TestGatewayIdentify::identifying_twice_is_closed_with_4005()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    client.identify(u"user-7"_s);
    client.send(2, QJsonObject{{u"token"_s, u"user-7"_s}});
    QCOMPARE(client.closeCode(), 4005);
    GatewayClient hasty(world.url());
    hasty.sendIdentify(u"user-7"_s);
    hasty.send(2, QJsonObject{{u"token"_s, u"user-7"_s}});
    QCOMPARE(hasty.closeCode(), 4005);
}

void TestGatewayIdentify::the_token_is_judged_before_anything_else()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    client.identify(u"user-7"_s);
    client.send(2, QJsonObject{{u"token"_s, u"nobody"_s}, {u"properties"_s, 1}});
    QCOMPARE(client.closeCode(), 4004);
}

void TestGatewayIdentify::unsupported_connections_are_closed_with_4012_data()
{
    QTest::addColumn<QString>("query");
    QTest::newRow("v8") << u"v=8"_s;
    QTest::newRow("v11") << u"v=11&encoding=json"_s;
    QTest::newRow("v text") << u"v=x"_s;
    QTest::newRow("etf") << u"v=10&encoding=etf"_s;
    QTest::newRow("zstd") << u"v=10&encoding=json&compress=zstd-stream"_s;
}

void TestGatewayIdentify::unsupported_connections_are_closed_with_4012()
{
    QFETCH(const QString, query);
    GatewayWorld world;
    GatewayClient client(world.url(query));
    QCOMPARE(client.closeCode(), 4012);
    QVERIFY(client.closeReason().startsWith(u"Unsupported"_s));
}

void TestGatewayIdentify::silence_is_closed_with_4003()
{
    realtime::GatewaySettings settings;
    settings.identifyDeadline = 100ms;
    GatewayWorld world(settings);
    GatewayClient client(world.url());
    QVERIFY(!client.next(10).isEmpty());
    QVERIFY(client.sync()); // a heartbeat is no IDENTIFY
    QCOMPARE(client.closeCode(), 4003);
    GatewayClient identified(world.url());
    identified.identify(u"user-7"_s);
    QTest::qWait(300);
    QVERIFY(identified.sync());
}

void TestGatewayIdentify::a_missing_heartbeat_is_closed_with_4009()
{
    realtime::GatewaySettings settings;
    settings.heartbeatInterval = 200ms;
    GatewayWorld world(settings);
    GatewayClient silent(world.url());
    GatewayClient beating(world.url());
    silent.identify(u"user-7"_s);
    beating.identify(u"user-8"_s);
    while (!silent.hasClosed()) {
        QVERIFY(beating.sync());
        QTest::qWait(20);
    }
    QCOMPARE(silent.closeCode(), 4009);
    QVERIFY(beating.sync());
}

void TestGatewayIdentify::a_spent_budget_is_told_by_op_9_and_the_connection_stays()
{
    realtime::GatewaySettings settings;
    settings.identifyLimit = 1;
    GatewayWorld world(settings);
    GatewayClient first(world.url());
    QVERIFY(!first.identify(u"user-7"_s).isEmpty());
    QCOMPARE(world.shards.identifyBudget().state(UserId(7)).remaining, 0);
    GatewayClient second(world.url());
    second.sendIdentify(u"user-7"_s);
    QCOMPARE(second.next(9)[u"d"], QJsonValue(false));
    second.send(2, QJsonObject{{u"token"_s, u"user-8"_s}});
    QCOMPARE(second.nextDispatch(u"READY"_s)[u"user"][u"id"].toString(), u"8"_s);
}

void TestGatewayIdentify::a_resume_is_refused_and_the_client_may_identify()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    client.next(10);
    client.send(6,
                QJsonObject{{u"token"_s, u"user-7"_s}, {u"session_id"_s, u"0"_s}, {u"seq"_s, 3}});
    QCOMPARE(client.next(9)[u"d"], QJsonValue(false));
    client.send(2, QJsonObject{{u"token"_s, u"user-7"_s}});
    QVERIFY(!client.nextDispatch(u"READY"_s).isEmpty());
}

void TestGatewayIdentify::a_wrong_token_in_resume_is_closed_with_4004()
{
    GatewayWorld world;
    GatewayClient wrong(world.url());
    wrong.next(10);
    wrong.send(6, QJsonObject{{u"token"_s, u"x"_s}, {u"session_id"_s, u"0"_s}, {u"seq"_s, 3}});
    QCOMPARE(wrong.closeCode(), 4004);
    GatewayClient malformed(world.url());
    malformed.next(10);
    malformed.send(6, QJsonObject{{u"token"_s, u"user-7"_s}, {u"seq"_s, u"3"_s}});
    QCOMPARE(malformed.closeCode(), 4002);
}

void TestGatewayIdentify::a_fault_of_the_database_is_waited_out()
{
    GatewayWorld world;
    world.authenticator.faults = 1;
    world.ready.faults = 1;
    GatewayClient client(world.url());
    QVERIFY(!client.identify(u"user-7"_s).isEmpty());
    QCOMPARE(world.ready.reads.load(), 2);
}

void TestGatewayIdentify::a_database_that_stays_away_is_told_by_op_9()
{
    realtime::GatewaySettings settings;
    settings.patience = 1ms;
    GatewayWorld world(settings);
    world.ready.faults = 1;
    GatewayClient client(world.url());
    client.sendIdentify(u"user-7"_s);
    QCOMPARE(client.next(9)[u"d"], QJsonValue(false));
    world.authenticator.faults = 1;
    client.send(2, QJsonObject{{u"token"_s, u"user-7"_s}});
    QCOMPARE(client.next(9)[u"d"], QJsonValue(false));
    client.send(2, QJsonObject{{u"token"_s, u"user-7"_s}});
    QVERIFY(!client.nextDispatch(u"READY"_s).isEmpty());
    QCOMPARE(world.observer.calls(), QStringList{u"opened 7"_s});
}

void TestGatewayIdentify::commands_sent_right_behind_identify_are_kept_for_after_ready()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    client.sendIdentify(u"user-7"_s);
    client.send(8, QJsonObject{{u"guild_id"_s, u"1"_s}, {u"query"_s, u""_s}, {u"limit"_s, 0}});
    QVERIFY(!client.nextDispatch(u"GUILD_MEMBERS_CHUNK"_s).isEmpty());
    QCOMPARE(client.names(), (QStringList{u"READY"_s, u"GUILD_MEMBERS_CHUNK"_s}));
}

QTEST_GUILESS_MAIN(TestGatewayIdentify)
#include "tst_gateway_identify.moc"
