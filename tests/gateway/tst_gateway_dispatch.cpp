// SPDX-License-Identifier: GPL-3.0-or-later
// Who hears what, in which order and in which form.
#include "gateway_events.h"
#include "gateway_world.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

#include <thread>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestGatewayDispatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void events_come_in_order_and_gapless_to_every_session();
    void many_events_at_once_come_in_one_order_to_all();
    void a_hidden_channel_is_not_heard();
    void strangers_hear_nothing();
    void a_right_that_is_needed_is_asked_for();
    void a_right_that_comes_back_with_time_is_there();
    void intents_choose_what_is_heard();
    void a_members_own_update_is_heard_whatever_the_intents();
    void who_caused_an_event_may_be_left_out();
    void content_is_hidden_from_bots_without_the_intent();
    void direct_messages_reach_their_users_only();
    void a_sharded_bot_hears_its_guilds_and_direct_messages_on_shard_0();
    void a_right_that_was_taken_counts_from_that_moment_on();
    void a_right_that_was_given_counts_from_that_moment_on();
    void rights_that_are_not_at_hand_are_read();
    void rights_that_cannot_be_read_end_the_sessions_view();
    void big_payloads_arrive_whole();
    void shards_of_the_pool_hear_the_same_order();
};

namespace {

QJsonObject everything()
{
    return {{u"intents"_s, int(knownIntents)}};
}

} // namespace

void TestGatewayDispatch::events_come_in_order_and_gapless_to_every_session()
{
    GatewayWorld world;
    GatewayClient user(world.url());
    GatewayClient again(world.url());
    GatewayClient bot(world.url());
    user.identify(u"user-7"_s);
    again.identify(u"user-7"_s);
    bot.identify(u"bot-8"_s, everything());
    for (int i = 0; i < 5; ++i) {
        world.publish(Posted{QByteArray::number(i)});
        for (GatewayClient *client : {&user, &again, &bot})
            QCOMPARE(client->nextDispatch(u"MESSAGE_CREATE"_s)[u"content"].toString(),
                     QString::number(i));
    }
    QVERIFY(user.isGapless() && again.isGapless() && bot.isGapless());
    QCOMPARE(user.lastSequence(), 6);
    QCOMPARE(bot.lastSequence(), 7);
}

void TestGatewayDispatch::many_events_at_once_come_in_one_order_to_all()
{
    constexpr int count = 2000;
    GatewayWorld world;
    GatewayClient one(world.url());
    GatewayClient other(world.url());
    one.identify(u"user-7"_s);
    other.identify(u"bot-8"_s, everything());
    std::vector<std::thread> threads;
    for (int t = 0; t < 2; ++t)
        threads.emplace_back([&world, t] {
            for (int i = 0; i < count / 2; ++i)
                world.publish(Posted{QByteArray::number(t) + '-' + QByteArray::number(i)});
        });
    for (std::thread &thread : threads)
        thread.join();
    QStringList heard[2];
    GatewayClient *const clients[] = {&one, &other};
    for (int c = 0; c < 2; ++c) {
        for (int i = 0; i < count; ++i)
            heard[c] << clients[c]->nextDispatch(u"MESSAGE_CREATE"_s)[u"content"].toString();
        QVERIFY(clients[c]->isGapless());
    }
    QCOMPARE(heard[0], heard[1]);
    for (int t = 0; t < 2; ++t) {
        const QStringList ofThread = heard[0].filter(QRegularExpression(u"^%1-"_s.arg(t)));
        QCOMPARE(ofThread.size(), count / 2);
        for (int i = 0; i < count / 2; ++i)
            QCOMPARE(ofThread[i], u"%1-%2"_s.arg(t).arg(i));
    }
}

