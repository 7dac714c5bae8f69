// SPDX-License-Identifier: GPL-3.0-or-later
#include "channel_world.h"
#include "server/modules/channel/channel_events.h"

#include <QtTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

/// Reading, making and deleting channels. @source api.md 5, 6.4, 6.5
class TestChannelService : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_guild_that_was_just_deleted_gets_no_channel();
    void initTestCase();
    void cleanupTestCase() { m_world.reset(); }
    void a_request_is_refused_data();
    void a_request_is_refused();
    void a_body_is_refused_data();
    void a_body_is_refused();
    void a_channel_has_every_key_of_the_contract();
    void a_channel_is_made_as_the_body_says();
    void names_are_made_to_fit_their_kind_data();
    void names_are_made_to_fit_their_kind();
    void every_member_sees_every_channel_of_the_list();
    void one_channel_is_seen_by_those_who_may();
    void a_new_channel_is_behind_all_others();
    void a_child_starts_with_its_categorys_overwrites();
    void a_deleted_channel_is_gone();
    void a_deleted_category_leaves_its_children();
    void a_category_holds_fifty_and_a_guild_five_hundred();
    void the_last_message_is_shown();

private:
    std::unique_ptr<ChannelWorld> m_world;
    ChannelId m_hidden;
};

void TestChannelService::initTestCase()
{
    m_world = std::make_unique<ChannelWorld>();
    ChannelWorld &w = *m_world;
    m_hidden = w.channel(w.home);
    w.overwriteRole(m_hidden, RoleId(w.home), {}, Permission::ViewChannel);
}

void TestChannelService::a_request_is_refused_data()
{
    QTest::addColumn<UserId>("who");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("code");
    ChannelWorld &w = *m_world;
    const auto row = [](const char *name, UserId who, const char *method, const QByteArray &path,
                        const QByteArray &body, int status, int code) {
        QTest::newRow(name) << who << QByteArray(method) << path << body << status << code;
    };
    const QByteArray nowhere = "/api/v10/guilds/1/channels";
    const QByteArray noChannel = ChannelWorld::path(ChannelId(1));
    const QByteArray body = R"({"name":"x"})";
    row("list: no guild", w.bob, "GET", nowhere, {}, 404, 10004);
    row("list: outsider", w.outsider, "GET", w.inGuild(), {}, 403, 50001);
    row("list: storefront outsider", w.outsider, "GET", "/channels/guild/" + str(w.home), {}, 403,
        50001);
    row("get: no channel", w.bob, "GET", noChannel, {}, 404, 10003);
    row("get: outsider", w.outsider, "GET", ChannelWorld::path(w.general), {}, 403, 50001);
    row("get: hidden", w.bob, "GET", ChannelWorld::path(m_hidden), {}, 403, 50001);
    row("get: no id", w.bob, "GET", "/api/v10/channels/x", {}, 400, 50035);
    row("create: no guild", w.bob, "POST", nowhere, body, 404, 10004);
    row("create: outsider", w.outsider, "POST", w.inGuild(), body, 403, 50001);
    row("create: outsider, bad body", w.outsider, "POST", w.inGuild(), "{", 403, 50001);
    row("create: no right", w.bob, "POST", w.inGuild(), body, 403, 50013);
    row("create: no right, bad body", w.bob, "POST", w.inGuild(), "{}", 403, 50013);
    row("create: no JSON", w.carol, "POST", w.inGuild(), "{", 400, 50109);
    row("create: rights one does not have", w.carol, "POST", w.inGuild(),
        R"({"name":"x","permission_overwrites":[)"
            + ChannelWorld::overwrite(w.home.value(), 0, Permission::ManageMessages, {}) + "]}",
        403, 50013);
    row("delete: no channel", w.carol, "DELETE", noChannel, {}, 404, 10003);
    row("delete: outsider", w.outsider, "DELETE", ChannelWorld::path(w.general), {}, 403, 50001);
    row("delete: no right", w.bob, "DELETE", ChannelWorld::path(w.general), {}, 403, 50013);
    row("delete: hidden", w.carol, "DELETE", ChannelWorld::path(m_hidden), {}, 403, 50001);
}

