// SPDX-License-Identifier: GPL-3.0-or-later
#include "message_world.h"
#include "server/modules/message/message_events.h"

#include <QtTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray embeds(const QByteArray &list)
{
    return "{\"embeds\":[" + list + "]}";
}

} // namespace

/// POST /channels/{c}/messages: what is refused and what comes of the rest. @source api.md 6.6
class TestMessageCreation : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_world.reset(); }
    void a_request_is_refused_data();
    void a_request_is_refused();
    void a_body_is_refused_data();
    void a_body_is_refused();
    void a_message_has_every_key_of_the_contract();
    void content_is_kept_as_it_was_written_data();
    void content_is_kept_as_it_was_written();
    void a_nonce_is_echoed_but_not_kept_data();
    void a_nonce_is_echoed_but_not_kept();
    void rights_that_are_missing_drop_things_silently();
    void embeds_are_kept_and_made_whole();
    void only_some_flags_can_be_set();
    void components_are_kept_for_bots();
    void voice_channels_hold_messages();
    void a_welcome_is_posted_where_the_guild_wants_it();

private:
    std::unique_ptr<MessageWorld> m_world;
    ChannelId m_hidden, m_readOnly, m_category, m_voice, m_forum;
    UserId m_outsider, m_silenced;
};

void TestMessageCreation::initTestCase()
{
    m_world = std::make_unique<MessageWorld>();
    MessageWorld &w = *m_world;
    m_hidden = w.channel(w.home);
    w.overwriteRole(m_hidden, RoleId(w.home), {}, Permission::ViewChannel);
    m_readOnly = w.channel(w.home);
    w.overwriteRole(m_readOnly, RoleId(w.home), {}, Permission::SendMessages);
    m_category = w.channel(w.home, {ChannelType::Category});
    m_voice = w.channel(w.home, {ChannelType::Voice});
    m_forum = w.channel(w.home, {ChannelType::Forum});
    m_outsider = w.user(u"outsider"_s);
    m_silenced = w.member(u"silenced"_s, w.home);
    w.timeOut(w.home, m_silenced, Timestamp{w.clock().now().ms + 3'600'000});
}

void TestMessageCreation::a_request_is_refused_data()
{
    QTest::addColumn<UserId>("who");
    QTest::addColumn<ChannelId>("where");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("code");
    MessageWorld &w = *m_world;
    const QByteArray good = R"({"content":"x"})";
    QTest::newRow("no channel") << w.bob << ChannelId(1) << good << 404 << 10003;
    QTest::newRow("channel zero") << w.bob << ChannelId(0) << good << 404 << 10003;
    QTest::newRow("outsider") << m_outsider << w.general << good << 403 << 50001;
    QTest::newRow("hidden") << w.bob << m_hidden << good << 403 << 50001;
    QTest::newRow("read only") << w.bob << m_readOnly << good << 403 << 50013;
    QTest::newRow("timed out") << m_silenced << w.general << good << 403 << 50013;
    QTest::newRow("category") << w.bob << m_category << good << 400 << 50008;
    QTest::newRow("forum") << w.bob << m_forum << good << 400 << 40058;
    // Rights are judged before the body, the body before the kind of channel.
    QTest::newRow("outsider, no JSON") << m_outsider << w.general << "{"_ba << 403 << 50001;
    QTest::newRow("read only, bad body") << w.bob << m_readOnly << "{\"tts\":1}"_ba << 403 << 50013;
    QTest::newRow("category, bad body") << w.bob << m_category << "{\"tts\":1}"_ba << 400 << 50035;
    QTest::newRow("no JSON") << w.bob << w.general << "{"_ba << 400 << 50109;
    QTest::newRow("no body") << w.bob << w.general << QByteArray() << 400 << 50006;
}

void TestMessageCreation::a_request_is_refused()
{
    QFETCH(const UserId, who);
    QFETCH(const ChannelId, where);
    QFETCH(const QByteArray, body);
    QFETCH(const int, status);
    QFETCH(const int, code);
    m_world->events().clear();
    const auto answer = m_world->ask("POST", MessageWorld::path(where), who, body);
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.code(), code);
    QCOMPARE(m_world->events().count<MessageCreated>(), 0);
}

