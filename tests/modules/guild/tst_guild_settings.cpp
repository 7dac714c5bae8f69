// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/guild/guild_events.h"
#include "tests/support/community_world.h"
#include "tests/support/refusals.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <thread>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

class TestGuildSettings : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_world = std::make_unique<CommunityWorld>(); }
    void cleanupTestCase() { m_world.reset(); }
    void init();

    void a_guild_is_shown_to_members_only();
    void counts_are_given_when_asked_for();
    void counts_of_a_big_guild_are_remembered_for_a_moment();
    void settings_change_and_are_told();
    void what_stays_the_same_is_no_event();
    void null_clears_what_may_be_empty();
    void only_known_features_are_kept();
    void changing_needs_the_right();
    void a_bad_body_is_judged_after_the_rights();
    void channels_of_settings_must_be_the_guilds_own_data();
    void channels_of_settings_must_be_the_guilds_own();
    void a_deleted_channel_is_forgotten();
    void a_channel_that_no_setting_names_is_no_event();
    void the_owner_hands_the_guild_on();
    void others_cannot_hand_it_on();
    void no_bot_and_no_stranger_can_own_it();
    void of_two_transfers_at_once_one_counts();
    void a_new_owner_cannot_slip_away();
    void the_owner_deletes_it_by_both_routes();
    void others_cannot_delete_it();

private:
    Response patch(UserId who, const QByteArray &json)
    {
        return m_world->call("PATCH", "/api/v10/guilds/" + path(), m_world->as(who), json);
    }
    static int codeOf(const Response &answer)
    {
        return QJsonDocument::fromJson(answer.body)["code"_L1].toInt();
    }
    Guild now() { return m_world->guilds().find(m_world->database().session(), m_guild).value(); }
    QByteArray path() const { return QByteArray::number(m_guild.value()); }

    std::unique_ptr<CommunityWorld> m_world;
    GuildId m_guild; ///< a new one for each test
    UserId m_owner;
};

void TestGuildSettings::init()
{
    m_guild = m_world->guild();
    m_owner = m_world->ownerOf(m_guild);
    m_world->events().clear();
}

void TestGuildSettings::a_guild_is_shown_to_members_only()
{
    const UserId stranger = m_world->user(u"stranger"_s);
    const QByteArray route = "/api/v10/guilds/" + path();
    const Response shown = m_world->call("GET", route, m_world->as(m_world->memberOf(m_guild)));
    QCOMPARE(shown.status, 200);
    const QJsonObject guild = QJsonDocument::fromJson(shown.body).object();
    QCOMPARE(guild["id"_L1].toString(), m_guild.toString());
    QVERIFY(guild["roles"_L1].isArray());
    QVERIFY(!guild.contains("approximate_member_count"_L1));
    QCOMPARE(m_world->call("GET", route, m_world->as(stranger)).status, 403);
    const Response absent = m_world->call("GET", "/api/v10/guilds/1", m_world->as(stranger));
    QCOMPARE(absent.status, 404);
    QCOMPARE(codeOf(absent), int(ErrorCode::UnknownGuild));
}

void TestGuildSettings::counts_are_given_when_asked_for()
{
    m_world->memberOf(m_guild);
    std::vector<UserId> asked;
    m_world->guilds().counts().setCountOnline([&](const std::vector<UserId> &users) {
        asked = users;
        return 1;
    });
    const Response shown = m_world->call("GET", "/api/v10/guilds/" + path() + "?with_counts=true",
                                         m_world->as(m_owner));
    m_world->guilds().counts().setCountOnline({});
    const QJsonObject guild = QJsonDocument::fromJson(shown.body).object();
    QCOMPARE(guild["approximate_member_count"_L1].toInt(), 2);
    QCOMPARE(guild["approximate_presence_count"_L1].toInt(), 1);
    QCOMPARE(asked.size(), 2u);
}

