// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/channel/channel_module.h"
#include "server/modules/guild/guild_module.h"
#include "server/modules/presence/presence_module.h"
#include "server/modules/ready/ready_module.h"
#include "tests/support/guild_world.h"

#include <QtTest>

#include <thread>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

namespace {

/// A guild of ann's with bob, a bot and a channel that bob does not see.
class ReadyWorld : public GuildWorld {
public:
    ReadyWorld()
        : guilds(kernel(), permissions(), users(), roles(), members())
        , channels(kernel(), permissions())
        , presence(kernel(), permissions(), users())
        , ready(kernel(), users(), guilds.service(), channels.service(), members(),
                presence.service())
        , ann(user(u"ann"_s))
        , home(guild(ann))
        , general(channel(home))
        , hidden(channel(home))
        , bob(member(u"bob"_s, home))
        , helper(bot(u"helper"_s, ann))
    {
        overwriteRole(hidden, RoleId(home), {}, Permission::ViewChannel);
        join(home, helper);
    }
    realtime::ReadyRequest request(UserId user, Intents intents = Intents::all(),
                                   int largeThreshold = 50) const
    {
        realtime::ReadyRequest request;
        request.identity.user = user;
        request.identity.bot = user == helper;
        request.intents = intents;
        request.largeThreshold = largeThreshold;
        return request;
    }
    static Answer read(const QByteArray &text)
    {
        Answer answer;
        answer.body = text;
        answer.document = std::move(*json::parse(text));
        return answer;
    }
    Answer firstGuild(const realtime::ReadyRequest &request)
    {
        return read(ready.service().ready(request).guilds.at(0).create);
    }
    void comeOnline(UserId user)
    {
        realtime::Identity identity;
        identity.user = user;
        presence.service().sessionOpened(
            realtime::SessionHandle(nullptr, 1, {str(user), identity, Intents::all()}), {});
    }
    /// Ids of the people in a list of members, in order.
    static std::vector<quint64> people(const Answer &guild, const QByteArray &list)
    {
        std::vector<quint64> ids;
        for (int i = 0; guild.find(list + '.' + QByteArray::number(i)); ++i)
            ids.push_back(guild.at(list + '.' + QByteArray::number(i) + ".user.id").toULongLong());
        return ids;
    }

    GuildModule guilds;
    ChannelModule channels;
    PresenceModule presence;
    ReadyModule ready;
    const UserId ann;
    const GuildId home;
    const ChannelId general;
    const ChannelId hidden;
    const UserId bob;
    const UserId helper;
};

using Ids = std::vector<quint64>;

} // namespace

/// What a gateway session starts from. @source api.md 5, 7.3, 8.2
class TestReadyService : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void an_account_is_told_who_it_is();
    void a_bot_is_told_its_application();
    void a_guild_has_every_key_of_the_contract();
    void every_guild_is_there_once_and_only_own_ones();
    void a_shard_gets_its_guilds();
    void people_and_presences_go_by_intents_data();
    void people_and_presences_go_by_intents();
    void a_large_guild_shows_who_is_here();
    void a_guild_of_exactly_the_threshold_is_not_large();
    void a_guild_alone_is_what_ready_has();
    void somebody_who_is_no_member_gets_nothing();
    void an_account_that_is_gone_is_a_fault();
    void names_changed_meanwhile_are_not_kept_stale();
};

void TestReadyService::an_account_is_told_who_it_is()
{
    ReadyWorld w;
    const auto data = w.ready.service().ready(w.request(w.bob));
    const auto user = ReadyWorld::read(data.user);
    QCOMPARE(user.at("id"), w.bob.toString());
    QCOMPARE(user.at("email"), u"bob@guildhall.test"_s);
    QCOMPARE(user.at("verified"), u"true"_s);
    QVERIFY(data.application.isEmpty());
    QCOMPARE(data.privateChannels, QByteArray("[]"));
    QVERIFY(!data.guilds.at(0).create.contains("guildhall.test")); // nobody's address, own included
}

void TestReadyService::a_bot_is_told_its_application()
{
    ReadyWorld w;
    const auto data = w.ready.service().ready(w.request(w.helper));
    const auto user = ReadyWorld::read(data.user);
    QCOMPARE(user.at("bot"), u"true"_s);
    QCOMPARE(user.at("email"), u"null"_s);
    const auto application = ReadyWorld::read(data.application);
    QCOMPARE(application.at("id"), w.helper.toString());
    const int flags = application.at("flags").toInt();
    for (const int bit : {13, 15, 19})
        QVERIFY(flags & (1 << bit));
}

