// SPDX-License-Identifier: GPL-3.0-or-later
// State and events together: nothing missing, nothing twice, and guilds that come and go.
#include "gateway_events.h"
#include "gateway_world.h"

#include <QJsonArray>
#include <QTest>

#include <semaphore>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestGatewayMembership : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void events_before_the_state_is_read_are_not_repeated();
    void events_after_the_state_is_read_come_behind_ready();
    void a_guild_joined_while_the_state_is_read_is_not_missed();
    void a_guild_left_while_the_state_is_read_is_taken_away();
    void who_joins_gets_the_guild_and_then_its_events();
    void events_while_a_guild_is_read_are_held_and_not_repeated();
    void who_leaves_while_the_guild_is_read_gets_nothing();
    void a_bot_without_the_guilds_intent_hears_a_guild_it_joined();
    void who_leaves_gets_guild_delete_and_nothing_after_it();
    void who_comes_back_hears_the_guild_again();
    void a_guild_that_is_deleted_is_taken_from_all();
    void a_guild_that_cannot_be_read_ends_the_sessions_view();
    void a_client_that_leaves_while_its_state_is_read_is_forgotten();
};

namespace {

/// Stops a thread of the pool at a place until the test lets it go on.
class Gate {
public:
    std::function<void()> hook()
    {
        return [state = m_state] {
            state->reached.release();
            (void)state->open.try_acquire_for(20s); // a test that failed must not hang
        };
    }
    bool reached()
    {
        return QTest::qWaitFor([&] { return m_state->reached.try_acquire(); }, 10'000);
    }
    void open() { m_state->open.release(); }

private:
    struct State {
        std::counting_semaphore<> reached{0};
        std::counting_semaphore<> open{0};
    };
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

QStringList contents(const GatewayClient &client)
{
    QStringList list;
    for (const QJsonObject &payload : client.all()) {
        if (payload[u"t"].toString() == u"MESSAGE_CREATE"_s)
            list << payload[u"d"][u"content"].toString();
    }
    return list;
}

constexpr GuildId other{2};

void join(GatewayWorld &world, UserId user, GuildId guild)
{
    world.rights.setMember(guild, user, true);
    world.ready.setMember(guild, user, true);
    world.publish(MemberJoined{user, guild});
}

void leave(GatewayWorld &world, UserId user, GuildId guild)
{
    world.rights.setMember(guild, user, false);
    world.ready.setMember(guild, user, false);
    world.publish(MemberLeft{user, guild});
}

} // namespace

void TestGatewayMembership::events_before_the_state_is_read_are_not_repeated()
{
    GatewayWorld world;
    Gate judging;
    world.authenticator.beforeAnswer = judging.hook();
    GatewayClient client(world.url());
    client.sendIdentify(u"user-7"_s);
    QVERIFY(judging.reached());
    world.publish(Posted{"in the state"});
    judging.open();
    QVERIFY(!client.nextDispatch(u"READY"_s).isEmpty());
    world.publish(Posted{"news"});
    client.nextDispatch(u"MESSAGE_CREATE"_s);
    QCOMPARE(contents(client), QStringList{u"news"_s});
}

void TestGatewayMembership::events_after_the_state_is_read_come_behind_ready()
{
    GatewayWorld world;
    Gate before;
    Gate after;
    world.ready.beforeRead = before.hook();
    world.ready.afterRead = after.hook();
    GatewayClient client(world.url());
    client.sendIdentify(u"bot-8"_s, {{u"intents"_s, int(knownIntents)}});
    QVERIFY(before.reached());
    world.publish(Posted{"one"}); // after the place was noted: it may or may not be in the state
    before.open();
    QVERIFY(after.reached());
    world.publish(Posted{"two"});
    world.publish(Whispered{"three", {UserId(8)}});
    after.open();
    client.nextDispatch(u"READY"_s);
    world.publish(Posted{"four"});
    QTRY_COMPARE(contents(client), (QStringList{u"one"_s, u"two"_s, u"three"_s, u"four"_s}));
    QCOMPARE(client.names().mid(0, 3),
             (QStringList{u"READY"_s, u"GUILD_CREATE"_s, u"MESSAGE_CREATE"_s}));
    QVERIFY(client.isGapless());
}

void TestGatewayMembership::a_guild_joined_while_the_state_is_read_is_not_missed()
{
    GatewayWorld world;
    Gate after;
    world.ready.afterRead = after.hook();
    GatewayClient client(world.url());
    client.sendIdentify(u"user-7"_s);
    QVERIFY(after.reached());
    join(world, UserId(7), other);
    after.open();
    QVERIFY(after.reached()); // the joined guild
    after.open();
    QCOMPARE(client.nextDispatch(u"READY"_s)[u"guilds"].toArray().size(), 1);
    QCOMPARE(client.nextDispatch(u"GUILD_CREATE"_s)[u"id"].toString(), u"2"_s);
    world.publish(Posted{"there", general, {}, other});
    QCOMPARE(client.nextDispatch(u"MESSAGE_CREATE"_s)[u"content"].toString(), u"there"_s);
}

void TestGatewayMembership::a_guild_left_while_the_state_is_read_is_taken_away()
{
    GatewayWorld world;
    Gate after;
    world.ready.afterRead = after.hook();
    GatewayClient client(world.url());
    client.sendIdentify(u"user-7"_s);
    QVERIFY(after.reached());
    leave(world, UserId(7), theGuild);
    world.publish(Posted{"unheard"});
    after.open();
    QCOMPARE(client.nextDispatch(u"READY"_s)[u"guilds"].toArray().size(), 1);
    QCOMPARE(client.nextDispatch(u"GUILD_DELETE"_s), (QJsonObject{{u"id"_s, u"1"_s}}));
    QVERIFY(client.sync());
    QCOMPARE(client.names(), (QStringList{u"READY"_s, u"GUILD_DELETE"_s}));
}

void TestGatewayMembership::who_joins_gets_the_guild_and_then_its_events()
{
    GatewayWorld world;
    GatewayClient joiner(world.url());
    GatewayClient member(world.url());
    joiner.identify(u"user-70"_s);
    member.identify(u"user-7"_s);
    world.publish(Posted{"before"});
    join(world, UserId(70), theGuild);
    QCOMPARE(joiner.nextDispatch(u"GUILD_CREATE"_s)[u"id"].toString(), u"1"_s);
    world.publish(Posted{"after"});
    joiner.nextDispatch(u"MESSAGE_CREATE"_s);
    QCOMPARE(joiner.names(), (QStringList{u"READY"_s, u"GUILD_CREATE"_s, u"MESSAGE_CREATE"_s}));
    QCOMPARE(contents(joiner), QStringList{u"after"_s});
    QTRY_COMPARE(contents(member), (QStringList{u"before"_s, u"after"_s}));
    QCOMPARE(member.names().count(u"GUILD_MEMBER_ADD"_s), 1);
}

void TestGatewayMembership::events_while_a_guild_is_read_are_held_and_not_repeated()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    client.identify(u"user-70"_s);
    Gate before;
    Gate after;
    world.ready.beforeRead = before.hook();
    world.ready.afterRead = after.hook();
    join(world, UserId(70), theGuild);
    QVERIFY(before.reached());
    before.open();
    QVERIFY(after.reached());
    world.publish(Posted{"held"});
    world.publish(Whispered{"at once", {UserId(70)}});
    QCOMPARE(client.nextDispatch(u"MESSAGE_CREATE"_s)[u"content"].toString(), u"at once"_s);
    after.open();
    client.nextDispatch(u"GUILD_CREATE"_s);
    world.publish(Posted{"live"});
    QTRY_COMPARE(contents(client), (QStringList{u"at once"_s, u"held"_s, u"live"_s}));
    QVERIFY(client.isGapless());
}

void TestGatewayMembership::who_leaves_while_the_guild_is_read_gets_nothing()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    client.identify(u"user-70"_s);
    Gate after;
    world.ready.afterRead = after.hook();
    join(world, UserId(70), theGuild);
    QVERIFY(after.reached());
    leave(world, UserId(70), theGuild);
    after.open();
    world.publish(Posted{"unheard"});
    world.publish(Whispered{"end", {UserId(70)}});
    client.nextDispatch(u"MESSAGE_CREATE"_s);
    QVERIFY(client.sync());
    QCOMPARE(client.names(), (QStringList{u"READY"_s, u"MESSAGE_CREATE"_s}));
}

