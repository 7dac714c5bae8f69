// SPDX-License-Identifier: GPL-3.0-or-later
#include "message_world.h"
#include "server/modules/message/message_events.h"

#include <QtTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

/// Whom messages mention, and what replies point at. @source api.md 6.6, 5
class TestMessageMentions : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_world.reset(); }
    void allowed_mentions_filter_what_the_text_says_data();
    void allowed_mentions_filter_what_the_text_says();
    void allowed_mentions_that_contradict_themselves_are_refused_data();
    void allowed_mentions_that_contradict_themselves_are_refused();
    void roles_and_everyone_need_rights();
    void people_outside_the_guild_are_mentioned_too();
    void a_reply_shows_what_it_answers();
    void a_reply_mentions_whom_it_answers_data();
    void a_reply_mentions_whom_it_answers();
    void a_reply_is_refused_data();
    void a_reply_is_refused();
    void a_reply_without_history_is_refused();
    void a_reply_to_nothing_can_be_an_ordinary_message();
    void what_a_reply_answers_may_vanish();

private:
    /// Ids of `mentions` and `mention_roles`, and whether everyone, as words.
    QString mentionsOf(const GuildWorld::Answer &answer);

    std::unique_ptr<MessageWorld> m_world;
    RoleId m_mentionable, m_quiet;
    UserId m_carol;
    QHash<QString, QString> m_names;
};

void TestMessageMentions::initTestCase()
{
    m_world = std::make_unique<MessageWorld>();
    MessageWorld &w = *m_world;
    m_mentionable = w.role(w.home, {}, 1, true);
    m_quiet = w.role(w.home, {}, 2, false);
    m_carol = w.member(u"carol"_s, w.home);
    m_names = {{w.ann.toString(), u"ann"_s},     {w.bob.toString(), u"bob"_s},
               {m_carol.toString(), u"carol"_s}, {m_mentionable.toString(), u"loud"_s},
               {m_quiet.toString(), u"quiet"_s}, {w.home.toString(), u"everyone's-role"_s}};
}

QString TestMessageMentions::mentionsOf(const GuildWorld::Answer &answer)
{
    QStringList words;
    for (int i = 0; answer.find("mentions." + QByteArray::number(i)); ++i)
        words.append(m_names.value(answer.at("mentions." + QByteArray::number(i) + ".id")));
    for (int i = 0; answer.find("mention_roles." + QByteArray::number(i)); ++i)
        words.append(m_names.value(answer.at("mention_roles." + QByteArray::number(i))));
    if (answer.at("mention_everyone") == u"true"_s)
        words.append(u"everyone"_s);
    return words.join(u' ');
}

void TestMessageMentions::allowed_mentions_filter_what_the_text_says_data()
{
    QTest::addColumn<QByteArray>("allowed");
    QTest::addColumn<QString>("mentions");
    const auto row = [](const char *name, const QByteArray &allowed, const QString &mentions) {
        QTest::newRow(name) << allowed << mentions;
    };
    row("absent", {}, u"bob carol loud quiet everyone"_s);
    row("null", "null", u"bob carol loud quiet everyone"_s);
    row("empty", "{}", u""_s);
    row("parse nothing", R"({"parse":[]})", u""_s);
    row("people", R"({"parse":["users"]})", u"bob carol"_s);
    row("roles", R"({"parse":["roles"]})", u"loud quiet"_s);
    row("everyone", R"({"parse":["everyone"]})", u"everyone"_s);
    row("two kinds", R"({"parse":["everyone","users"]})", u"bob carol everyone"_s);
    row("one person", "{\"users\":[\"" + str(m_carol) + "\"]}", u"carol"_s);
    row("one role", "{\"parse\":[\"users\"],\"roles\":[\"" + str(m_quiet) + "\"]}",
        u"bob carol quiet"_s);
    row("a person who is not in the text", "{\"users\":[\"" + str(m_world->ann) + "\"]}", u""_s);
    row("an empty list beside parse", R"({"parse":["users"],"users":[]})", u"bob carol"_s);
}

