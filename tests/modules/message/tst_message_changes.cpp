// SPDX-License-Identifier: GPL-3.0-or-later
#include "message_world.h"
#include "server/modules/message/message_events.h"
#include "shared/core/snowflake.h"

#include <QtTest>

#include <future>

using namespace guildhall;
using namespace guildhall::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// PATCH, DELETE and bulk-delete. @source api.md 6.6
class TestMessageChanges : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_world.reset(); }
    void an_author_changes_what_was_written();
    void a_body_changes_only_what_it_names_data();
    void a_body_changes_only_what_it_names();
    void an_edit_mentions_anew();
    void an_edit_is_refused_data();
    void an_edit_is_refused();
    void others_change_flags_alone();
    void two_edits_at_once_keep_what_the_other_changed();
    void a_reply_stays_one();
    void a_deletion_is_told();
    void a_deletion_is_refused_data();
    void a_deletion_is_refused();
    void some_notices_cannot_be_deleted_data();
    void some_notices_cannot_be_deleted();
    void many_are_deleted_at_once();
    void a_bulk_deletion_is_refused_data();
    void a_bulk_deletion_is_refused();
    void fourteen_days_are_counted_to_the_millisecond();

private:
    GuildWorld::Answer edit(UserId who, MessageId message, const QByteArray &body, bool bot = false)
    {
        return m_world->ask("PATCH", MessageWorld::path(m_world->general, message), who, body, bot);
    }
    std::unique_ptr<MessageWorld> m_world;
    UserId m_moderator, m_outsider;
    ChannelId m_hidden;
    MessageId m_inHidden;
};

void TestMessageChanges::initTestCase()
{
    m_world = std::make_unique<MessageWorld>();
    MessageWorld &w = *m_world;
    m_moderator = w.member(u"mod"_s, w.home, {w.role(w.home, Permission::ManageMessages)});
    m_outsider = w.user(u"outsider"_s);
    m_hidden = w.channel(w.home);
    m_inHidden = w.post(w.ann, m_hidden, "x");
    w.overwriteRole(m_hidden, RoleId(w.home), {}, Permission::ViewChannel);
}

void TestMessageChanges::an_author_changes_what_was_written()
{
    MessageWorld &w = *m_world;
    const MessageId message = w.post(w.bob, w.general, "before");
    w.clock().advance(90s);
    w.events().clear();
    const auto changed = edit(w.bob, message, R"({"content":" after "})");
    QVERIFY2(changed.status == 200, changed.body);
    QCOMPARE(changed.at("content"), u"after"_s);
    QCOMPARE(changed.at("edited_timestamp"), QString::fromLatin1(w.clock().now().toIso()));
    QVERIFY(changed.at("timestamp") != changed.at("edited_timestamp"));
    QCOMPARE(w.ask("GET", MessageWorld::path(w.general, message), w.ann).body, changed.body);
    QCOMPARE(w.events().names(), QByteArrayList{"MESSAGE_UPDATE"});
    // The event is the whole message, with what events have besides.
    const QByteArray payload = w.events().last<MessageUpdated>().payload(PayloadVariant::Full);
    QVERIFY(payload.startsWith(changed.body.chopped(1)));
    QVERIFY(payload.contains("\"guild_id\":\"" + str(w.home) + '"'));
    QVERIFY(payload.contains(R"("member":{"nick":null)"));
}

void TestMessageChanges::a_body_changes_only_what_it_names_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("content");
    QTest::addColumn<QString>("title");
    QTest::newRow("content") << R"({"content":"b"})"_ba << u"b"_s << u"t"_s;
    QTest::newRow("no content") << R"({"content":null})"_ba << u""_s << u"t"_s;
    QTest::newRow("embeds") << R"({"embeds":[{"title":"u"}]})"_ba << u"a"_s << u"u"_s;
    QTest::newRow("no embeds") << R"({"embeds":[]})"_ba << u"a"_s << u"(nothing)"_s;
    QTest::newRow("null embeds") << R"({"embeds":null})"_ba << u"a"_s << u"(nothing)"_s;
    QTest::newRow("nothing") << "{}"_ba << u"a"_s << u"t"_s;
    QTest::newRow("a person's components")
        << R"({"components":[{"type":1}]})"_ba << u"a"_s << u"t"_s;
}

void TestMessageChanges::a_body_changes_only_what_it_names()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, content);
    QFETCH(const QString, title);
    MessageWorld &w = *m_world;
    const auto created = w.ask("POST", MessageWorld::path(w.general), w.bob,
                               R"({"content":"a","embeds":[{"title":"t"}]})");
    const auto changed = edit(w.bob, MessageId(created.at("id").toULongLong()), body);
    QVERIFY2(changed.status == 200, changed.body);
    QCOMPARE(changed.at("content"), content);
    QCOMPARE(changed.at("embeds.0.title"), title);
    QCOMPARE(changed.at("components"), u"[]"_s);
}