void TestGuildSettings::counts_of_a_big_guild_are_remembered_for_a_moment()
{
    for (int i = 0; i < GuildCounts::exactUpTo; ++i)
        m_world->memberOf(m_guild);
    int asked = 0;
    GuildCounts &counts = m_world->guilds().counts();
    counts.setCountOnline([&](const std::vector<UserId> &) { return ++asked; });
    QCOMPARE(counts.count(m_guild).online, 1);
    QVERIFY(counts.count(m_guild).members > GuildCounts::exactUpTo);
    QCOMPARE(counts.count(m_guild).online, 1);
    m_world->clock().advance(GuildCounts::recently);
    QCOMPARE(counts.count(m_guild).online, 2);
    counts.setCountOnline({});
}

void TestGuildSettings::settings_change_and_are_told()
{
    const UserId manager = m_world->memberWith(m_guild, Permission::ManageGuild);
    const ChannelId text = m_world->channelOf(m_guild, ChannelType::Text);
    const ChannelId voice = m_world->channelOf(m_guild, ChannelType::Voice);
    m_world->events().clear();
    const Response answer = patch(manager,
                                  R"({"name":" New name ","description":"About us",
        "verification_level":2,"default_message_notifications":1,"explicit_content_filter":2,
        "afk_timeout":60,"afk_channel_id":")"
                                      + QByteArray::number(voice.value()) + R"(",
        "rules_channel_id":")" + QByteArray::number(text.value())
                                      + R"(","system_channel_flags":4,
        "public_updates_channel_id":")"
                                      + QByteArray::number(text.value()) + R"(",
        "preferred_locale":"de","premium_progress_bar_enabled":true})");
    QCOMPARE(answer.status, 200);
    QCOMPARE(QJsonDocument::fromJson(answer.body)["name"_L1].toString(), u"New name"_s);
    QCOMPARE(m_world->events().names(), QByteArrayList{"GUILD_UPDATE"});
    const Guild told = m_world->events().last<GuildUpdated>().guild;
    for (const Guild &guild : {told, now()}) {
        QCOMPARE(guild.name, u"New name"_s);
        QCOMPARE(*guild.description, u"About us"_s);
        QCOMPARE(guild.verificationLevel, 2);
        QCOMPARE(guild.defaultMessageNotifications, 1);
        QCOMPARE(guild.explicitContentFilter, 2);
        QCOMPARE(guild.afkTimeout, 60);
        QCOMPARE(*guild.afkChannelId, voice);
        QCOMPARE(*guild.rulesChannelId, text);
        QCOMPARE(*guild.publicUpdatesChannelId, text);
        QCOMPARE(guild.systemChannelFlags, 4);
        QCOMPARE(guild.preferredLocale, u"de"_s);
        QVERIFY(guild.premiumProgressBarEnabled);
        QCOMPARE(guild.ownerId, m_owner);
        QCOMPARE(guild.roles.size(), 2u);
    }
}

void TestGuildSettings::what_stays_the_same_is_no_event()
{
    QCOMPARE(patch(m_owner, R"({"name":"The Den","unknown":1})").status, 200);
    QCOMPARE(patch(m_owner, "{}").status, 200);
    QCOMPARE(m_world->events().names().size(), 0);
}

void TestGuildSettings::null_clears_what_may_be_empty()
{
    patch(m_owner, R"({"description":"x","afk_timeout":900})");
    QCOMPARE(patch(m_owner, R"({"description":null,"system_channel_id":null,"afk_timeout":null,
        "name":null})")
                 .status,
             200);
    QVERIFY(!now().description);
    QVERIFY(!now().systemChannelId);
    QCOMPARE(now().afkTimeout, 300);
    QCOMPARE(now().name, u"The Den"_s);
}

void TestGuildSettings::only_known_features_are_kept()
{
    patch(m_owner, R"({"features":["DISCOVERABLE","MADE_UP","COMMUNITY"]})");
    QCOMPARE(now().features, (std::vector<QString>{u"COMMUNITY"_s, u"DISCOVERABLE"_s}));
    patch(m_owner, R"({"features":[]})");
    QCOMPARE(now().features.size(), 0u);
}