void TestChannelService::a_request_is_refused()
{
    QFETCH(const UserId, who);
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, body);
    QFETCH(const int, status);
    QFETCH(const int, code);
    m_world->events().clear();
    const auto answer = m_world->ask(method, path, who, body);
    QVERIFY2(answer.status == status, answer.body);
    QCOMPARE(answer.code(), code);
    QVERIFY(m_world->events().names().isEmpty());
}

void TestChannelService::a_body_is_refused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("place");
    QTest::addColumn<QByteArray>("leaf");
    ChannelWorld &w = *m_world;
    const auto row
        = [](const char *name, const QByteArray &body, const char *place, const char *leaf) {
              QTest::newRow(name) << "{\"name\":\"x\"," + body + '}' << QByteArray(place)
                                  << QByteArray(leaf);
          };
    const QByteArray guild = QByteArray::number(w.home.value());
    row("no name", R"("name":null)", "name", "BASE_TYPE_REQUIRED");
    row("blank name", R"("name":"  ")", "name", "BASE_TYPE_BAD_LENGTH");
    row("long name", "\"name\":\"" + QByteArray("a").repeated(101) + '"', "name",
        "BASE_TYPE_BAD_LENGTH");
    row("long in lower case", "\"name\":\"" + QByteArray("İ").repeated(51) + '"', "name",
        "BASE_TYPE_BAD_LENGTH");
    row("a kind nobody makes", R"("type":1)", "type", "BASE_TYPE_CHOICES");
    row("a thread", R"("type":11)", "type", "BASE_TYPE_CHOICES");
    row("a kind that is none", R"("type":"text")", "type", "NUMBER_TYPE_COERCE");
    row("long topic", "\"topic\":\"" + QByteArray("a").repeated(1025) + '"', "topic",
        "BASE_TYPE_MAX_LENGTH");
    row("slow mode", R"("rate_limit_per_user":21601)", "rate_limit_per_user", "NUMBER_TYPE_MAX");
    row("bitrate", R"("bitrate":7999)", "bitrate", "NUMBER_TYPE_MIN");
    row("user limit", R"("user_limit":100)", "user_limit", "NUMBER_TYPE_MAX");
    row("archiving", R"("default_auto_archive_duration":61)", "default_auto_archive_duration",
        "BASE_TYPE_CHOICES");
    row("region", "\"rtc_region\":\"" + QByteArray("a").repeated(33) + '"', "rtc_region",
        "BASE_TYPE_MAX_LENGTH");
    row("position", R"("position":-1)", "position", "NUMBER_TYPE_MIN");
    row("no category", R"("parent_id":"1")", "parent_id", "CHANNEL_PARENT_INVALID");
    row("a parent that is none", "\"parent_id\":\"" + str(w.general) + '"', "parent_id",
        "CHANNEL_PARENT_INVALID_TYPE");
    row("a category in one", "\"type\":4,\"parent_id\":\"" + str(w.category) + '"', "parent_id",
        "CHANNEL_PARENT_INVALID");
    row("no such role", R"("permission_overwrites":[{"id":"1","type":0}])",
        "permission_overwrites.0.id", "BASE_TYPE_CHOICES");
    row("a kind of overwrite", "\"permission_overwrites\":[{\"id\":\"" + guild + "\",\"type\":2}]",
        "permission_overwrites.0.type", "BASE_TYPE_CHOICES");
    row("twice",
        "\"permission_overwrites\":[{\"id\":\"" + guild + "\"},{\"id\":\"" + guild + "\"}]",
        "permission_overwrites.1.id", "BASE_TYPE_CHOICES");
    row("allowed and denied",
        "\"permission_overwrites\":["
            + ChannelWorld::overwrite(w.home.value(), 0, Permission::SendMessages,
                                      Permission::SendMessages)
            + ']',
        "permission_overwrites.0.allow", "BASE_TYPE_CHOICES");
    row("101 overwrites",
        "\"permission_overwrites\":[" + QByteArray("{\"id\":\"1\"},").repeated(100)
            + "{\"id\":\"1\"}]",
        "permission_overwrites", "BASE_TYPE_BAD_LENGTH");
}