void TestMessageMentions::allowed_mentions_filter_what_the_text_says()
{
    QFETCH(const QByteArray, allowed);
    QFETCH(const QString, mentions);
    MessageWorld &w = *m_world;
    const QByteArray text = "<@" + str(w.bob) + "> <@!" + str(m_carol) + "> <@&"
        + str(m_mentionable) + "> <@&" + str(m_quiet) + "> <@&" + str(w.home) + "> @everyone";
    QByteArray body = "{\"content\":\"" + text + '"';
    if (!allowed.isNull())
        body += ",\"allowed_mentions\":" + allowed;
    const auto created = w.ask("POST", MessageWorld::path(w.general), w.ann, body + '}');
    QVERIFY2(created.status == 200, created.body);
    QCOMPARE(mentionsOf(created), mentions); // @everyone's role is not to be had as a role

    const auto read = w.ask("GET", MessageWorld::path(w.general) + "?limit=1", w.ann);
    QCOMPARE(read.at("0.mentions"), created.at("mentions"));
    QCOMPARE(read.at("0.mention_roles"), created.at("mention_roles"));
    QVERIFY(!created.find("mentions.0.member")); // that is for events
}

void TestMessageMentions::allowed_mentions_that_contradict_themselves_are_refused_data()
{
    QTest::addColumn<QByteArray>("allowed");
    QTest::addColumn<QByteArray>("place");
    QTest::addColumn<QByteArray>("leaf");
    QTest::newRow("people twice") << R"({"parse":["users"],"users":["1"]})"_ba
                                  << "allowed_mentions"_ba
                                  << "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"_ba;
    QTest::newRow("roles twice") << R"({"parse":["roles"],"roles":["1"]})"_ba
                                 << "allowed_mentions"_ba
                                 << "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"_ba;
    QTest::newRow("a word") << R"({"parse":["all"]})"_ba
                            << "allowed_mentions"_ba
                            << "BASE_TYPE_CHOICES"_ba;
    QTest::newRow("no list") << R"({"parse":"users"})"_ba
                             << "allowed_mentions.parse"_ba
                             << "LIST_TYPE_CONVERT"_ba;
    QTest::newRow("no id") << R"({"users":["me"]})"_ba
                           << "allowed_mentions.users.0"_ba
                           << "NUMBER_TYPE_COERCE"_ba;
    QTest::newRow("101 people") << "{\"users\":[" + QByteArray("1,").repeated(100) + "1]}"
                                << "allowed_mentions.users"_ba
                                << "BASE_TYPE_BAD_LENGTH"_ba;
}

void TestMessageMentions::allowed_mentions_that_contradict_themselves_are_refused()
{
    QFETCH(const QByteArray, allowed);
    QFETCH(const QByteArray, place);
    QFETCH(const QByteArray, leaf);
    const auto refused = m_world->ask("POST", MessageWorld::path(m_world->general), m_world->bob,
                                      "{\"content\":\"x\",\"allowed_mentions\":" + allowed + '}');
    QCOMPARE(refused.status, 400);
    QVERIFY2(refused.codeAt(place) == leaf, refused.body);
}

void TestMessageMentions::roles_and_everyone_need_rights()
{
    MessageWorld &w = *m_world;
    const ChannelId channel = w.channel(w.home);
    w.overwriteRole(channel, RoleId(w.home), {}, Permission::MentionEveryone);
    const QByteArray body
        = "{\"content\":\"@here <@&" + str(m_mentionable) + "> <@&" + str(m_quiet) + "> <@&123>\"}";
    QCOMPARE(mentionsOf(w.ask("POST", MessageWorld::path(channel), w.bob, body)), u"loud"_s);
    QCOMPARE(mentionsOf(w.ask("POST", MessageWorld::path(channel), w.ann, body)),
             u"loud quiet everyone"_s);
}