void TestGuildSettings::changing_needs_the_right()
{
    const Response plain = patch(m_world->memberOf(m_guild), R"({"name":"Mine"})");
    QCOMPARE(plain.status, 403);
    QCOMPARE(codeOf(plain), int(ErrorCode::MissingPermissions));
    const Response stranger = patch(m_world->user(u"outside"_s), R"({"name":"Mine"})");
    QCOMPARE(stranger.status, 403);
    QCOMPARE(codeOf(stranger), int(ErrorCode::MissingAccess));
    QCOMPARE(now().name, u"The Den"_s);
}

void TestGuildSettings::a_bad_body_is_judged_after_the_rights()
{
    QCOMPARE(patch(m_owner, R"({"name":"x"})").status, 400);
    QCOMPARE(patch(m_owner, R"({"afk_timeout":7})").status, 400);
    QCOMPARE(patch(m_owner, R"({"verification_level":5})").status, 400);
    QCOMPARE(codeOf(patch(m_owner, "{")), int(ErrorCode::InvalidJson));
    QCOMPARE(patch(m_world->memberOf(m_guild), R"({"name":"x"})").status, 403);
}

void TestGuildSettings::channels_of_settings_must_be_the_guilds_own_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<ChannelType>("type");
    QTest::addColumn<bool>("fits");
    QTest::newRow("voice for AFK") << QByteArray("afk_channel_id") << ChannelType::Voice << true;
    QTest::newRow("text for AFK") << QByteArray("afk_channel_id") << ChannelType::Text << false;
    QTest::newRow("text for rules") << QByteArray("rules_channel_id") << ChannelType::Text << true;
    QTest::newRow("voice for rules")
        << QByteArray("rules_channel_id") << ChannelType::Voice << false;
    QTest::newRow("a category for messages of the system")
        << QByteArray("system_channel_id") << ChannelType::Category << false;
}

void TestGuildSettings::channels_of_settings_must_be_the_guilds_own()
{
    QFETCH(QByteArray, field);
    QFETCH(ChannelType, type);
    QFETCH(bool, fits);
    const auto with = [&](GuildId guild) {
        return "{\"" + field + "\":\"" + QByteArray::number(m_world->channelOf(guild, type).value())
            + "\"}";
    };
    QCOMPARE(patch(m_owner, with(m_guild)).status, fits ? 200 : 400);
    const Response foreign = patch(m_owner, with(m_world->guild()));
    QCOMPARE(foreign.status, 400);
    QVERIFY(foreign.body.contains(field));
}

void TestGuildSettings::a_deleted_channel_is_forgotten()
{
    const ChannelId text = m_world->channelOf(m_guild, ChannelType::Text);
    const QByteArray id = QByteArray::number(text.value());
    patch(m_owner,
          "{\"rules_channel_id\":\"" + id + "\",\"public_updates_channel_id\":\"" + id + "\"}");
    m_world->events().clear();
    QVERIFY_ACCEPTED(m_world->channels().remove(m_world->as(m_owner), text));
    QCOMPARE(m_world->events().count<GuildUpdated>(), 1);
    for (const Guild &guild : {m_world->events().last<GuildUpdated>().guild, now()}) {
        QVERIFY(!guild.systemChannelId);
        QVERIFY(!guild.rulesChannelId);
        QVERIFY(!guild.publicUpdatesChannelId);
    }
}

void TestGuildSettings::a_channel_that_no_setting_names_is_no_event()
{
    const ChannelId voice = m_world->channelOf(m_guild, ChannelType::Voice);
    QVERIFY_ACCEPTED(m_world->channels().remove(m_world->as(m_owner), voice));
    QCOMPARE(m_world->events().count<GuildUpdated>(), 0);
    QVERIFY(now().systemChannelId);
}

void TestGuildSettings::the_owner_hands_the_guild_on()
{
    const UserId heir = m_world->memberOf(m_guild);
    QCOMPARE(patch(m_owner, "{\"owner_id\":\"" + QByteArray::number(heir.value()) + "\"}").status,
             200);
    QCOMPARE(now().ownerId, heir);
    QCOMPARE(m_world->events().last<GuildUpdated>().guild.ownerId, heir);
    QVERIFY_ACCEPTED(m_world->permissions().requireOwner(heir, m_guild));
    QVERIFY_REFUSED(m_world->permissions().requireOwner(m_owner, m_guild),
                    ErrorCode::MissingPermissions);
}