void TestGatewayMembership::a_bot_without_the_guilds_intent_hears_a_guild_it_joined()
{
    GatewayWorld world;
    GatewayClient bot(world.url());
    bot.identify(u"bot-70"_s, {{u"intents"_s, 512 | 32768}});
    Gate after;
    world.ready.afterRead = after.hook();
    join(world, UserId(70), theGuild);
    QVERIFY(after.reached());
    world.publish(Posted{"there"});
    after.open();
    QCOMPARE(bot.nextDispatch(u"MESSAGE_CREATE"_s)[u"content"].toString(), u"there"_s);
    leave(world, UserId(70), theGuild);
    QVERIFY(bot.sync());
    QCOMPARE(bot.names(), (QStringList{u"READY"_s, u"MESSAGE_CREATE"_s}));
}

void TestGatewayMembership::who_leaves_gets_guild_delete_and_nothing_after_it()
{
    GatewayWorld world;
    GatewayClient leaver(world.url());
    GatewayClient member(world.url());
    leaver.identify(u"user-7"_s);
    member.identify(u"user-8"_s);
    // Even while the rights lag behind.
    world.ready.setMember(theGuild, UserId(7), false);
    world.publish(MemberLeft{UserId(7)});
    world.publish(Posted{"unheard"});
    QCOMPARE(leaver.nextDispatch(u"GUILD_DELETE"_s), (QJsonObject{{u"id"_s, u"1"_s}}));
    QCOMPARE(member.nextDispatch(u"MESSAGE_CREATE"_s)[u"content"].toString(), u"unheard"_s);
    QCOMPARE(member.names(),
             (QStringList{u"READY"_s, u"GUILD_MEMBER_REMOVE"_s, u"MESSAGE_CREATE"_s}));
    QVERIFY(leaver.sync());
    QCOMPARE(leaver.names(), (QStringList{u"READY"_s, u"GUILD_DELETE"_s}));
}