void TestMessageMentions::people_outside_the_guild_are_mentioned_too()
{
    MessageWorld &w = *m_world;
    const UserId outsider = w.user(u"outsider"_s);
    const auto created
        = w.ask("POST", MessageWorld::path(w.general), w.bob,
                "{\"content\":\"<@" + str(outsider) + "> <@" + str(m_carol) + "> <@12345>\"}");
    QCOMPARE(created.at("mentions.0.id"), outsider.toString());
    QCOMPARE(created.at("mentions.1.id"), m_carol.toString());
    QVERIFY(!created.find("mentions.2"));
    const auto event = w.events().last<MessageCreated>();
    QVERIFY(!event.message.mentions[0].member);
    QVERIFY(event.message.mentions[1].member);
}

void TestMessageMentions::a_reply_shows_what_it_answers()
{
    MessageWorld &w = *m_world;
    const MessageId first = w.post(m_carol, w.general, "first");
    const MessageId second
        = MessageId(w.ask("POST", MessageWorld::path(w.general), w.bob,
                          "{\"content\":\"second\",\"message_reference\":{\"message_id\":\""
                              + str(first) + "\"}}")
                        .at("id")
                        .toULongLong());
    const auto third = w.ask("POST", MessageWorld::path(w.general), w.ann,
                             "{\"content\":\"third\",\"message_reference\":{\"message_id\":\""
                                 + str(second) + "\",\"channel_id\":\"" + str(w.general)
                                 + "\",\"guild_id\":\"" + str(w.home) + "\",\"type\":0}}");
    QVERIFY2(third.status == 200, third.body);
    QCOMPARE(third.at("type"), u"19"_s);
    QCOMPARE(third.at("message_reference.message_id"), second.toString());
    QCOMPARE(third.at("message_reference.channel_id"), w.general.toString());
    QCOMPARE(third.at("message_reference.guild_id"), w.home.toString());
    QCOMPARE(third.at("referenced_message.content"), u"second"_s);
    QCOMPARE(third.at("referenced_message.author.id"), w.bob.toString());
    // One level only: the answered message does not show what it answers, but says what it is.
    QVERIFY(!third.find("referenced_message.referenced_message"));
    QCOMPARE(third.at("referenced_message.message_reference.message_id"), first.toString());
    const auto page = w.ask("GET", MessageWorld::path(w.general) + "?limit=2", w.bob);
    QCOMPARE(page.at("0"), QString::fromUtf8(third.body));
    QCOMPARE(page.at("1.referenced_message.content"), u"first"_s);
}

void TestMessageMentions::a_reply_mentions_whom_it_answers_data()
{
    QTest::addColumn<QByteArray>("allowed");
    QTest::addColumn<QString>("mentions");
    QTest::newRow("absent") << QByteArray() << u"carol"_s;
    QTest::newRow("wanted") << R"({"parse":[],"replied_user":true})"_ba << u"carol"_s;
    QTest::newRow("not wanted") << R"({"parse":["users"],"replied_user":false})"_ba << u""_s;
    QTest::newRow("not said") << R"({"parse":["users"]})"_ba << u""_s;
}

void TestMessageMentions::a_reply_mentions_whom_it_answers()
{
    QFETCH(const QByteArray, allowed);
    QFETCH(const QString, mentions);
    MessageWorld &w = *m_world;
    const MessageId first = w.post(m_carol, w.general, "first");
    QByteArray body
        = "{\"content\":\"x\",\"message_reference\":{\"message_id\":\"" + str(first) + "\"}";
    if (!allowed.isEmpty())
        body += ",\"allowed_mentions\":" + allowed;
    QCOMPARE(mentionsOf(w.ask("POST", MessageWorld::path(w.general), w.bob, body + '}')), mentions);
}

