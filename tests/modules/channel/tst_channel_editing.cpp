// SPDX-License-Identifier: GPL-3.0-or-later
#include "channel_world.h"
#include "server/modules/channel/channel_events.h"

#include <QtTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

/// PATCH of one channel, and who may move them. @source api.md 6.4, 6.5
class TestChannelEditing : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_world.reset(); }
    void a_request_is_refused_data();
    void a_request_is_refused();
    void a_body_is_refused_data();
    void a_body_is_refused();
    void a_channel_changes_as_the_body_says();
    void null_clears_what_can_be_cleared();
    void what_is_no_change_is_no_event();
    void text_and_news_turn_into_each_other_data();
    void text_and_news_turn_into_each_other();
    void voice_settings_are_for_voice();
    void flags_are_not_for_senders_to_set_data();
    void flags_are_not_for_senders_to_set();
    void a_full_category_keeps_its_children();

private:
    std::unique_ptr<ChannelWorld> m_world;
    ChannelId m_hidden;
};

void TestChannelEditing::initTestCase()
{
    m_world = std::make_unique<ChannelWorld>();
    ChannelWorld &w = *m_world;
    m_hidden = w.channel(w.home);
    w.overwriteRole(m_hidden, RoleId(w.home), {}, Permission::ViewChannel);
}

void TestChannelEditing::a_request_is_refused_data()
{
    QTest::addColumn<UserId>("who");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("code");
    ChannelWorld &w = *m_world;
    const QByteArray general = ChannelWorld::path(w.general);
    const QByteArray body = R"({"name":"y"})";
    const auto row = [](const char *name, UserId who, const QByteArray &path,
                        const QByteArray &sent, int status, int code) {
        QTest::newRow(name) << who << path << sent << status << code;
    };
    const UserId plumber
        = w.member(u"plumber"_s, w.home, {w.role(w.home, Permission::ManageChannels)});
    row("no channel", w.carol, ChannelWorld::path(ChannelId(1)), body, 404, 10003);
    row("outsider", w.outsider, general, body, 403, 50001);
    row("hidden", w.carol, ChannelWorld::path(m_hidden), body, 403, 50001);
    row("no right", w.bob, general, body, 403, 50013);
    row("no right, bad body", w.bob, general, "{", 403, 50013);
    row("no JSON", w.carol, general, "{", 400, 50109);
    row("overwrites without ManageRoles", plumber, general, R"({"permission_overwrites":[]})", 403,
        50013);
    row("a right one does not have", w.carol, general,
        "{\"permission_overwrites\":["
            + ChannelWorld::overwrite(w.home.value(), 0, {}, Permission::ManageMessages) + "]}",
        403, 50013);
    const QByteArray list = "[{\"id\":\"" + str(w.general) + "\",\"position\":3}]";
    row("move: no guild", w.carol, "/api/v10/guilds/1/channels", list, 404, 10004);
    row("move: outsider", w.outsider, w.inGuild(), list, 403, 50001);
    row("move: no right", w.bob, w.inGuild(), list, 403, 50013);
    row("move: no right, bad body", w.bob, w.inGuild(), "{}", 403, 50013);
    row("move: no list", w.carol, w.inGuild(), "{}", 400, 50035);
    row("move: no body", w.carol, w.inGuild(), "", 400, 50035);
}

void TestChannelEditing::a_request_is_refused()
{
    QFETCH(const UserId, who);
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, body);
    QFETCH(const int, status);
    QFETCH(const int, code);
    m_world->events().clear();
    const auto answer = m_world->ask("PATCH", path, who, body);
    QVERIFY2(answer.status == status, answer.body);
    QCOMPARE(answer.code(), code);
    QVERIFY(m_world->events().names().isEmpty());
}

void TestChannelEditing::a_body_is_refused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("place");
    QTest::addColumn<QByteArray>("leaf");
    ChannelWorld &w = *m_world;
    const auto row
        = [](const char *name, const QByteArray &body, const char *place, const char *leaf) {
              QTest::newRow(name) << body << QByteArray(place) << QByteArray(leaf);
          };
    row("blank name", R"({"name":" "})", "name", "BASE_TYPE_BAD_LENGTH");
    row("long in lower case", "{\"name\":\"" + QByteArray("İ").repeated(51) + "\"}", "name",
        "BASE_TYPE_BAD_LENGTH");
    row("topic", "{\"topic\":\"" + QByteArray("a").repeated(1025) + "\"}", "topic",
        "BASE_TYPE_MAX_LENGTH");
    row("a voice channel of it", R"({"type":2})", "type", "BASE_TYPE_CHOICES");
    row("no category", R"({"parent_id":"1"})", "parent_id", "CHANNEL_PARENT_INVALID");
    row("its own parent", "{\"parent_id\":\"" + str(w.general) + "\"}", "parent_id",
        "CHANNEL_PARENT_INVALID_TYPE");
    row("archiving", R"({"default_auto_archive_duration":5})", "default_auto_archive_duration",
        "BASE_TYPE_CHOICES");
    row("slow mode", R"({"rate_limit_per_user":-1})", "rate_limit_per_user", "NUMBER_TYPE_MIN");
    row("no such role", R"({"permission_overwrites":[{"id":"1"}]})", "permission_overwrites.0.id",
        "BASE_TYPE_CHOICES");
}