void TestMessageCreation::a_body_is_refused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("place");
    QTest::addColumn<QByteArray>("leaf");
    const auto row
        = [](const char *name, const QByteArray &body, const char *place, const char *leaf) {
              QTest::newRow(name) << body << 50035 << QByteArray(place) << QByteArray(leaf);
          };
    const auto empty = [](const char *name, const QByteArray &body) {
        QTest::newRow(name) << body << 50006 << QByteArray() << QByteArray();
    };
    empty("nothing", "{}");
    empty("null", R"({"content":null})");
    empty("empty", R"({"content":""})");
    empty("blanks", R"({"content":" \n\t "})");
    empty("only NUL", R"({"content":"\u0000"})");
    empty("no embeds", R"({"embeds":[]})");
    empty("a person's components", R"({"components":[{"type":1}]})");
    row("too long", "{\"content\":\"" + QByteArray("a").repeated(2001) + "\"}", "content",
        "BASE_TYPE_MAX_LENGTH");
    row("no text", R"({"content":5})", "content", "STRING_TYPE_CONVERT");
    row("tts", R"({"content":"x","tts":"yes"})", "tts", "BOOLEAN_TYPE_CONVERT");
    row("long nonce", R"({"content":"x","nonce":"12345678901234567890123456"})", "nonce",
        "BASE_TYPE_MAX_LENGTH");
    row("broken nonce", R"({"content":"x","nonce":1.5})", "nonce", "STRING_TYPE_CONVERT");
    row("flags", R"({"content":"x","flags":"many"})", "flags", "NUMBER_TYPE_COERCE");
    row("eleven embeds",
        embeds(QByteArray("{\"title\":\"t\"},").repeated(10) + "{\"title\":\"t\"}"), "embeds",
        "BASE_TYPE_BAD_LENGTH");
    row("an empty embed", embeds("{}"), "embeds.0.description", "BASE_TYPE_REQUIRED");
    row("an embed of nothing seen", embeds("{\"title\":\"t\"},{\"color\":1}"),
        "embeds.1.description", "BASE_TYPE_REQUIRED");
    row("long title", embeds("{\"title\":\"" + QByteArray("a").repeated(257) + "\"}"),
        "embeds.0.title", "BASE_TYPE_MAX_LENGTH");
    row("no field value", embeds(R"({"fields":[{"name":"n"}]})"), "embeds.0.fields.0.value",
        "BASE_TYPE_REQUIRED");
    row("empty field name", embeds(R"({"fields":[{"name":"","value":"v"}]})"),
        "embeds.0.fields.0.name", "BASE_TYPE_BAD_LENGTH");
    row("26 fields",
        embeds("{\"fields\":[" + QByteArray(R"({"name":"n","value":"v"},)").repeated(25)
               + R"({"name":"n","value":"v"}]})"),
        "embeds.0.fields", "BASE_TYPE_BAD_LENGTH");
    row("color", embeds(R"({"title":"t","color":16777216})"), "embeds.0.color", "NUMBER_TYPE_MAX");
    row("timestamp", embeds(R"({"timestamp":"soon"})"), "embeds.0.timestamp",
        "DATE_TIME_TYPE_PARSE");
    row("url", embeds(R"({"url":"nowhere"})"), "embeds.0.url", "URL_TYPE_INVALID_URL");
    row("scheme", embeds("{\"url\":\"ftp:\\/\\/a.test\\/\"}"), "embeds.0.url",
        "URL_TYPE_INVALID_SCHEME");
    row("script", embeds("{\"title\":\"t\",\"image\":{\"url\":\"javascript:alert(1)\"}}"),
        "embeds.0.image.url", "URL_TYPE_INVALID_URL");
    row("icon", embeds(R"({"author":{"name":"a","icon_url":"x"}})"), "embeds.0.author.icon_url",
        "URL_TYPE_INVALID_URL");
    const QByteArray large = "{\"description\":\"" + QByteArray("a").repeated(3001) + "\"}";
    row("6002 characters", embeds(large + ',' + large), "embeds", "MAX_EMBED_SIZE_EXCEEDED");
}