void TestReadyService::a_guild_has_every_key_of_the_contract()
{
    ReadyWorld w;
    const auto guild = w.firstGuild(w.request(w.bob));
    for (const char *key : {"id",
                            "name",
                            "icon",
                            "owner_id",
                            "roles",
                            "emojis",
                            "stickers",
                            "features",
                            "joined_at",
                            "large",
                            "unavailable",
                            "member_count",
                            "voice_states",
                            "members",
                            "channels",
                            "threads",
                            "presences",
                            "stage_instances",
                            "guild_scheduled_events",
                            "soundboard_sounds",
                            "system_channel_id",
                            "preferred_locale",
                            "verification_level",
                            "nsfw_level"})
        QVERIFY2(guild.find(key), key);
    QCOMPARE(guild.at("id"), w.home.toString());
    QCOMPARE(guild.at("unavailable"), u"false"_s);
    QCOMPARE(guild.at("large"), u"false"_s);
    QCOMPARE(guild.at("member_count"), u"3"_s);
    QCOMPARE(guild.at("roles.0.id"), w.home.toString());
    // Hidden channels are there too, as their names are no secret.
    QCOMPARE(guild.at("channels.0.id"), w.general.toString());
    QCOMPARE(guild.at("channels.1.id"), w.hidden.toString());
    QCOMPARE(guild.at("channels.1.permission_overwrites.0.id"), w.home.toString());
    for (const char *key : {"nick", "roles", "joined_at", "deaf", "mute", "user"})
        QVERIFY2(guild.find(QByteArray("members.0.") + key), key);
    const Ids everybody{w.ann.value(), w.bob.value(), w.helper.value()};
    QCOMPARE(ReadyWorld::people(guild, "members"), everybody);
    QCOMPARE(guild.at("members.2.user.bot"), u"true"_s);
}

void TestReadyService::every_guild_is_there_once_and_only_own_ones()
{
    ReadyWorld w;
    const GuildId second = w.guild(w.ann);
    w.guild(w.user(u"carol"_s));
    const auto guilds = w.ready.service().ready(w.request(w.ann)).guilds;
    QCOMPARE(guilds.size(), size_t(2));
    QCOMPARE(guilds[0].id, w.home);
    QCOMPARE(guilds[1].id, second);
    QVERIFY(w.ready.service().ready(w.request(w.user(u"alone"_s))).guilds.empty());
}

void TestReadyService::a_shard_gets_its_guilds()
{
    ReadyWorld w;
    for (int i = 0; i < 10; ++i) {
        w.clock().advance(std::chrono::milliseconds(1 + i));
        w.join(w.guild(w.ann), w.helper);
    }
    auto request = w.request(w.helper);
    size_t sum = 0;
    for (quint32 index = 0; index < 3; ++index) {
        request.shard = realtime::ShardOf{index, 3};
        for (const auto &guild : w.ready.service().ready(request).guilds) {
            QCOMPARE((guild.id.value() >> 22) % 3, quint64(index));
            ++sum;
        }
    }
    QCOMPARE(sum, size_t(11));
}

void TestReadyService::people_and_presences_go_by_intents_data()
{
    QTest::addColumn<bool>("bot");
    QTest::addColumn<bool>("membersIntent");
    QTest::addColumn<bool>("presencesIntent");
    QTest::addColumn<bool>("sees");
    QTest::newRow("person") << false << true << true << true;
    QTest::newRow("person without intents") << false << false << false << true;
    QTest::newRow("bot") << true << true << true << true;
    QTest::newRow("bot without presences") << true << true << false << false;
    QTest::newRow("bot without members") << true << false << true << false;
    QTest::newRow("bot without both") << true << false << false << false;
}