void TestChannelService::a_body_is_refused()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, place);
    QFETCH(const QByteArray, leaf);
    const auto answer = m_world->ask("POST", m_world->inGuild(), m_world->ann, body);
    QCOMPARE(answer.status, 400);
    QVERIFY2(answer.codeAt(place) == leaf, answer.body);
}

void TestChannelService::a_channel_has_every_key_of_the_contract()
{
    ChannelWorld &w = *m_world;
    const auto text = w.ask("POST", w.inGuild(), w.carol, R"({"name":"x"})");
    QCOMPARE(text.status, 201);
    for (const char *key :
         {"id", "type", "guild_id", "name", "position", "parent_id", "permission_overwrites",
          "flags", "nsfw", "topic", "rate_limit_per_user", "last_message_id"})
        QVERIFY2(text.find(key), key);
    for (const char *key : {"bitrate", "user_limit", "rtc_region", "video_quality_mode"})
        QVERIFY2(!text.find(key), key);
    const auto voice = w.ask("POST", w.inGuild(), w.carol, R"({"name":"x","type":2})");
    QCOMPARE(voice.at("bitrate"), u"64000"_s);
    QCOMPARE(voice.at("user_limit"), u"0"_s);
    QCOMPARE(voice.at("rtc_region"), u"null"_s);
    QCOMPARE(voice.at("video_quality_mode"), u"1"_s);
    for (const auto &made : {std::cref(text), std::cref(voice)})
        QCOMPARE(w.ask("GET", "/api/v9/channels/" + made.get().at("id").toLatin1(), w.bob).body,
                 made.get().body);
}

void TestChannelService::a_channel_is_made_as_the_body_says()
{
    ChannelWorld &w = *m_world;
    w.events().clear();
    const auto made = w.ask(
        "POST", w.inGuild(), w.ann,
        "{\"name\":\"  Stage  \",\"type\":13,\"topic\":\"t\",\"bitrate\":96000,"
        "\"user_limit\":99,\"rate_limit_per_user\":21600,\"position\":7,\"nsfw\":true,"
        "\"rtc_region\":\"local\",\"video_quality_mode\":2,\"parent_id\":\""
            + str(w.category) + "\",\"default_auto_archive_duration\":1440,"
            + "\"default_thread_rate_limit_per_user\":5,\"permission_overwrites\":["
            + ChannelWorld::overwrite(w.bob.value(), 1, Permission::Connect, Permission::Speak)
            + "]}");
    QVERIFY2(made.status == 201, made.body);
    const QStringList expected{u"name Stage"_s,
                               u"type 13"_s,
                               u"topic t"_s,
                               u"bitrate 96000"_s,
                               u"user_limit 99"_s,
                               u"rate_limit_per_user 21600"_s,
                               u"position 7"_s,
                               u"nsfw true"_s,
                               u"rtc_region local"_s,
                               u"video_quality_mode 2"_s,
                               u"default_auto_archive_duration 1440"_s,
                               u"default_thread_rate_limit_per_user 5"_s};
    for (const QString &pair : expected)
        QCOMPARE(made.at(pair.section(u' ', 0, 0).toLatin1()), pair.section(u' ', 1));
    QCOMPARE(made.at("parent_id"), w.category.toString());
    QCOMPARE(made.at("permission_overwrites.0.id"), w.bob.toString());
    QCOMPARE(made.at("permission_overwrites.0.type"), u"1"_s);
    QCOMPARE(made.at("permission_overwrites.0.deny"),
             QString::number(Permissions(Permission::Speak).bits()));
    QCOMPARE(w.events().names(), QByteArrayList{"CHANNEL_CREATE"});
    QCOMPARE(w.events().last<ChannelCreated>().payload(PayloadVariant::Full), made.body);
}