void TestMessageCreation::a_body_is_refused()
{
    QFETCH(const QByteArray, body);
    QFETCH(const int, code);
    QFETCH(const QByteArray, place);
    QFETCH(const QByteArray, leaf);
    m_world->events().clear();
    const auto answer
        = m_world->ask("POST", MessageWorld::path(m_world->general), m_world->bob, body);
    QVERIFY2(answer.status == 400, answer.body);
    QCOMPARE(answer.code(), code);
    if (code == 50035)
        QVERIFY2(answer.codeAt(place) == leaf, answer.body);
    QCOMPARE(m_world->events().count<MessageCreated>(), 0);
}

void TestMessageCreation::a_message_has_every_key_of_the_contract()
{
    MessageWorld &w = *m_world;
    const auto created
        = w.ask("POST", MessageWorld::path(w.general), w.bob, R"({"content":"hello"})");
    QCOMPARE(created.status, 200);
    for (const char *key :
         {"id", "channel_id", "author", "content", "timestamp", "edited_timestamp", "tts",
          "mention_everyone", "mentions", "mention_roles", "attachments", "embeds", "pinned",
          "type", "flags", "components"})
        QVERIFY2(created.find(key), key);
    for (const char *key : {"nonce", "webhook_id", "application_id", "message_reference",
                            "referenced_message", "guild_id", "member", "reactions"})
        QVERIFY2(!created.find(key), key);
    for (const char *list : {"mentions", "mention_roles", "attachments", "embeds", "components"})
        QCOMPARE(created.at(list), u"[]"_s);
    QCOMPARE(created.at("channel_id"), w.general.toString());
    QCOMPARE(created.at("author.id"), w.bob.toString());
    QCOMPARE(created.at("author.username"), u"bob"_s);
    QVERIFY(!created.find("author.email"));
    QCOMPARE(created.at("type"), u"0"_s);
    QCOMPARE(created.at("edited_timestamp"), u"null"_s);
    const auto read
        = w.ask("GET", MessageWorld::path(w.general) + '/' + created.at("id").toLatin1(), w.ann);
    QCOMPARE(read.status, 200);
    QCOMPARE(read.body, created.body);
}

void TestMessageCreation::content_is_kept_as_it_was_written_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QString>("kept");
    QTest::newRow("trimmed") << R"(  a\n b \n)"_ba << u"a\n b"_s;
    QTest::newRow("NUL") << R"(a\u0000b)"_ba << u"ab"_s;
    QTest::newRow("lone surrogate") << R"(a\ud83db)"_ba << u"a\uFFFDb"_s;
    QTest::newRow("emoji, longest") << QByteArray("😀").repeated(2000) << u"😀"_s.repeated(2000);
    QTest::newRow("markup") << R"(<script>'; DROP TABLE messages; --\\)"_ba
                            << u"<script>'; DROP TABLE messages; --\\"_s;
    QTest::newRow("right to left") << "\u202Eabc"_ba << u"\u202Eabc"_s;
}

void TestMessageCreation::content_is_kept_as_it_was_written()
{
    QFETCH(const QByteArray, sent);
    QFETCH(const QString, kept);
    MessageWorld &w = *m_world;
    const auto created
        = w.ask("POST", MessageWorld::path(w.general), w.bob, "{\"content\":\"" + sent + "\"}");
    QVERIFY2(created.status == 200, created.body);
    QCOMPARE(created.at("content"), kept);
    const auto page = w.ask("GET", MessageWorld::path(w.general) + "?limit=1", w.bob);
    QCOMPARE(page.at("0.content"), kept);
}