void TestGatewayDispatch::a_hidden_channel_is_not_heard()
{
    GatewayWorld world;
    world.rights.setHidden(theGuild, secret, UserId(8), true);
    GatewayClient member(world.url());
    GatewayClient excluded(world.url());
    member.identify(u"user-7"_s);
    excluded.identify(u"user-8"_s);
    world.publish(Posted{"hush", secret});
    world.publish(Posted{"hello"});
    QCOMPARE(member.nextDispatch(u"MESSAGE_CREATE"_s)[u"content"].toString(), u"hush"_s);
    QCOMPARE(excluded.nextDispatch(u"MESSAGE_CREATE"_s)[u"content"].toString(), u"hello"_s);
    QVERIFY(excluded.isGapless());
}

void TestGatewayDispatch::strangers_hear_nothing()
{
    GatewayWorld world;
    GatewayClient stranger(world.url());
    stranger.identify(u"user-70"_s);
    world.publish(Posted{"hello"});
    world.publish(GuildRenamed{"x"});
    world.publish(Whispered{"hello", {UserId(7)}});
    QVERIFY(stranger.sync());
    QTest::qWait(50);
    QCOMPARE(stranger.names(), QStringList{u"READY"_s});
}

void TestGatewayDispatch::a_right_that_is_needed_is_asked_for()
{
    GatewayWorld world;
    world.rights.setModerator(theGuild, UserId(7));
    GatewayClient moderator(world.url());
    GatewayClient member(world.url());
    moderator.identify(u"user-7"_s);
    member.identify(u"user-8"_s);
    world.publish(Banned{UserId(70)});
    world.publish(GuildRenamed{"x"});
    QCOMPARE(moderator.nextName(), u"GUILD_BAN_ADD"_s);
    QCOMPARE(member.nextName(), u"GUILD_UPDATE"_s);
}

void TestGatewayDispatch::a_right_that_comes_back_with_time_is_there()
{
    GatewayWorld world;
    world.rights.setModerator(theGuild, UserId(7));
    GatewayClient moderator(world.url());
    moderator.identify(u"user-7"_s);
    world.rights.timedOut = 7;
    world.publish(Banned{UserId(70)});
    world.publish(GuildRenamed{"x"});
    QCOMPARE(moderator.nextName(), u"GUILD_UPDATE"_s);
    world.rights.timedOut = 0; // which nothing tells
    world.publish(Banned{UserId(71)});
    QCOMPARE(moderator.nextName(), u"GUILD_BAN_ADD"_s);
}

void TestGatewayDispatch::intents_choose_what_is_heard()
{
    GatewayWorld world;
    GatewayClient bot(world.url());
    bot.identify(u"bot-8"_s, {{u"intents"_s, 1}});
    bot.nextDispatch(u"GUILD_CREATE"_s);
    world.publish(Posted{"hello"});
    world.publish(Whispered{"hello", {UserId(8)}});
    world.publish(GuildRenamed{"x"});
    QCOMPARE(bot.nextName(), u"GUILD_UPDATE"_s);
    QVERIFY(bot.isGapless());
}

void TestGatewayDispatch::a_members_own_update_is_heard_whatever_the_intents()
{
    GatewayWorld world;
    GatewayClient bot(world.url());
    bot.identify(u"bot-8"_s, {{u"intents"_s, 1}});
    world.publish(MemberChanged{UserId(7)});
    world.publish(MemberChanged{UserId(8)});
    world.publish(GuildRenamed{"x"});
    bot.nextDispatch(u"GUILD_UPDATE"_s);
    QCOMPARE(bot.names().count(u"GUILD_MEMBER_UPDATE"_s), 1);
}

void TestGatewayDispatch::who_caused_an_event_may_be_left_out()
{
    GatewayWorld world;
    GatewayClient causing(world.url());
    GatewayClient other(world.url());
    const QJsonObject ready = causing.identify(u"user-7"_s);
    other.identify(u"user-7"_s);
    world.publish(StatusChanged{ready[u"session_id"].toString().toUtf8()});
    world.publish(StatusChanged{});
    world.publish(Posted{"after"});
    for (GatewayClient *client : {&causing, &other})
        client->nextDispatch(u"MESSAGE_CREATE"_s);
    QCOMPARE(causing.names().count(u"PRESENCE_UPDATE"_s), 1);
    QCOMPARE(other.names().count(u"PRESENCE_UPDATE"_s), 2);
    QVERIFY(causing.isGapless());
}