void TestChannelEditing::a_body_is_refused()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, place);
    QFETCH(const QByteArray, leaf);
    ChannelWorld &w = *m_world;
    const auto answer = w.ask("PATCH", ChannelWorld::path(w.general), w.ann, body);
    QCOMPARE(answer.status, 400);
    QVERIFY2(answer.codeAt(place) == leaf, answer.body);
}

void TestChannelEditing::a_channel_changes_as_the_body_says()
{
    ChannelWorld w;
    const auto before = w.ask("GET", ChannelWorld::path(w.general), w.bob);
    w.events().clear();
    const auto changed = w.ask(
        "PATCH", ChannelWorld::path(w.general), w.carol,
        "{\"name\":\"New Name\",\"topic\":\"t\",\"position\":9,\"nsfw\":true,"
        "\"rate_limit_per_user\":5,\"parent_id\":\""
            + str(w.category)
            + "\",\"default_auto_archive_duration\":4320,"
              "\"default_thread_rate_limit_per_user\":6,\"permission_overwrites\":["
            + ChannelWorld::overwrite(w.home.value(), 0, {}, Permission::SendMessages) + "]}");
    QVERIFY2(changed.status == 200, changed.body);
    QCOMPARE(changed.at("name"), u"new-name"_s);
    QCOMPARE(changed.at("topic"), u"t"_s);
    QCOMPARE(changed.at("position"), u"9"_s);
    QCOMPARE(changed.at("nsfw"), u"true"_s);
    QCOMPARE(changed.at("rate_limit_per_user"), u"5"_s);
    QCOMPARE(changed.at("parent_id"), w.category.toString());
    QCOMPARE(changed.at("default_auto_archive_duration"), u"4320"_s);
    QCOMPARE(changed.at("default_thread_rate_limit_per_user"), u"6"_s);
    QCOMPARE(changed.at("id"), before.at("id"));
    QCOMPARE(changed.at("type"), before.at("type"));
    QCOMPARE(w.ask("GET", ChannelWorld::path(w.general), w.bob).body, changed.body);
    QCOMPARE(w.events().names(), QByteArrayList{"CHANNEL_UPDATE"});
    QCOMPARE(w.events().last<ChannelUpdated>().payload(PayloadVariant::Full), changed.body);
    // The rights follow before the answer is there.
    QVERIFY(!w.permissions().require(w.bob, w.general, Permission::SendMessages));
}

void TestChannelEditing::null_clears_what_can_be_cleared()
{
    ChannelWorld w;
    const QByteArray path = ChannelWorld::path(w.general);
    w.ask("PATCH", path, w.carol,
          "{\"topic\":\"t\",\"nsfw\":true,\"rate_limit_per_user\":5,"
          "\"default_auto_archive_duration\":60,\"parent_id\":\""
              + str(w.category) + "\",\"permission_overwrites\":["
              + ChannelWorld::overwrite(w.home.value(), 0, {}, Permission::SendMessages) + "]}");
    const auto cleared
        = w.ask("PATCH", path, w.ann,
                R"({"topic":null,"nsfw":null,"rate_limit_per_user":null,"parent_id":null,)"
                R"("default_auto_archive_duration":null,"permission_overwrites":null,)"
                R"("name":null,"type":null,"position":null})");
    QVERIFY2(cleared.status == 200, cleared.body);
    QCOMPARE(cleared.at("topic"), u"null"_s);
    QCOMPARE(cleared.at("nsfw"), u"false"_s);
    QCOMPARE(cleared.at("rate_limit_per_user"), u"0"_s);
    QCOMPARE(cleared.at("parent_id"), u"null"_s);
    QVERIFY(!cleared.find("default_auto_archive_duration"));
    QCOMPARE(cleared.at("permission_overwrites"), u"[]"_s);
    QCOMPARE(cleared.at("name"), u"general"_s);
}