void TestMessageCreation::a_nonce_is_echoed_but_not_kept_data()
{
    QTest::addColumn<QByteArray>("nonce");
    QTest::newRow("text") << "\"abc\""_ba;
    QTest::newRow("number") << "123456789012345678"_ba;
    QTest::newRow("negative") << "-4"_ba;
    QTest::newRow("longest") << "\"1234567890123456789012345\""_ba;
    QTest::newRow("longest of emoji") << '"' + QByteArray("😀").repeated(25) + '"';
}

void TestMessageCreation::a_nonce_is_echoed_but_not_kept()
{
    QFETCH(const QByteArray, nonce);
    MessageWorld &w = *m_world;
    w.events().clear();
    const auto created = w.ask("POST", MessageWorld::path(w.general), w.bob,
                               "{\"content\":\"x\",\"nonce\":" + nonce + '}');
    QVERIFY2(created.body.contains("\"nonce\":" + nonce), created.body);
    QVERIFY(w.events()
                .last<MessageCreated>()
                .payload(PayloadVariant::Full)
                .contains("\"nonce\":" + nonce));
    const auto page = w.ask("GET", MessageWorld::path(w.general) + "?limit=1", w.bob);
    QVERIFY(!page.find("0.nonce"));
}

void TestMessageCreation::rights_that_are_missing_drop_things_silently()
{
    MessageWorld &w = *m_world;
    const ChannelId plain = w.channel(w.home);
    w.overwriteRole(plain, RoleId(w.home), {},
                    Permission::EmbedLinks | Permission::SendTtsMessages);
    const QByteArray body = R"({"content":"x","tts":true,"embeds":[{"title":"t"}]})";
    const auto bobs = w.ask("POST", MessageWorld::path(plain), w.bob, body);
    QCOMPARE(bobs.at("tts"), u"false"_s);
    QCOMPARE(bobs.at("embeds"), u"[]"_s);
    const auto anns = w.ask("POST", MessageWorld::path(plain), w.ann, body);
    QCOMPARE(anns.at("tts"), u"true"_s);
    QCOMPARE(anns.at("embeds.0.title"), u"t"_s);
    // Nothing is left of it then.
    QCOMPARE(w.ask("POST", MessageWorld::path(plain), w.bob, embeds("{\"title\":\"t\"}")).code(),
             50006);
}

void TestMessageCreation::embeds_are_kept_and_made_whole()
{
    MessageWorld &w = *m_world;
    const QByteArray body
        = embeds("{\"type\":\"video\",\"title\":\"T\",\"description\":\"d\\u0000\",\"color\":255,"
                 "\"url\":\"https:\\/\\/a.test\\/\",\"timestamp\":\"2026-01-02T03:04:05Z\","
                 "\"image\":{\"url\":\"https:\\/\\/a.test\\/i.png\"},\"thumbnail\":{\"url\":\"\"},"
                 "\"author\":{\"name\":\"A\",\"url\":\"\"},\"footer\":{\"text\":\"F\"},"
                 "\"fields\":[{\"name\":\"n\",\"value\":\"v\"},{\"name\":\"m\",\"value\":\"w\","
                 "\"inline\":true}],"
                 "\"unknown\":1},{\"fields\":[{\"name\":\"only\",\"value\":\"fields\"}]}");
    const auto created = w.ask("POST", MessageWorld::path(w.general), w.bob, body);
    QVERIFY2(created.status == 200, created.body);
    QCOMPARE(created.at("embeds.0.type"), u"rich"_s);
    QCOMPARE(created.at("embeds.0.description"), u"d"_s);
    QCOMPARE(created.at("embeds.0.timestamp"), u"2026-01-02T03:04:05.000000+00:00"_s);
    QCOMPARE(created.at("embeds.0.image.proxy_url"), created.at("embeds.0.image.url"));
    QVERIFY(!created.find("embeds.0.thumbnail"));
    QVERIFY(!created.find("embeds.0.author.url"));
    QVERIFY(!created.find("embeds.0.unknown"));
    QCOMPARE(created.at("embeds.0.fields.0.inline"), u"false"_s);
    QCOMPARE(created.at("embeds.0.fields.1.inline"), u"true"_s);
    QCOMPARE(created.at("embeds.1.type"), u"rich"_s);
    const auto page = w.ask("GET", MessageWorld::path(w.general) + "?limit=1", w.bob);
    QCOMPARE(page.at("0.embeds"), created.at("embeds")); // order of keys and entries included
}