void TestChannelService::names_are_made_to_fit_their_kind_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("sent");
    QTest::addColumn<QString>("kept");
    QTest::newRow("text") << 0 << u"  My  New Channel "_s << u"my-new-channel"_s;
    QTest::newRow("news") << 5 << u"News Flash"_s << u"news-flash"_s;
    QTest::newRow("other letters") << 0 << u"Ärger ÉCOLE 日本"_s << u"ärger-école-日本"_s;
    QTest::newRow("blanks of other kinds") << 0 << u"a\u00a0b\u2003 \u3000c"_s << u"a-b-c"_s;
    QTest::newRow("voice") << 2 << u" My  Room "_s << u"My  Room"_s;
    QTest::newRow("category") << 4 << u"My Category"_s << u"My Category"_s;
}

void TestChannelService::names_are_made_to_fit_their_kind()
{
    QFETCH(const int, type);
    QFETCH(const QString, sent);
    QFETCH(const QString, kept);
    const auto made = m_world->ask("POST", m_world->inGuild(), m_world->carol,
                                   "{\"type\":" + QByteArray::number(type) + ",\"name\":\""
                                       + sent.toUtf8() + "\"}");
    QCOMPARE(made.at("name"), kept);
}

void TestChannelService::every_member_sees_every_channel_of_the_list()
{
    ChannelWorld &w = *m_world;
    const auto anns = w.ask("GET", w.inGuild(), w.ann);
    const auto bobs = w.ask("GET", w.inGuild(), w.bob);
    QCOMPARE(bobs.status, 200);
    QCOMPARE(bobs.body, anns.body);
    QVERIFY(bobs.body.contains(str(m_hidden)));
}

void TestChannelService::one_channel_is_seen_by_those_who_may()
{
    ChannelWorld &w = *m_world;
    QCOMPARE(w.ask("GET", ChannelWorld::path(w.general), w.bob).at("id"), w.general.toString());
    QCOMPARE(w.ask("GET", ChannelWorld::path(m_hidden), w.ann).at("id"), m_hidden.toString());
}

void TestChannelService::a_new_channel_is_behind_all_others()
{
    ChannelWorld w;
    QCOMPARE(w.ask("POST", w.inGuild(), w.ann, R"({"name":"a","position":40})").at("position"),
             u"40"_s);
    QCOMPARE(w.ask("POST", w.inGuild(), w.ann, R"({"name":"b"})").at("position"), u"41"_s);
}

void TestChannelService::a_child_starts_with_its_categorys_overwrites()
{
    ChannelWorld w;
    w.overwriteRole(w.category, RoleId(w.home), {}, Permission::SendMessages);
    const QByteArray parent = "\"parent_id\":\"" + str(w.category) + '"';
    const auto copied = w.ask("POST", w.inGuild(), w.carol, "{\"name\":\"a\"," + parent + '}');
    QCOMPARE(copied.at("permission_overwrites.0.id"), w.home.toString());
    QCOMPARE(copied.at("permission_overwrites.0.deny"),
             QString::number(Permissions(Permission::SendMessages).bits()));
    const auto own = w.ask("POST", w.inGuild(), w.carol,
                           "{\"name\":\"b\",\"permission_overwrites\":[]," + parent + '}');
    QCOMPARE(own.at("permission_overwrites"), u"[]"_s);
}