void TestMessageChanges::an_edit_mentions_anew()
{
    MessageWorld &w = *m_world;
    const MessageId message = w.post(w.bob, w.general, "<@" + str(w.ann) + "> @everyone");
    auto changed = edit(w.bob, message, "{\"content\":\"<@" + str(w.bob) + ">\"}");
    QCOMPARE(changed.at("mentions.0.id"), w.bob.toString());
    QVERIFY(!changed.find("mentions.1") && !changed.find("mentions.0.member"));
    QCOMPARE(changed.at("mention_everyone"), u"false"_s);
    changed = edit(w.bob, message,
                   "{\"content\":\"<@" + str(w.ann) + ">\",\"allowed_mentions\":{\"parse\":[]}}");
    QCOMPARE(changed.at("mentions"), u"[]"_s);
    // Embeds alone leave them as they were.
    const MessageId other = w.post(w.bob, w.general, "<@" + str(w.ann) + ">");
    changed = edit(w.bob, other, R"({"embeds":[{"title":"t"}]})");
    QCOMPARE(changed.at("mentions.0.id"), w.ann.toString());
}

void TestMessageChanges::an_edit_is_refused_data()
{
    QTest::addColumn<UserId>("who");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("code");
    MessageWorld &w = *m_world;
    const MessageId bobs = w.post(w.bob, w.general, "x");
    const MessageId notice = w.message(w.general, w.bob, {}, MessageType::MemberJoin);
    const QByteArray good = R"({"content":"y"})";
    const auto path = [&](MessageId m) {
        return MessageWorld::path(w.general, m);
    };
    QTest::newRow("no message") << w.bob << path(MessageId(1)) << good << 404 << 10008;
    QTest::newRow("no channel") << w.bob << MessageWorld::path(ChannelId(1), bobs) << good << 404
                                << 10003;
    QTest::newRow("hidden channel")
        << w.bob << MessageWorld::path(m_hidden, m_inHidden) << good << 403 << 50001;
    QTest::newRow("outsider") << m_outsider << path(bobs) << good << 403 << 50001;
    QTest::newRow("another's") << w.member(u"eve"_s, w.home) << path(bobs) << good << 403 << 50005;
    QTest::newRow("another's, bad body")
        << w.member(u"mallory"_s, w.home) << path(bobs) << "{"_ba << 403 << 50005;
    QTest::newRow("a moderator's text") << m_moderator << path(bobs) << good << 403 << 50005;
    QTest::newRow("the owner's text") << w.ann << path(bobs) << good << 403 << 50005;
    QTest::newRow("a notice") << w.bob << path(notice) << good << 403 << 50021;
    QTest::newRow("no JSON") << w.bob << path(bobs) << "{"_ba << 400 << 50109;
    QTest::newRow("empty") << w.bob << path(bobs) << R"({"content":"  "})"_ba << 400 << 50006;
    QTest::newRow("too long") << w.bob << path(bobs)
                              << "{\"content\":\"" + QByteArray("a").repeated(2001) + "\"}" << 400
                              << 50035;
    QTest::newRow("an empty embed")
        << w.bob << path(bobs) << R"({"embeds":[{}]})"_ba << 400 << 50035;
    QTest::newRow("contradiction")
        << w.bob << path(bobs)
        << R"({"content":"y","allowed_mentions":{"parse":["users"],"users":["1"]}})"_ba << 400
        << 50035;
}

void TestMessageChanges::an_edit_is_refused()
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

void TestMessageChanges::others_change_flags_alone()
{
    MessageWorld &w = *m_world;
    const MessageId message = w.post(w.bob, w.general, "x");
    const auto hidden = edit(m_moderator, message, R"({"flags":4})");
    QCOMPARE(hidden.status, 200);
    QCOMPARE(hidden.at("flags"), u"4"_s);
    QCOMPARE(hidden.at("content"), u"x"_s);
    QCOMPARE(edit(m_moderator, message, R"({"flags":0,"content":"y"})").code(), 50005);
    QCOMPARE(edit(m_moderator, message, R"({"flags":4096})").at("flags"), u"0"_s);
    QCOMPARE(edit(w.bob, message, R"({"flags":4,"content":"y"})").at("flags"), u"4"_s);
}

