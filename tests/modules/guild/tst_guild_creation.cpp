// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/member/member_events.h"
#include "tests/support/community_world.h"
#include "tests/support/refusals.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <thread>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

class TestGuildCreation : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_world = std::make_unique<CommunityWorld>(); }
    void cleanupTestCase() { m_world.reset(); }
    void init() { m_world->events().clear(); }

    void a_guild_starts_with_the_usual_channels();
    void its_maker_owns_it_and_is_in_it();
    void everyone_starts_with_the_usual_rights();
    void the_answer_by_the_route_is_201_at_both_places();
    void placeholders_become_ids();
    void what_a_template_says_of_channels_is_kept();
    void roles_start_with_the_rights_of_everyone_data();
    void roles_start_with_the_rights_of_everyone();
    void rights_in_the_template_count();
    void empty_lists_are_as_none();
    void a_bad_template_is_refused_data();
    void a_bad_template_is_refused();
    void every_mistake_of_a_template_is_named();
    void an_image_becomes_a_hash();
    void a_person_has_a_hundred_guilds_at_most();
    void a_bot_has_any_number();
    void two_at_once_do_not_pass_the_limit();

private:
    Result<CreatedGuild> create(UserId who, const QByteArray &json)
    {
        return m_world->guilds().create(m_world->as(who), m_world->body<CreateGuild>(json));
    }
    std::vector<Channel> channelsOf(GuildId guild)
    {
        return m_world->channels().list(m_world->database().session(), guild);
    }
    Channel channelNamed(GuildId guild, const QString &name)
    {
        for (const Channel &channel : channelsOf(guild)) {
            if (channel.name == name)
                return channel;
        }
        return {};
    }
    /// Somebody who is in that many guilds.
    UserId inGuilds(const QString &name, int count)
    {
        const UserId id = m_world->user(name);
        for (int i = 0; i < count; ++i)
            m_world->guild(id);
        return id;
    }

    std::unique_ptr<CommunityWorld> m_world;
};

void TestGuildCreation::a_guild_starts_with_the_usual_channels()
{
    const UserId ann = m_world->user(u"usual"_s);
    const GuildId id = m_world->guild(ann);
    QCOMPARE(channelsOf(id).size(), 4u);
    const Channel text = channelNamed(id, u"general"_s);
    const Channel voice = channelNamed(id, u"General"_s);
    QCOMPARE(text.type, ChannelType::Text);
    QCOMPARE(voice.type, ChannelType::Voice);
    QCOMPARE(*voice.bitrate, 64000);
    QCOMPARE(*text.parentId, channelNamed(id, u"Text Channels"_s).id);
    QCOMPARE(*voice.parentId, channelNamed(id, u"Voice Channels"_s).id);
    const auto guild = m_world->guilds().find(m_world->database().session(), id);
    QCOMPARE(*guild->systemChannelId, text.id);
}

void TestGuildCreation::its_maker_owns_it_and_is_in_it()
{
    const UserId ann = m_world->user(u"maker"_s);
    const auto guild = create(ann, R"({"name":"  The Den  "})");
    QCOMPARE(guild->name, u"The Den"_s);
    QCOMPARE(guild->ownerId, ann);
    QCOMPARE(guild->ownerIdCamel, ann);
    QCOMPARE(m_world->events().count<MemberJoined>(), 1);
    QCOMPARE(m_world->events().last<MemberJoined>().member.user.id, ann);
    QVERIFY(m_world->permissions().requireOwner(ann, guild->id));
}

void TestGuildCreation::everyone_starts_with_the_usual_rights()
{
    const auto guild = create(m_world->user(u"rights"_s), R"({"name":"Den"})");
    QCOMPARE(guild->roles.size(), 1u);
    QCOMPARE(guild->roles[0].id, RoleId(guild->id));
    QCOMPARE(guild->roles[0].name, u"@everyone"_s);
    QCOMPARE(guild->roles[0].permissions, defaultEveryonePermissions);
    QCOMPARE(guild->roles[0].position, 0);
}