void TestGatewayMembership::who_comes_back_hears_the_guild_again()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    client.identify(u"user-7"_s);
    for (int i = 0; i < 20; ++i) {
        leave(world, UserId(7), theGuild);
        join(world, UserId(7), theGuild);
        QVERIFY(!client.nextDispatch(u"GUILD_DELETE"_s).isEmpty());
        QVERIFY(!client.nextDispatch(u"GUILD_CREATE"_s).isEmpty());
        world.publish(Posted{QByteArray::number(i)});
        QCOMPARE(client.nextDispatch(u"MESSAGE_CREATE"_s)[u"content"].toString(),
                 QString::number(i));
    }
    QVERIFY(client.isGapless());
}

void TestGatewayMembership::a_guild_that_is_deleted_is_taken_from_all()
{
    GatewayWorld world;
    GatewayClient one(world.url());
    GatewayClient two(world.url());
    one.identify(u"user-7"_s);
    two.identify(u"user-8"_s);
    world.publish(GuildGone{});
    world.publish(Posted{"unheard"});
    for (GatewayClient *client : {&one, &two}) {
        QCOMPARE(client->nextDispatch(u"GUILD_DELETE"_s), (QJsonObject{{u"id"_s, u"1"_s}}));
        QVERIFY(client->sync());
        QCOMPARE(client->names(), (QStringList{u"READY"_s, u"GUILD_DELETE"_s}));
    }
}

void TestGatewayMembership::a_guild_that_cannot_be_read_ends_the_sessions_view()
{
    realtime::GatewaySettings settings;
    settings.patience = 1ms;
    GatewayWorld world(settings);
    GatewayClient client(world.url());
    client.identify(u"user-70"_s);
    world.ready.faults = 1;
    join(world, UserId(70), theGuild);
    QCOMPARE(client.next(9)[u"d"], QJsonValue(false));
    client.send(2, QJsonObject{{u"token"_s, u"user-70"_s}});
    QCOMPARE(client.nextDispatch(u"READY"_s)[u"guilds"].toArray().size(), 1);
}

void TestGatewayMembership::a_client_that_leaves_while_its_state_is_read_is_forgotten()
{
    GatewayWorld world;
    Gate after;
    world.ready.afterRead = after.hook();
    {
        GatewayClient client(world.url());
        client.sendIdentify(u"user-7"_s);
        QVERIFY(after.reached());
        client.socket().abort();
        QTRY_COMPARE(world.shards.statistics().sessions, 0);
    }
    world.publish(Posted{"into the void"});
    after.open();
    GatewayClient next(world.url());
    next.sendIdentify(u"user-7"_s);
    QVERIFY(after.reached());
    after.open();
    QVERIFY(!next.nextDispatch(u"READY"_s).isEmpty());
    QCOMPARE(world.observer.calls(), QStringList{u"opened 7"_s});
}

QTEST_GUILESS_MAIN(TestGatewayMembership)
#include "tst_gateway_membership.moc"