void TestReadyService::people_and_presences_go_by_intents()
{
    QFETCH(const bool, bot);
    QFETCH(const bool, membersIntent);
    QFETCH(const bool, presencesIntent);
    QFETCH(const bool, sees);
    ReadyWorld w;
    w.comeOnline(w.bob);
    w.comeOnline(w.helper);
    Intents intents{quint32(Intent::Guilds)};
    if (membersIntent)
        intents.bits |= quint32(Intent::GuildMembers);
    if (presencesIntent)
        intents.bits |= quint32(Intent::GuildPresences);
    const UserId who = bot ? w.helper : w.bob;
    const auto guild = w.firstGuild(w.request(who, intents));
    const Ids everybody{w.ann.value(), w.bob.value(), w.helper.value()};
    const Ids online{w.bob.value(), w.helper.value()};
    QCOMPARE(ReadyWorld::people(guild, "members"), sees ? everybody : Ids{who.value()});
    QCOMPARE(ReadyWorld::people(guild, "presences"), sees ? online : Ids());
    QVERIFY(!guild.find("presences.0.guild_id"));
    QCOMPARE(guild.at("member_count"), u"3"_s);
}

void TestReadyService::a_large_guild_shows_who_is_here()
{
    ReadyWorld w;
    std::vector<UserId> crowd;
    for (int i = 0; i < 60; ++i)
        crowd.push_back(w.member(u"crowd%1"_s.arg(i), w.home));
    w.comeOnline(crowd[3]);
    w.comeOnline(crowd[40]);
    w.comeOnline(w.user(u"elsewhere"_s));
    const auto guild = w.firstGuild(w.request(w.bob));
    QCOMPARE(guild.at("large"), u"true"_s);
    QCOMPARE(guild.at("member_count"), u"63"_s);
    const Ids here{crowd[3].value(), crowd[40].value()};
    Ids members = ReadyWorld::people(guild, "members");
    QCOMPARE(members.back(), w.bob.value()); // oneself, though not here
    members.pop_back();
    QCOMPARE(members, here);
    QCOMPARE(ReadyWorld::people(guild, "presences"), here);
    const auto all = w.firstGuild(w.request(w.bob, Intents::all(), 250));
    QCOMPARE(ReadyWorld::people(all, "members").size(), size_t(63));
    QCOMPARE(all.at("large"), u"false"_s);
}

void TestReadyService::a_guild_of_exactly_the_threshold_is_not_large()
{
    ReadyWorld w;
    for (int i = 3; i < 50; ++i)
        w.member(u"crowd%1"_s.arg(i), w.home);
    const auto full = w.firstGuild(w.request(w.bob));
    QCOMPARE(full.at("large"), u"false"_s);
    QCOMPARE(ReadyWorld::people(full, "members").size(), size_t(50));
    w.member(u"one more"_s, w.home);
    QCOMPARE(w.firstGuild(w.request(w.bob)).at("large"), u"true"_s);
}

void TestReadyService::a_guild_alone_is_what_ready_has()
{
    ReadyWorld w;
    w.comeOnline(w.bob);
    const auto request = w.request(w.bob);
    QCOMPARE(w.ready.service().guildCreate(request, w.home).value(),
             w.ready.service().ready(request).guilds.at(0).create);
}

void TestReadyService::somebody_who_is_no_member_gets_nothing()
{
    ReadyWorld w;
    const auto request = w.request(w.user(u"outsider"_s));
    QVERIFY(!w.ready.service().guildCreate(request, w.home));
    QVERIFY(!w.ready.service().guildCreate(w.request(w.bob), GuildId(1)));
}

void TestReadyService::an_account_that_is_gone_is_a_fault()
{
    ReadyWorld w;
    QVERIFY_EXCEPTION_THROWN(w.ready.service().ready(w.request(UserId(1))), Fault);
}

void TestReadyService::names_changed_meanwhile_are_not_kept_stale()
{
    // READY reads on a state that stands still. What it sees there must not be remembered as new:
    // here somebody changes their name after that state was taken and before it is read.
    ReadyWorld w;
    w.database().snapshot([&](db::Executor &db) {
        w.members().count(db, w.home); // the state is taken
        std::thread renaming([&] {
            const auto changed = w.database().transact([&](db::Tx &tx) {
                UserChanges changes;
                changes.globalName = u"Robert"_s;
                return w.users().change(tx, w.bob, changes);
            });
            Q_ASSERT(changed);
        });
        renaming.join();
        return w.members().membersOf(db, w.home, UserId(), 50).size();
    });
    QCOMPARE(w.users().find(w.bob)->globalName.value_or(QString()), u"Robert"_s);
}

QTEST_GUILESS_MAIN(TestReadyService)
#include "tst_ready_service.moc"