void TestGuildCreation::the_answer_by_the_route_is_201_at_both_places()
{
    const Caller ann = m_world->as(m_world->user(u"routes"_s));
    for (const char *path : {"/api/v10/guilds", "/guilds"}) {
        const Response answer = m_world->call("POST", path, ann, R"({"name":"Den"})");
        QCOMPARE(answer.status, 201);
        const QJsonObject guild = QJsonDocument::fromJson(answer.body).object();
        QCOMPARE(guild["ownerId"_L1].toString(), ann.user.toString());
        QCOMPARE(guild["owner_id"_L1].toString(), ann.user.toString());
        QVERIFY(!guild.contains("channels"_L1));
    }
    QCOMPARE(m_world->call("POST", "/guilds", ann, R"({"name":"D"})").status, 400);
}

void TestGuildCreation::placeholders_become_ids()
{
    const auto guild = create(m_world->user(u"template"_s), R"({"name":"Den",
        "system_channel_id": 12, "afk_channel_id": 13, "afk_timeout": 900,
        "roles": [{"id": 0, "name": "ignored", "permissions": "1024"},
                  {"id": 1, "name": "Staff", "color": 255, "hoist": true, "permissions": "8"}],
        "channels": [{"id": 12, "name": "Big Hall", "parent_id": 10},
                     {"id": 10, "name": "Rooms", "type": 4},
                     {"id": 13, "name": "Sleep Well", "type": 2}]})");
    QVERIFY(guild);
    QCOMPARE(guild->roles.size(), 2u);
    QCOMPARE(guild->roles[0].name, u"@everyone"_s);
    QCOMPARE(guild->roles[0].permissions.bits(), 1024u);
    QCOMPARE(guild->roles[1].name, u"Staff"_s);
    QCOMPARE(guild->roles[1].colors.primaryColor, 255);
    QCOMPARE(guild->roles[1].position, 1);
    QCOMPARE(guild->afkTimeout, 900);
    const Channel hall = channelNamed(guild->id, u"big-hall"_s);
    QCOMPARE(*hall.parentId, channelNamed(guild->id, u"Rooms"_s).id);
    QCOMPARE(*guild->systemChannelId, hall.id);
    QCOMPARE(*guild->afkChannelId, channelNamed(guild->id, u"Sleep Well"_s).id);
}

void TestGuildCreation::what_a_template_says_of_channels_is_kept()
{
    const auto guild = create(m_world->user(u"details"_s), R"({"name":"Den","channels": [
        {"name": "Text\u2003One", "topic": "t", "nsfw": true, "rate_limit_per_user": 5,
         "position": 3, "default_auto_archive_duration": 1440,
         "default_thread_rate_limit_per_user": 7},
        {"name": "Voice", "type": 2, "bitrate": 8000, "user_limit": 9, "rtc_region": "local",
         "video_quality_mode": 2}]})");
    QVERIFY(guild);
    const Channel text = channelNamed(guild->id, u"text-one"_s);
    QCOMPARE(*text.topic, u"t"_s);
    QVERIFY(text.nsfw);
    QCOMPARE(text.rateLimitPerUser, 5);
    QCOMPARE(text.position, 3);
    QCOMPARE(text.defaultAutoArchiveDuration, std::optional(1440));
    QCOMPARE(text.defaultThreadRateLimitPerUser, std::optional(7));
    const Channel voice = channelNamed(guild->id, u"Voice"_s);
    QCOMPARE(voice.bitrate, std::optional(8000));
    QCOMPARE(voice.userLimit, std::optional(9));
    QCOMPARE(*voice.rtcRegion, u"local"_s);
    QCOMPARE(voice.videoQualityMode, std::optional(2));
    QCOMPARE(voice.position, 1);
}

void TestGuildCreation::roles_start_with_the_rights_of_everyone_data()
{
    QTest::addColumn<QByteArray>("everyone");
    QTest::addColumn<Permissions>("rights");
    QTest::newRow("said") << QByteArray(R"({"id":0,"permissions":"1024"})")
                          << Permissions(Permission::ViewChannel);
    QTest::newRow("none") << QByteArray(R"({"id":0,"permissions":"0"})") << Permissions();
    QTest::newRow("not said") << QByteArray(R"({"id":0})") << defaultEveryonePermissions;
}