void TestGuildSettings::others_cannot_hand_it_on()
{
    const UserId admin = m_world->memberWith(m_guild, Permission::Administrator);
    const Response answer
        = patch(admin, "{\"owner_id\":\"" + QByteArray::number(admin.value()) + "\"}");
    QCOMPARE(codeOf(answer), int(ErrorCode::MissingPermissions));
    QCOMPARE(now().ownerId, m_owner);
}

void TestGuildSettings::no_bot_and_no_stranger_can_own_it()
{
    const UserId bot = m_world->bot(u"helper"_s, m_owner);
    m_world->join(m_guild, bot);
    const UserId stranger = m_world->user(u"nobody"_s);
    const auto give = [&](UserId to) {
        return codeOf(patch(m_owner, "{\"owner_id\":\"" + QByteArray::number(to.value()) + "\"}"));
    };
    QCOMPARE(give(bot), int(ErrorCode::OwnershipToBot));
    QCOMPARE(give(stranger), int(ErrorCode::UnknownMember));
    QCOMPARE(now().ownerId, m_owner);
}

void TestGuildSettings::of_two_transfers_at_once_one_counts()
{
    const UserId a = m_world->memberOf(m_guild);
    const UserId b = m_world->memberOf(m_guild);
    std::atomic<int> done = 0;
    std::vector<std::thread> threads;
    for (const UserId heir : {a, b, a, b}) {
        threads.emplace_back([&, heir] {
            if (patch(m_owner, "{\"owner_id\":\"" + QByteArray::number(heir.value()) + "\"}").status
                == 200)
                ++done;
            m_world->database().closeThreadSession();
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(done.load(), 1);
    QVERIFY(now().ownerId == a || now().ownerId == b);
}

void TestGuildSettings::a_new_owner_cannot_slip_away()
{
    for (int round = 0; round < 10; ++round) {
        init();
        const UserId heir = m_world->memberOf(m_guild);
        std::thread leaving([&] {
            m_world->call("DELETE", "/api/v10/users/@me/guilds/" + path(), m_world->as(heir));
            m_world->database().closeThreadSession();
        });
        patch(m_owner, "{\"owner_id\":\"" + QByteArray::number(heir.value()) + "\"}");
        leaving.join();
        const auto owner
            = m_world->members().member(m_world->database().session(), m_guild, now().ownerId);
        QVERIFY2(owner, "the guild belongs to somebody who has left it");
    }
}

void TestGuildSettings::the_owner_deletes_it_by_both_routes()
{
    QCOMPARE(m_world->call("DELETE", "/api/v10/guilds/" + path(), m_world->as(m_owner)).status,
             204);
    QCOMPARE(m_world->events().count<GuildDeleted>(), 1);
    QVERIFY(!m_world->guilds().find(m_world->database().session(), m_guild));
    QVERIFY_REFUSED(m_world->permissions().requireMember(m_owner, m_guild),
                    ErrorCode::UnknownGuild);
    init();
    QCOMPARE(
        m_world->call("POST", "/api/v10/guilds/" + path() + "/delete", m_world->as(m_owner), "{}")
            .status,
        204);
    QCOMPARE(m_world->events().count<GuildDeleted>(), 1);
}

void TestGuildSettings::others_cannot_delete_it()
{
    const UserId admin = m_world->memberWith(m_guild, Permission::Administrator);
    for (const UserId who : {admin, m_world->user(u"vandal"_s)})
        QCOMPARE(m_world->call("DELETE", "/api/v10/guilds/" + path(), m_world->as(who)).status,
                 403);
    QCOMPARE(now().ownerId, m_owner);
}

QTEST_GUILESS_MAIN(TestGuildSettings)
#include "tst_guild_settings.moc"