void TestChannelService::a_deleted_channel_is_gone()
{
    ChannelWorld w;
    w.message(w.general, w.bob, u"x"_s);
    const auto shown = w.ask("GET", ChannelWorld::path(w.general), w.carol);
    w.events().clear();
    const auto deleted = w.ask("DELETE", ChannelWorld::path(w.general), w.carol);
    QCOMPARE(deleted.status, 200);
    QCOMPARE(deleted.body, shown.body);
    QCOMPARE(w.events().names(), QByteArrayList{"CHANNEL_DELETE"});
    QCOMPARE(w.events().last<ChannelDeleted>().payload(PayloadVariant::Full), shown.body);
    QCOMPARE(w.ask("GET", ChannelWorld::path(w.general), w.ann).code(), 10003);
    QCOMPARE(w.ask("DELETE", ChannelWorld::path(w.general), w.ann).code(), 10003);
    QCOMPARE(w.countMessages(w.general), 0);
}

void TestChannelService::a_deleted_category_leaves_its_children()
{
    ChannelWorld w;
    const ChannelId one = w.channel(w.home, {ChannelType::Text, w.category});
    const ChannelId two = w.channel(w.home, {ChannelType::Voice, w.category});
    w.events().clear();
    QCOMPARE(w.ask("DELETE", ChannelWorld::path(w.category), w.carol).status, 200);
    QCOMPARE(w.events().names(),
             (QByteArrayList{"CHANNEL_DELETE", "CHANNEL_UPDATE", "CHANNEL_UPDATE"}));
    for (const ChannelUpdated &event : w.events().all<ChannelUpdated>())
        QVERIFY(!event.channel.parentId);
    for (const ChannelId child : {one, two})
        QCOMPARE(w.ask("GET", ChannelWorld::path(child), w.bob).at("parent_id"), u"null"_s);
}

void TestChannelService::a_category_holds_fifty_and_a_guild_five_hundred()
{
    ChannelWorld w;
    for (int i = 0; i < 50; ++i)
        w.channel(w.home, {ChannelType::Text, w.category});
    const auto refused = w.ask("POST", w.inGuild(), w.ann,
                               "{\"name\":\"x\",\"parent_id\":\"" + str(w.category) + "\"}");
    QCOMPARE(refused.codeAt("parent_id"), QByteArray("CHANNEL_PARENT_MAX_CHANNELS"));
    for (int i = 0; i < 447; ++i)
        w.channel(w.home);
    QCOMPARE(w.ask("POST", w.inGuild(), w.ann, R"({"name":"the 500th"})").status, 201);
    const auto full = w.ask("POST", w.inGuild(), w.ann, R"({"name":"one too many"})");
    QCOMPARE(full.status, 400);
    QCOMPARE(full.code(), 30013);
}

void TestChannelService::the_last_message_is_shown()
{
    ChannelWorld w;
    QCOMPARE(w.ask("GET", ChannelWorld::path(w.general), w.bob).at("last_message_id"), u"null"_s);
    w.message(w.general, w.bob, u"x"_s);
    const MessageId last = w.message(w.general, w.bob, u"y"_s);
    QCOMPARE(w.ask("GET", ChannelWorld::path(w.general), w.bob).at("last_message_id"),
             last.toString());
}

void TestChannelService::a_guild_that_was_just_deleted_gets_no_channel()
{
    ChannelWorld w;
    w.ask("GET", ChannelWorld::path(w.general), w.ann); // the rights know it
    w.deleteGuildRow(w.home);
    QCOMPARE(w.ask("POST", w.inGuild(), w.ann, R"({"name":"late"})").code(), 10004);
    QCOMPARE(w.ask("PATCH", w.inGuild(), w.ann, "[]").code(), 10004);
    QCOMPARE(w.ask("PATCH", ChannelWorld::path(w.general), w.ann, "{}").code(), 10003);
    QCOMPARE(w.ask("DELETE", ChannelWorld::path(w.general), w.ann).code(), 10003);
}

QTEST_GUILESS_MAIN(TestChannelService)
#include "tst_channel_service.moc"