void TestMessageChanges::two_edits_at_once_keep_what_the_other_changed()
{
    MessageWorld &w = *m_world;
    const MessageId message = w.post(w.bob, w.general, "0");
    for (int round = 1; round <= 20; ++round) {
        const int flags = round % 2 ? 4 : 0;
        auto moderator = std::async(std::launch::async, [&] {
            return edit(m_moderator, message, "{\"flags\":" + QByteArray::number(flags) + '}')
                .status;
        });
        const int status
            = edit(w.bob, message, "{\"content\":\"" + QByteArray::number(round) + "\"}").status;
        QCOMPARE(status, 200);
        QCOMPARE(moderator.get(), 200);
        const auto now = w.ask("GET", MessageWorld::path(w.general, message), w.bob);
        QCOMPARE(now.at("content"), QString::number(round));
        QCOMPARE(now.at("flags"), QString::number(flags));
    }
    // Nor can two edits leave nothing: each is judged by what is there in its turn.
    const auto both = w.ask("POST", MessageWorld::path(w.general), w.bob,
                            R"({"content":"a","embeds":[{"title":"t"}]})");
    const MessageId fragile(both.at("id").toULongLong());
    auto other = std::async(std::launch::async,
                            [&] { return edit(w.bob, fragile, R"({"content":""})").status; });
    const int status = edit(w.bob, fragile, R"({"embeds":[]})").status;
    QCOMPARE(status + other.get(), 200 + 400);
}

void TestMessageChanges::a_reply_stays_one()
{
    MessageWorld &w = *m_world;
    const MessageId first = w.post(w.ann, w.general, "first");
    const auto reply = w.ask("POST", MessageWorld::path(w.general), w.bob,
                             "{\"content\":\"x\",\"message_reference\":{\"message_id\":\""
                                 + str(first) + "\"}}");
    const auto changed = edit(w.bob, MessageId(reply.at("id").toULongLong()), R"({"content":"y"})");
    QCOMPARE(changed.at("type"), u"19"_s);
    QCOMPARE(changed.at("referenced_message.content"), u"first"_s);
    QCOMPARE(changed.at("mentions.0.id"), w.ann.toString());
}

void TestMessageChanges::a_deletion_is_told()
{
    MessageWorld &w = *m_world;
    for (const UserId who : {w.bob, m_moderator, w.ann}) {
        const MessageId message = w.post(w.bob, w.general, "x");
        w.events().clear();
        QCOMPARE(w.ask("DELETE", MessageWorld::path(w.general, message), who).status, 204);
        QCOMPARE(w.events().names(), QByteArrayList{"MESSAGE_DELETE"});
        QCOMPARE(w.events().last<MessageDeleted>().payload(PayloadVariant::Full),
                 "{\"id\":\"" + str(message) + "\",\"channel_id\":\"" + str(w.general)
                     + "\",\"guild_id\":\"" + str(w.home) + "\"}");
        QCOMPARE(w.ask("GET", MessageWorld::path(w.general, message), w.bob).code(), 10008);
        QCOMPARE(w.ask("DELETE", MessageWorld::path(w.general, message), who).code(), 10008);
    }
}

void TestMessageChanges::a_deletion_is_refused_data()
{
    QTest::addColumn<UserId>("who");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("code");
    MessageWorld &w = *m_world;
    const MessageId anns = w.post(w.ann, w.general, "x");
    QTest::newRow("another's") << w.bob << MessageWorld::path(w.general, anns) << 403 << 50013;
    QTest::newRow("outsider") << m_outsider << MessageWorld::path(w.general, anns) << 403 << 50001;
    QTest::newRow("hidden") << m_moderator << MessageWorld::path(m_hidden, m_inHidden) << 403
                            << 50001;
    QTest::newRow("no message") << w.bob << MessageWorld::path(w.general, MessageId(1)) << 404
                                << 10008;
    QTest::newRow("no channel") << w.bob << MessageWorld::path(ChannelId(1), anns) << 404 << 10003;
}

void TestMessageChanges::a_deletion_is_refused()
{
    QFETCH(const UserId, who);
    QFETCH(const QByteArray, path);
    QFETCH(const int, status);
    QFETCH(const int, code);
    const auto answer = m_world->ask("DELETE", path, who);
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.code(), code);
}

void TestMessageChanges::some_notices_cannot_be_deleted_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<int>("status");
    for (const int type : {1, 2, 3, 4, 5, 21})
        QTest::addRow("type %d", type) << type << 403;
    for (const int type : {0, 6, 7, 18, 19, 20, 23})
        QTest::addRow("type %d", type) << type << 204;
}

void TestMessageChanges::some_notices_cannot_be_deleted()
{
    QFETCH(const int, type);
    QFETCH(const int, status);
    MessageWorld &w = *m_world;
    const MessageId message = w.message(w.general, w.bob, u"x"_s, MessageType(type));
    const auto answer = w.ask("DELETE", MessageWorld::path(w.general, message), w.ann);
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.code(), status == 403 ? 50021 : -1);
}

