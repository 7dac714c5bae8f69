// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/member/member_repository.h"
#include "tests/support/community_world.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;
using realtime::MembersRequest;

class TestMemberChunks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_world.reset(); }

    void everybody_comes_in_parts_of_a_thousand();
    void a_bot_needs_the_intent_for_everybody();
    void names_are_found_by_their_beginning();
    void no_more_than_a_hundred_are_found();
    void asked_for_by_id();
    void a_stranger_gets_one_empty_part();
    void presences_come_when_they_are_asked_for();
    void presences_need_the_intent_of_a_bot();
    void the_nonce_comes_back_with_each_part();

private:
    static constexpr int crowd = 2100;

    realtime::SessionInfo session(UserId user, bool bot = false, Intents intents = Intents::all())
    {
        realtime::SessionInfo info;
        info.identity.user = user;
        info.identity.bot = bot;
        info.intents = intents;
        return info;
    }
    static Intents without(Intent intent) { return {knownIntents & ~quint32(intent)}; }
    MembersRequest request(const QString &query, int limit)
    {
        MembersRequest request;
        request.guild = m_guild;
        request.query = query;
        request.limit = limit;
        return request;
    }
    QList<QJsonObject> answer(const realtime::SessionInfo &asker, const MembersRequest &request,
                              const MemberChunkService::PresencesOf &presencesOf = {})
    {
        QList<QJsonObject> parts;
        m_world->chunks().answer(asker, request, presencesOf, [&](QByteArray d) {
            parts.append(QJsonDocument::fromJson(d).object());
        });
        return parts;
    }
    static QStringList ids(const QJsonObject &part)
    {
        QStringList list;
        for (const QJsonValue member : part["members"_L1].toArray())
            list.append(member["user"_L1]["id"_L1].toString());
        return list;
    }

    std::unique_ptr<CommunityWorld> m_world;
    GuildId m_guild;
    UserId m_owner;
    std::vector<UserId> m_crowd;
};

void TestMemberChunks::initTestCase()
{
    m_world = std::make_unique<CommunityWorld>();
    m_owner = m_world->user(u"the.owner"_s);
    m_guild = m_world->guild(m_owner);
    for (int i = 1; i < crowd; ++i)
        m_crowd.push_back(m_world->user(u"crowd%1"_s.arg(i, 4, 10, QChar(u'0'))));
    const auto stored = m_world->database().transact([&](db::Tx &tx) -> Result<void> {
        for (const UserId id : m_crowd) {
            MemberRecord record;
            record.user = id;
            record.joinedAt = m_world->clock().now();
            MemberRepository::insert(tx, m_guild, record);
        }
        return {};
    });
    QVERIFY(stored);
    m_world->rights().dropAll();
}

void TestMemberChunks::everybody_comes_in_parts_of_a_thousand()
{
    const auto parts = answer(session(m_owner), request(u""_s, 0));
    QCOMPARE(parts.size(), 3);
    QStringList all;
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(parts[i]["guild_id"_L1].toString(), m_guild.toString());
        QCOMPARE(parts[i]["chunk_index"_L1].toInt(), i);
        QCOMPARE(parts[i]["chunk_count"_L1].toInt(), 3);
        QVERIFY(!parts[i].contains("presences"_L1));
        QVERIFY(!parts[i].contains("nonce"_L1));
        all += ids(parts[i]);
    }
    QCOMPARE(parts[0]["members"_L1].toArray().size(), 1000);
    QCOMPARE(all.size(), crowd);
    QCOMPARE(QSet<QString>(all.begin(), all.end()).size(), crowd);
    QVERIFY(parts[0]["members"_L1][0]["joined_at"_L1].isString());
}

void TestMemberChunks::a_bot_needs_the_intent_for_everybody()
{
    const UserId bot = m_world->bot(u"helper"_s, m_owner);
    m_world->join(m_guild, bot);
    const auto refused
        = answer(session(bot, true, without(Intent::GuildMembers)), request(u""_s, 0));
    QCOMPARE(refused.size(), 1);
    QCOMPARE(ids(refused[0]).size(), 0);
    QCOMPARE(answer(session(bot, true), request(u""_s, 0)).size(), 3);
    const auto searched
        = answer(session(bot, true, without(Intent::GuildMembers)), request(u"the.owner"_s, 5));
    QCOMPARE(ids(searched[0]), QStringList{m_owner.toString()});
    const auto removed = m_world->members().kick(m_world->as(m_owner), m_guild, bot);
    QVERIFY(removed);
}