void TestChannelEditing::what_is_no_change_is_no_event()
{
    ChannelWorld w;
    w.overwriteRole(w.general, RoleId(w.home), {}, Permission::SendMessages);
    w.overwriteMember(w.general, w.bob, Permission::SendMessages, {});
    // The same overwrites in another order are the same.
    const QByteArray overwrites = "\"permission_overwrites\":["
        + ChannelWorld::overwrite(w.bob.value(), 1, Permission::SendMessages, {}) + ','
        + ChannelWorld::overwrite(w.home.value(), 0, {}, Permission::SendMessages) + ']';
    w.events().clear();
    for (const QByteArray &body :
         {"{}"_ba, R"({"name":"General"})"_ba, QByteArray('{' + overwrites + '}')})
        QCOMPARE(w.ask("PATCH", ChannelWorld::path(w.general), w.ann, body).status, 200);
    const QByteArray list = "[{\"id\":\"" + str(w.general) + "\",\"position\":0}]";
    QCOMPARE(w.ask("PATCH", w.inGuild(), w.ann, list).status, 204);
    QVERIFY(w.events().names().isEmpty());
}

void TestChannelEditing::text_and_news_turn_into_each_other_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    QTest::addColumn<int>("status");
    for (const auto &[from, to, status] : {std::tuple{0, 5, 200},
                                           {5, 0, 200},
                                           {0, 0, 200},
                                           {2, 2, 200},
                                           {2, 13, 400},
                                           {4, 0, 400},
                                           {0, 4, 400},
                                           {0, 15, 400}})
        QTest::addRow("%d to %d", from, to) << from << to << status;
}

void TestChannelEditing::text_and_news_turn_into_each_other()
{
    QFETCH(const int, from);
    QFETCH(const int, to);
    QFETCH(const int, status);
    ChannelWorld &w = *m_world;
    const ChannelId channel = w.channel(w.home, {ChannelType(from)});
    const auto answer = w.ask("PATCH", ChannelWorld::path(channel), w.ann,
                              "{\"type\":" + QByteArray::number(to) + '}');
    QCOMPARE(answer.status, status);
    QCOMPARE(w.ask("GET", ChannelWorld::path(channel), w.ann).at("type"),
             QString::number(status == 200 ? to : from));
}

void TestChannelEditing::voice_settings_are_for_voice()
{
    ChannelWorld &w = *m_world;
    const ChannelId voice = w.channel(w.home, {ChannelType::Voice});
    const QByteArray body
        = R"({"bitrate":8000,"user_limit":5,"rtc_region":"local","video_quality_mode":2})";
    const auto changed = w.ask("PATCH", ChannelWorld::path(voice), w.ann, body);
    QCOMPARE(changed.at("bitrate"), u"8000"_s);
    QCOMPARE(changed.at("user_limit"), u"5"_s);
    QCOMPARE(changed.at("rtc_region"), u"local"_s);
    QCOMPARE(changed.at("video_quality_mode"), u"2"_s);
    const auto cleared = w.ask("PATCH", ChannelWorld::path(voice), w.ann, R"({"rtc_region":null})");
    QCOMPARE(cleared.at("rtc_region"), u"null"_s);
    const auto text = w.ask("PATCH", ChannelWorld::path(w.general), w.ann, body);
    QCOMPARE(text.status, 200);
    QVERIFY(!text.find("bitrate") && !text.find("rtc_region"));
}

void TestChannelEditing::flags_are_not_for_senders_to_set_data()
{
    QTest::addColumn<ChannelType>("type");
    QTest::newRow("text") << ChannelType::Text;
    QTest::newRow("voice") << ChannelType::Voice;
    QTest::newRow("category") << ChannelType::Category;
}

void TestChannelEditing::flags_are_not_for_senders_to_set()
{
    QFETCH(const ChannelType, type);
    ChannelWorld &w = *m_world;
    const ChannelId channel = w.channel(w.home, {type});
    for (const char *flags : {"-5", "1", "2147483647"}) {
        const auto answer = w.ask("PATCH", ChannelWorld::path(channel), w.ann,
                                  QByteArray("{\"flags\":") + flags + '}');
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.at("flags"), u"0"_s);
        QCOMPARE(w.ask("GET", ChannelWorld::path(channel), w.ann).at("flags"), u"0"_s);
    }
}

void TestChannelEditing::a_full_category_keeps_its_children()
{
    ChannelWorld w;
    ChannelId child;
    for (int i = 0; i < 50; ++i)
        child = w.channel(w.home, {ChannelType::Text, w.category});
    const QByteArray body = "{\"parent_id\":\"" + str(w.category) + "\"}";
    QCOMPARE(w.ask("PATCH", ChannelWorld::path(child), w.ann, body).status, 200);
    QCOMPARE(w.ask("PATCH", ChannelWorld::path(w.general), w.ann, body).codeAt("parent_id"),
             QByteArray("CHANNEL_PARENT_MAX_CHANNELS"));
    const QByteArray move
        = "[{\"id\":\"" + str(w.general) + "\",\"parent_id\":\"" + str(w.category) + "\"}]";
    QCOMPARE(w.ask("PATCH", w.inGuild(), w.ann, move).codeAt("0.parent_id"),
             QByteArray("CHANNEL_PARENT_MAX_CHANNELS"));
}

QTEST_GUILESS_MAIN(TestChannelEditing)
#include "tst_channel_editing.moc"