void TestGatewayDispatch::content_is_hidden_from_bots_without_the_intent()
{
    GatewayWorld world;
    GatewayClient blind(world.url());
    GatewayClient seeing(world.url());
    GatewayClient user(world.url());
    blind.identify(u"bot-8"_s, {{u"intents"_s, 1 | 512}});
    seeing.identify(u"bot-9"_s, {{u"intents"_s, 1 | 512 | 32768}});
    user.identify(u"user-7"_s, {{u"intents"_s, 512}});
    world.publish(Posted{"hello"});
    world.publish(Posted{"mine", general, UserId(8)});
    QCOMPARE(blind.nextDispatch(u"MESSAGE_CREATE"_s)[u"content"].toString(), QString());
    QCOMPARE(blind.nextDispatch(u"MESSAGE_CREATE"_s)[u"content"].toString(), u"mine"_s);
    QCOMPARE(seeing.nextDispatch(u"MESSAGE_CREATE"_s)[u"content"].toString(), u"hello"_s);
    QCOMPARE(user.nextDispatch(u"MESSAGE_CREATE"_s)[u"content"].toString(), u"hello"_s);
}

void TestGatewayDispatch::direct_messages_reach_their_users_only()
{
    GatewayWorld world;
    GatewayClient one(world.url());
    GatewayClient two(world.url());
    GatewayClient three(world.url());
    one.identify(u"user-7"_s);
    two.identify(u"bot-8"_s, everything());
    three.identify(u"user-9"_s);
    world.publish(Whispered{"psst", {UserId(7), UserId(8)}});
    QCOMPARE(one.nextDispatch(u"MESSAGE_CREATE"_s)[u"content"].toString(), u"psst"_s);
    QCOMPARE(two.nextDispatch(u"MESSAGE_CREATE"_s)[u"content"].toString(), u"psst"_s);
    world.publish(Posted{"all"});
    QCOMPARE(three.nextDispatch(u"MESSAGE_CREATE"_s)[u"content"].toString(), u"all"_s);
}

void TestGatewayDispatch::a_sharded_bot_hears_its_guilds_and_direct_messages_on_shard_0()
{
    GatewayWorld world;
    const GuildId odd{(1ull << 22) | 5};
    world.ready.setMember(odd, UserId(8), true);
    world.rights.setMember(odd, UserId(8), true);
    GatewayClient zero(world.url());
    GatewayClient one(world.url());
    QJsonObject identify = everything();
    identify[u"shard"_s] = QJsonArray{0, 2};
    zero.identify(u"bot-8"_s, identify);
    identify[u"shard"_s] = QJsonArray{1, 2};
    one.identify(u"bot-8"_s, identify);
    world.publish(Whispered{"direct", {UserId(8)}});
    world.publish(Posted{"even"});
    world.publish(Posted{"odd", general, {}, odd});
    QCOMPARE(zero.nextDispatch(u"MESSAGE_CREATE"_s)[u"content"].toString(), u"direct"_s);
    QCOMPARE(zero.nextDispatch(u"MESSAGE_CREATE"_s)[u"content"].toString(), u"even"_s);
    QCOMPARE(one.nextDispatch(u"MESSAGE_CREATE"_s)[u"content"].toString(), u"odd"_s);
}

void TestGatewayDispatch::a_right_that_was_taken_counts_from_that_moment_on()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    client.identify(u"user-7"_s);
    for (int i = 0; i < 500; ++i)
        world.publish(Posted{"before", secret});
    world.rights.setHidden(theGuild, secret, UserId(7), true);
    world.publish(Posted{"never", secret});
    world.publish(GuildRenamed{"end"});
    client.nextDispatch(u"GUILD_UPDATE"_s);
    for (const QJsonObject &payload : client.all())
        QVERIFY(payload[u"d"][u"content"].toString() != u"never"_s);
    QVERIFY(client.isGapless());
}