void TestMemberChunks::names_are_found_by_their_beginning()
{
    const auto parts = answer(session(m_owner), request(u"CROWD000"_s, 5));
    QCOMPARE(parts.size(), 1);
    QCOMPARE(parts[0]["chunk_count"_L1].toInt(), 1);
    QCOMPARE(ids(parts[0]).size(), 5);
    QCOMPARE(ids(answer(session(m_owner), request(u"nobody"_s, 5))[0]).size(), 0);
    QCOMPARE(ids(answer(session(m_owner), request(u""_s, 7))[0]).size(), 7);
}

void TestMemberChunks::no_more_than_a_hundred_are_found()
{
    for (const int limit : {0, 100, 5000})
        QCOMPARE(ids(answer(session(m_owner), request(u"crowd"_s, limit))[0]).size(), 100);
}

void TestMemberChunks::asked_for_by_id()
{
    MembersRequest request;
    request.guild = m_guild;
    const UserId stranger = m_world->user(u"unknown.here"_s);
    request.users = std::vector<UserId>{m_crowd[0], stranger, UserId(7), m_owner, UserId(7)};
    const auto parts = answer(session(m_owner), request);
    QCOMPARE(parts.size(), 1);
    QCOMPARE(ids(parts[0]), (QStringList{m_owner.toString(), m_crowd[0].toString()}));
    QCOMPARE(parts[0]["not_found"_L1].toArray(), (QJsonArray{stranger.toString(), u"7"_s}));
}

void TestMemberChunks::a_stranger_gets_one_empty_part()
{
    const auto asker = session(m_world->user(u"outside"_s));
    MembersRequest byId = request(u""_s, 0);
    byId.query.reset();
    byId.users = std::vector<UserId>{m_owner};
    MembersRequest elsewhere = request(u""_s, 0);
    elsewhere.guild = GuildId(1);
    for (const MembersRequest &wanted : {request(u""_s, 0), request(u"a"_s, 1), byId, elsewhere}) {
        const auto parts = answer(asker, wanted);
        QCOMPARE(parts.size(), 1);
        QCOMPARE(ids(parts[0]).size(), 0);
        QCOMPARE(parts[0]["chunk_count"_L1].toInt(), 1);
    }
    QCOMPARE(answer(asker, byId)[0]["not_found"_L1].toArray(), QJsonArray{m_owner.toString()});
}

void TestMemberChunks::presences_come_when_they_are_asked_for()
{
    MembersRequest wanted = request(u"the.owner"_s, 1);
    std::vector<UserId> asked;
    const auto presencesOf = [&](const std::vector<UserId> &users) {
        asked = users;
        Presence presence;
        presence.user.id = m_owner;
        presence.status = u"idle"_s;
        return std::vector<Presence>{presence};
    };
    QVERIFY(!answer(session(m_owner), wanted, presencesOf)[0].contains("presences"_L1));
    wanted.presences = true;
    const auto parts = answer(session(m_owner), wanted, presencesOf);
    QCOMPARE(asked, std::vector<UserId>{m_owner});
    QCOMPARE(parts[0]["presences"_L1][0]["status"_L1].toString(), u"idle"_s);
}

void TestMemberChunks::presences_need_the_intent_of_a_bot()
{
    const UserId bot = m_world->bot(u"watcher"_s, m_owner);
    m_world->join(m_guild, bot);
    MembersRequest wanted = request(u"the.owner"_s, 1);
    wanted.presences = true;
    const auto none = [](const std::vector<UserId> &) {
        return std::vector<Presence>();
    };
    QVERIFY(!answer(session(bot, true, without(Intent::GuildPresences)), wanted, none)[0].contains(
        "presences"_L1));
    QVERIFY(answer(session(bot, true), wanted, none)[0]["presences"_L1].isArray());
}

void TestMemberChunks::the_nonce_comes_back_with_each_part()
{
    MembersRequest wanted = request(u""_s, 0);
    wanted.nonce = u"n-1"_s;
    for (const QJsonObject &part : answer(session(m_owner), wanted))
        QCOMPARE(part["nonce"_L1].toString(), u"n-1"_s);
}

QTEST_GUILESS_MAIN(TestMemberChunks)
#include "tst_member_chunks.moc"