void TestMessageChanges::many_are_deleted_at_once()
{
    MessageWorld &w = *m_world;
    const ChannelId channel = w.channel(w.home);
    const ChannelId other = w.channel(w.home);
    QByteArray list;
    std::vector<MessageId> ids;
    for (int i = 0; i < 99; ++i) {
        ids.push_back(w.post(w.bob, channel, "x"));
        list = '"' + str(ids.back()) + "\"," + list;
    }
    const MessageId kept = w.post(w.bob, channel, "kept");
    const MessageId elsewhere = w.post(w.bob, other, "x");
    w.events().clear();
    const QByteArray path = MessageWorld::path(channel) + "/bulk-delete";
    const QByteArray body = "{\"messages\":[" + list + list + '"' + str(elsewhere) + "\"]}";
    QCOMPARE(w.ask("POST", path, m_moderator, body).status, 204);
    QCOMPARE(w.countMessages(channel), 1);
    QCOMPARE(w.countMessages(other), 1);
    QCOMPARE(w.ask("GET", MessageWorld::path(channel, kept), w.bob).status, 200);
    QCOMPARE(w.events().names(), QByteArrayList{"MESSAGE_DELETE_BULK"});
    QVERIFY(w.events().last<MessagesDeleted>().ids == ids);
    // Nothing of it is there any more: no news.
    w.events().clear();
    QCOMPARE(w.ask("POST", path, m_moderator, body).status, 204);
    QVERIFY(w.events().names().isEmpty());
}

void TestMessageChanges::a_bulk_deletion_is_refused_data()
{
    QTest::addColumn<UserId>("who");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("code");
    MessageWorld &w = *m_world;
    const QByteArray now = str(w.kernel().ids.next<MessageId>());
    const QByteArray then = str(w.kernel().ids.next<MessageId>());
    const QByteArray two = "{\"messages\":[\"" + now + "\",\"" + then + "\"]}";
    QByteArray many;
    for (int i = 0; i < 101; ++i)
        many += (i ? ",\"" : "\"") + str(w.kernel().ids.next<MessageId>()) + '"';
    QTest::newRow("no right") << w.bob << two << 403 << 50013;
    QTest::newRow("outsider") << m_outsider << two << 403 << 50001;
    QTest::newRow("no right, bad body") << w.bob << "{"_ba << 403 << 50013;
    QTest::newRow("one") << m_moderator << "{\"messages\":[\"" + now + "\"]}" << 400 << 50016;
    QTest::newRow("one twice") << m_moderator << "{\"messages\":[\"" + now + "\",\"" + now + "\"]}"
                               << 400 << 50016;
    QTest::newRow("none") << m_moderator << R"({"messages":[]})"_ba << 400 << 50016;
    QTest::newRow("101") << m_moderator << "{\"messages\":[" + many + "]}" << 400 << 50016;
    QTest::newRow("no list") << m_moderator << "{}"_ba << 400 << 50035;
    QTest::newRow("no id") << m_moderator << R"({"messages":["a","b"]})"_ba << 400 << 50035;
    QTest::newRow("old") << m_moderator << "{\"messages\":[\"1\",\"" + now + "\"]}" << 400 << 50034;
}

void TestMessageChanges::a_bulk_deletion_is_refused()
{
    QFETCH(const UserId, who);
    QFETCH(const QByteArray, body);
    QFETCH(const int, status);
    QFETCH(const int, code);
    const auto answer
        = m_world->ask("POST", MessageWorld::path(m_world->general) + "/bulk-delete", who, body);
    QVERIFY2(answer.status == status, answer.body);
    QCOMPARE(answer.code(), code);
}

void TestMessageChanges::fourteen_days_are_counted_to_the_millisecond()
{
    MessageWorld &w = *m_world;
    const MessageId a = w.post(w.bob, w.general, "a");
    const MessageId b = w.post(w.bob, w.general, "b");
    const QByteArray path = MessageWorld::path(w.general) + "/bulk-delete";
    const QByteArray body = "{\"messages\":[\"" + str(a) + "\",\"" + str(b) + "\"]}";
    w.clock().set(Timestamp{createdAt(a).ms + 14 * 24 * 3'600'000ll + 1});
    QCOMPARE(w.ask("POST", path, m_moderator, body).code(), 50034);
    w.clock().set(Timestamp{createdAt(a).ms + 14 * 24 * 3'600'000ll});
    QCOMPARE(w.ask("POST", path, m_moderator, body).status, 204);
}

QTEST_GUILESS_MAIN(TestMessageChanges)
#include "tst_message_changes.moc"