void TestGatewayDispatch::a_right_that_was_given_counts_from_that_moment_on()
{
    GatewayWorld world;
    world.rights.setHidden(theGuild, secret, UserId(7), true);
    GatewayClient client(world.url());
    client.identify(u"user-7"_s);
    world.publish(Posted{"before", secret});
    world.publish(GuildRenamed{"between"});
    client.nextDispatch(u"GUILD_UPDATE"_s);
    world.rights.setHidden(theGuild, secret, UserId(7), false);
    world.publish(Posted{"after", secret});
    QCOMPARE(client.nextDispatch(u"MESSAGE_CREATE"_s)[u"content"].toString(), u"after"_s);
}

void TestGatewayDispatch::rights_that_are_not_at_hand_are_read()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    client.identify(u"user-7"_s);
    world.rights.forgetful = true;
    world.publish(Posted{"hello"});
    QCOMPARE(client.nextDispatch(u"MESSAGE_CREATE"_s)[u"content"].toString(), u"hello"_s);
    QCOMPARE(world.rights.fetched.load(), 1);
}

void TestGatewayDispatch::rights_that_cannot_be_read_end_the_sessions_view()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    GatewayClient stranger(world.url());
    client.identify(u"user-7"_s);
    stranger.identify(u"user-70"_s);
    world.rights.forgetful = true;
    world.rights.failing = true;
    world.publish(Posted{"lost"});
    QCOMPARE(client.next(9)[u"d"], QJsonValue(false));
    world.rights.failing = false;
    client.send(2, QJsonObject{{u"token"_s, u"user-7"_s}});
    QVERIFY(!client.nextDispatch(u"READY"_s).isEmpty());
    world.publish(Posted{"heard"});
    QCOMPARE(client.nextDispatch(u"MESSAGE_CREATE"_s)[u"content"].toString(), u"heard"_s);
    QVERIFY(stranger.sync());
    QCOMPARE(stranger.next(9, 0ms), QJsonObject());
}

void TestGatewayDispatch::big_payloads_arrive_whole()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    client.identify(u"user-7"_s);
    for (const int size : {100, 125, 126, 1000, 1024, 1100, 65'000, 66'000, 3'000'000})
        world.publish(Posted{QByteArray(size, 'x')});
    for (const int size : {100, 125, 126, 1000, 1024, 1100, 65'000, 66'000, 3'000'000})
        QCOMPARE(client.nextDispatch(u"MESSAGE_CREATE"_s)[u"content"].toString().size(), size);
    QVERIFY(client.isGapless());
}

void TestGatewayDispatch::shards_of_the_pool_hear_the_same_order()
{
    constexpr int count = 300;
    realtime::GatewaySettings settings;
    settings.shards = 3;
    GatewayWorld world(settings);
    std::vector<std::unique_ptr<GatewayClient>> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(std::make_unique<GatewayClient>(world.url()));
        clients.back()->identify(u"user-7"_s);
    }
    std::thread one([&] {
        for (int i = 0; i < count; ++i)
            world.publish(Posted{"a" + QByteArray::number(i)});
    });
    std::thread two([&] {
        for (int i = 0; i < count; ++i)
            world.publish(Posted{"b" + QByteArray::number(i)});
    });
    one.join();
    two.join();
    QStringList heard[3];
    for (size_t c = 0; c < 3; ++c) {
        for (int i = 0; i < 2 * count; ++i)
            heard[c] << clients[c]->nextDispatch(u"MESSAGE_CREATE"_s)[u"content"].toString();
    }
    QCOMPARE(heard[0], heard[1]);
    QCOMPARE(heard[0], heard[2]);
}

QTEST_GUILESS_MAIN(TestGatewayDispatch)
#include "tst_gateway_dispatch.moc"