void TestMessageMentions::a_reply_is_refused_data()
{
    QTest::addColumn<QByteArray>("reference");
    QTest::addColumn<QByteArray>("place");
    QTest::addColumn<QByteArray>("leaf");
    MessageWorld &w = *m_world;
    const ChannelId other = w.channel(w.home);
    const QByteArray there = str(w.post(w.ann, other, "there"));
    const QByteArray notice = str(w.message(w.general, w.ann, {}, MessageType::MemberJoin));
    const auto row
        = [](const char *name, const QByteArray &reference, const char *place, const char *leaf) {
              QTest::newRow(name) << '{' + reference + '}' << QByteArray(place) << QByteArray(leaf);
          };
    const char *unknown = "REPLIES_UNKNOWN_MESSAGE";
    row("to nothing", "\"message_id\":\"1\"", "message_reference", unknown);
    row("to another channel's", "\"message_id\":\"" + there + '"', "message_reference", unknown);
    row("to another channel",
        "\"message_id\":\"" + there + "\",\"channel_id\":\"" + str(other) + "\"",
        "message_reference", unknown);
    row("to another channel, whatever comes",
        "\"message_id\":\"" + there + "\",\"channel_id\":\"" + str(other)
            + "\",\"fail_if_not_exists\":false",
        "message_reference", unknown);
    row("to a notice", "\"message_id\":\"" + notice + '"', "message_reference",
        "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE");
    row("no id", "\"channel_id\":\"1\"", "message_reference.message_id", "BASE_TYPE_REQUIRED");
    row("a bad id", "\"message_id\":\"x\"", "message_reference.message_id", "NUMBER_TYPE_COERCE");
    row("a forward", "\"message_id\":\"1\",\"type\":1", "message_reference.type",
        "BASE_TYPE_CHOICES");
}

void TestMessageMentions::a_reply_is_refused()
{
    QFETCH(const QByteArray, reference);
    QFETCH(const QByteArray, place);
    QFETCH(const QByteArray, leaf);
    const auto refused
        = m_world->ask("POST", MessageWorld::path(m_world->general), m_world->bob,
                       "{\"content\":\"x\",\"message_reference\":" + reference + '}');
    QCOMPARE(refused.status, 400);
    QVERIFY2(refused.codeAt(place) == leaf, refused.body);
}

void TestMessageMentions::a_reply_without_history_is_refused()
{
    MessageWorld &w = *m_world;
    const ChannelId channel = w.channel(w.home);
    const MessageId first = w.post(w.ann, channel, "first");
    w.overwriteRole(channel, RoleId(w.home), {}, Permission::ReadMessageHistory);
    const auto refused = w.ask("POST", MessageWorld::path(channel), w.bob,
                               "{\"content\":\"x\",\"message_reference\":{\"message_id\":\""
                                   + str(first) + "\"}}");
    QCOMPARE(refused.status, 403);
    QCOMPARE(refused.code(), 160002);
    QCOMPARE(w.ask("POST", MessageWorld::path(channel), w.bob, R"({"content":"x"})").status, 200);
}

void TestMessageMentions::a_reply_to_nothing_can_be_an_ordinary_message()
{
    MessageWorld &w = *m_world;
    const auto created = w.ask(
        "POST", MessageWorld::path(w.general), w.bob,
        R"({"content":"x","message_reference":{"message_id":"1","fail_if_not_exists":false}})");
    QVERIFY2(created.status == 200, created.body);
    QCOMPARE(created.at("type"), u"0"_s);
    QVERIFY(!created.find("message_reference") && !created.find("referenced_message"));
    // A null is no reference at all.
    const auto plain = w.ask("POST", MessageWorld::path(w.general), w.bob,
                             R"({"content":"x","message_reference":null})");
    QCOMPARE(plain.at("type"), u"0"_s);
}

void TestMessageMentions::what_a_reply_answers_may_vanish()
{
    MessageWorld &w = *m_world;
    const MessageId first = w.post(m_carol, w.general, "first");
    w.ask("POST", MessageWorld::path(w.general), w.bob,
          "{\"content\":\"x\",\"message_reference\":{\"message_id\":\"" + str(first) + "\"}}");
    QCOMPARE(w.ask("DELETE", MessageWorld::path(w.general, first), m_carol).status, 204);
    const auto page = w.ask("GET", MessageWorld::path(w.general) + "?limit=1", w.bob);
    QCOMPARE(page.at("0.type"), u"19"_s);
    QCOMPARE(page.at("0.referenced_message"), u"null"_s);
    QCOMPARE(page.at("0.message_reference.message_id"), first.toString());
    QVERIFY(!page.body.contains("\"message_reference\":null"));
}

QTEST_GUILESS_MAIN(TestMessageMentions)
#include "tst_message_mentions.moc"