void TestGuildCreation::roles_start_with_the_rights_of_everyone()
{
    QFETCH(const QByteArray, everyone);
    QFETCH(const Permissions, rights);
    static const UserId ann = m_world->user(u"roles"_s);
    const auto guild = create(ann,
                              R"({"name":"Den","roles":[)" + everyone
                                  + R"(,{"id":1},{"id":2,"permissions":null}]})");
    QVERIFY(guild);
    QCOMPARE(guild->roles.size(), 3u);
    for (const Role &role : guild->roles)
        QCOMPARE(role.permissions.bits(), rights.bits());
    QCOMPARE(guild->roles[1].name, u"new role"_s);
}

void TestGuildCreation::rights_in_the_template_count()
{
    const UserId ann = m_world->user(u"overwrites"_s);
    const auto guild = create(ann, R"({"name":"Den",
        "roles": [{"id": 0}, {"id": 1, "name": "Staff", "permissions": "0"}],
        "channels": [{"name": "staff", "permission_overwrites": [
            {"id": 0, "type": 0, "deny": "1024"}, {"id": 1, "type": 0, "allow": 1024}]}]})");
    QVERIFY(guild);
    const ChannelId channel = channelNamed(guild->id, u"staff"_s).id;
    const UserId bob = m_world->memberOf(guild->id);
    QVERIFY_REFUSED(m_world->permissions().requireVisible(bob, channel), ErrorCode::MissingAccess);
    m_world->give(guild->id, bob, guild->roles[1].id);
    QVERIFY_ACCEPTED(m_world->permissions().requireVisible(bob, channel));
}

void TestGuildCreation::empty_lists_are_as_none()
{
    const auto guild = create(m_world->user(u"empty"_s),
                              R"({"name":"Den","roles":[],"channels":[],"icon":null})");
    QVERIFY(guild);
    QCOMPARE(guild->roles.size(), 1u);
    QCOMPARE(channelsOf(guild->id).size(), 4u);
}

void TestGuildCreation::a_bad_template_is_refused_data()
{
    QTest::addColumn<QByteArray>("rest");
    QTest::addColumn<QStringList>("path");
    QTest::newRow("a category that is not there")
        << QByteArray(R"("channels":[{"name":"a","parent_id":9}])")
        << QStringList{u"channels"_s, u"0"_s, u"parent_id"_s};
    QTest::newRow("a parent that is no category")
        << QByteArray(R"("channels":[{"name":"a","parent_id":9},{"id":9,"name":"b"}])")
        << QStringList{u"channels"_s, u"0"_s, u"parent_id"_s};
    QTest::newRow("a category in a category") << QByteArray(
        R"("channels":[{"id":9,"name":"b","type":4},{"name":"a","type":4,"parent_id":9}])")
                                              << QStringList{u"channels"_s, u"1"_s, u"parent_id"_s};
    QTest::newRow("a thread") << QByteArray(R"("channels":[{"name":"a","type":11}])")
                              << QStringList{u"channels"_s, u"0"_s, u"type"_s};
    QTest::newRow("an overwrite for nobody")
        << QByteArray(R"("channels":[{"name":"a","permission_overwrites":[{"id":7,"type":0}]}])")
        << QStringList{u"channels"_s, u"0"_s, u"permission_overwrites"_s, u"0"_s, u"id"_s};
    QTest::newRow("both allowed and denied")
        << QByteArray(R"("roles":[{"id":0}],"channels":[{"name":"a","permission_overwrites":
             [{"id":0,"type":0,"allow":"1","deny":"1"}]}])")
        << QStringList{u"channels"_s, u"0"_s, u"permission_overwrites"_s, u"0"_s, u"allow"_s};
    QTest::newRow("an overwrite twice")
        << QByteArray(R"("roles":[{"id":0}],"channels":[{"name":"a","permission_overwrites":
             [{"id":0,"type":0,"allow":"1"},{"id":0,"type":0}]}])")
        << QStringList{u"channels"_s, u"0"_s, u"permission_overwrites"_s, u"1"_s, u"id"_s};
    QTest::newRow("a role that is called a member")
        << QByteArray(R"("roles":[{"id":0}],"channels":[{"name":"a","permission_overwrites":
             [{"id":0,"type":1,"allow":"1"}]}])")
        << QStringList{u"channels"_s, u"0"_s, u"permission_overwrites"_s, u"0"_s, u"id"_s};
    QTest::newRow("a topic that is too long")
        << "\"channels\":[{\"name\":\"a\",\"topic\":\"" + QByteArray("a").repeated(1025) + "\"}]"
        << QStringList{u"channels"_s, u"0"_s, u"topic"_s};
    QTest::newRow("a name that is too long in lower case")
        << "\"channels\":[{\"name\":\"" + QByteArray("İ").repeated(51) + "\"}]"
        << QStringList{u"channels"_s, u"0"_s, u"name"_s};
    QTest::newRow("a system channel that is not there")
        << QByteArray(R"("system_channel_id":3,"channels":[{"name":"a"}])")
        << QStringList{u"system_channel_id"_s};
    QTest::newRow("an AFK channel without voice")
        << QByteArray(R"("afk_channel_id":3,"channels":[{"id":3,"name":"a"}])")
        << QStringList{u"afk_channel_id"_s};
    QTest::newRow("an odd AFK time")
        << QByteArray(R"("afk_timeout":61)") << QStringList{u"afk_timeout"_s};
    QTest::newRow("no image") << QByteArray(R"("icon":"data:image/png;base64,AAAA")")
                              << QStringList{u"icon"_s};
}