void TestMessageCreation::only_some_flags_can_be_set()
{
    MessageWorld &w = *m_world;
    const auto created = w.ask("POST", MessageWorld::path(w.general), w.bob,
                               R"({"content":"x","flags":2147483647})");
    QCOMPARE(created.at("flags"), QString::number((1 << 2) | (1 << 12)));
}

void TestMessageCreation::components_are_kept_for_bots()
{
    MessageWorld &w = *m_world;
    const UserId bot = w.bot(u"helper"_s, w.ann);
    w.join(w.home, bot);
    const QByteArray path = MessageWorld::path(w.general);
    const auto created
        = w.ask("POST", path, bot, R"({"components":[{"type":1,"label":"a\u0000b"}]})", true);
    QVERIFY2(created.status == 200, created.body);
    QCOMPARE(created.at("components.0.label"), u"ab"_s);
    QCOMPARE(w.ask("GET", path + "?limit=1", w.bob).at("0.components.0.label"), u"ab"_s);
    for (const QByteArray &components : {"{}"_ba, "\"x\""_ba, "5"_ba}) {
        const auto refused = w.ask("POST", path, bot,
                                   "{\"content\":\"x\",\"components\":" + components + '}', true);
        QCOMPARE(refused.codeAt("components"), QByteArray("LIST_TYPE_CONVERT"));
    }
    const QByteArray huge = "[\"" + QByteArray("a").repeated(40'000) + "\"]";
    QCOMPARE(w.ask("POST", path, bot, "{\"components\":" + huge + '}', true).codeAt("components"),
             QByteArray("BASE_TYPE_MAX_LENGTH"));
    QCOMPARE(
        w.ask("POST", path, w.bob, R"({"content":"x","components":[{"type":1}]})").at("components"),
        u"[]"_s);
}

void TestMessageCreation::voice_channels_hold_messages()
{
    MessageWorld &w = *m_world;
    QCOMPARE(w.ask("POST", MessageWorld::path(m_voice), w.bob, R"({"content":"x"})").status, 200);
    QCOMPARE(w.events().last<MessageCreated>().message.channelType, ChannelType::Voice);
}

void TestMessageCreation::a_welcome_is_posted_where_the_guild_wants_it()
{
    MessageWorld &w = *m_world;
    const auto joinBy = [&](const QString &name) {
        const UserId newcomer = w.user(name);
        const auto joined = w.database().transact(
            [&](db::Tx &tx) { return w.members().join(tx, w.home, *w.users().find(newcomer)); });
        Q_ASSERT(joined);
        // The lane stores in order: what is posted next is behind the welcome.
        w.post(w.bob, w.general, "next");
        return newcomer;
    };
    const QByteArray path = MessageWorld::path(w.general) + "?limit=2";
    w.setSystemChannel(w.home, w.general);
    const UserId carol = joinBy(u"carol"_s);
    const auto page = w.ask("GET", path, w.bob);
    QCOMPARE(page.at("1.type"), u"7"_s);
    QCOMPARE(page.at("1.author.id"), carol.toString());
    QCOMPARE(page.at("1.content"), QString());
    w.setSystemChannel(w.home, w.general, 1);
    joinBy(u"dave"_s);
    QCOMPARE(w.ask("GET", path, w.bob).at("1.content"), u"next"_s);
    w.setSystemChannel(w.home, std::nullopt);
    joinBy(u"erin"_s);
    QCOMPARE(w.ask("GET", path, w.bob).at("1.content"), u"next"_s);
}

QTEST_GUILESS_MAIN(TestMessageCreation)
#include "tst_message_creation.moc"