void TestGuildCreation::a_bad_template_is_refused()
{
    QFETCH(QByteArray, rest);
    QFETCH(QStringList, path);
    static const UserId ann = m_world->user(u"mistaken"_s);
    const auto guild = create(ann, "{\"name\":\"Den\"," + rest + "}");
    QVERIFY(!guild);
    QCOMPARE(guild.error().code, ErrorCode::InvalidFormBody);
    QCOMPARE(guild.error().fields.size(), 1u);
    QCOMPARE(guild.error().fields[0].path, path);
    QCOMPARE(m_world->events().names().size(), 0);
}

void TestGuildCreation::every_mistake_of_a_template_is_named()
{
    const auto guild = create(m_world->user(u"hasty"_s), R"({"name":"Den","system_channel_id":8,
        "channels":[{"name":"a","parent_id":9},{"name":"b","type":11}]})");
    QVERIFY(!guild);
    QCOMPARE(guild.error().fields.size(), 3u);
}

void TestGuildCreation::an_image_becomes_a_hash()
{
    const QByteArray pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwAD"
                             "hgGAWjR9awAAAABJRU5ErkJggg==";
    const auto guild = create(m_world->user(u"icon"_s),
                              R"({"name":"Den","icon":"data:image/png;base64,)" + pixel + "\"}");
    QVERIFY(guild);
    QVERIFY(guild->icon);
    QCOMPARE(guild->icon->size(), 32);
    const auto stored = m_world->guilds().find(m_world->database().session(), guild->id);
    QCOMPARE(*stored->icon, *guild->icon);
}

void TestGuildCreation::a_person_has_a_hundred_guilds_at_most()
{
    const UserId ann = inGuilds(u"collector"_s, MemberService::maxGuilds);
    m_world->events().clear();
    QVERIFY_REFUSED(create(ann, R"({"name":"One more"})"), ErrorCode::MaximumGuilds);
    QCOMPARE(m_world->events().names().size(), 0);
}

void TestGuildCreation::a_bot_has_any_number()
{
    const UserId bot = m_world->bot(u"busy"_s, m_world->user(u"botmaker"_s));
    for (int i = 0; i <= MemberService::maxGuilds; ++i)
        QVERIFY_ACCEPTED(create(bot, R"({"name":"Den"})"));
}

void TestGuildCreation::two_at_once_do_not_pass_the_limit()
{
    const UserId ann = inGuilds(u"racer"_s, MemberService::maxGuilds - 1);
    std::atomic<int> made = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            if (create(ann, R"({"name":"Last"})"))
                ++made;
            m_world->database().closeThreadSession();
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(made.load(), 1);
}

QTEST_GUILESS_MAIN(TestGuildCreation)
#include "tst_guild_creation.moc"
