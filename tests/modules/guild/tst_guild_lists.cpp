// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/member/member_events.h"
#include "tests/support/community_world.h"
#include "tests/support/refusals.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

class TestGuildLists : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_world.reset(); }
    void init() { m_world->events().clear(); }

    void own_guilds_come_by_id_and_in_pages_data();
    void own_guilds_come_by_id_and_in_pages();
    void a_bad_page_is_refused();
    void each_has_the_readers_rights();
    void somebody_timed_out_reads_so();
    void counts_come_when_asked_for();
    void the_storefront_has_its_own_names();
    void the_storefront_shows_open_guilds();
    void an_open_guild_takes_anybody_in();
    void who_is_in_stays_in();
    void a_closed_guild_stays_closed();
    void a_banned_person_stays_out();

private:
    QJsonArray list(const QByteArray &route, UserId who)
    {
        const Response answer = m_world->call("GET", route, m_world->as(who));
        return answer.status == 200 ? QJsonDocument::fromJson(answer.body).array() : QJsonArray();
    }
    GuildId openGuild()
    {
        const GuildId guild = m_world->guild();
        const Response answer = m_world->call(
            "PATCH", "/api/v10/guilds/" + QByteArray::number(guild.value()),
            m_world->as(m_world->ownerOf(guild)), R"({"features":["DISCOVERABLE"]})");
        Q_ASSERT(answer.status == 200);
        return guild;
    }
    Response join(GuildId guild, UserId who)
    {
        return m_world->call("POST", "/guilds/" + QByteArray::number(guild.value()) + "/join",
                             m_world->as(who));
    }
    static QJsonObject entryOf(const QJsonArray &list, GuildId guild)
    {
        for (const QJsonValue entry : list) {
            if (entry["id"_L1].toString() == guild.toString())
                return entry.toObject();
        }
        return {};
    }

    std::unique_ptr<CommunityWorld> m_world;
    UserId m_ann;
    std::vector<GuildId> m_annGuilds; ///< five of her own, by id
};

void TestGuildLists::initTestCase()
{
    m_world = std::make_unique<CommunityWorld>();
    m_ann = m_world->user(u"ann"_s);
    for (int i = 0; i < 5; ++i)
        m_annGuilds.push_back(m_world->guild(m_ann));
}

void TestGuildLists::own_guilds_come_by_id_and_in_pages_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QList<int>>("expected"); // indices of ann's guilds
    QTest::newRow("all") << u""_s << QList<int>{0, 1, 2, 3, 4};
    QTest::newRow("the first") << u"limit=2"_s << QList<int>{0, 1};
    QTest::newRow("after one") << u"limit=2&after=%2"_s << QList<int>{3, 4};
    QTest::newRow("just before one") << u"limit=2&before=%3"_s << QList<int>{1, 2};
    QTest::newRow("before the first") << u"before=%0"_s << QList<int>{};
    QTest::newRow("after an id that nobody has") << u"after=1"_s << QList<int>{0, 1, 2, 3, 4};
}

void TestGuildLists::own_guilds_come_by_id_and_in_pages()
{
    QFETCH(QString, query);
    QFETCH(QList<int>, expected);
    for (int i = 0; i < 5; ++i)
        query.replace(u"%"_s + QString::number(i), m_annGuilds[size_t(i)].toString());
    const QJsonArray guilds = list("/api/v10/users/@me/guilds?" + query.toLatin1(), m_ann);
    QCOMPARE(guilds.size(), expected.size());
    for (int i = 0; i < expected.size(); ++i)
        QCOMPARE(guilds[i]["id"_L1].toString(), m_annGuilds[size_t(expected[i])].toString());
}

void TestGuildLists::a_bad_page_is_refused()
{
    for (const char *query : {"limit=0", "limit=201", "limit=x", "after=-1"}) {
        const QByteArray route = QByteArray("/api/v10/users/@me/guilds?") + query;
        QCOMPARE(m_world->call("GET", route, m_world->as(m_ann)).status, 400);
    }
}

void TestGuildLists::each_has_the_readers_rights()
{
    const GuildId guild = m_annGuilds[0];
    const UserId bob = m_world->memberWith(guild, Permission::ManageMessages);
    const auto rights = [&](UserId who) {
        return Permissions::fromBits(
            list("/api/v10/users/@me/guilds", who)[0]["permissions"_L1].toString().toULongLong());
    };
    QCOMPARE(rights(bob), defaultEveryonePermissions | Permission::ManageMessages);
    QCOMPARE(rights(m_ann), Permissions::all());
    QCOMPARE(rights(m_world->memberWith(guild, Permission::Administrator)), Permissions::all());
    const QJsonObject mine = list("/api/v10/users/@me/guilds", m_ann)[0].toObject();
    QVERIFY(mine["owner"_L1].toBool());
    QVERIFY(!mine.contains("approximate_member_count"_L1));
    QVERIFY(!list("/api/v10/users/@me/guilds", bob)[0]["owner"_L1].toBool());
}

void TestGuildLists::somebody_timed_out_reads_so()
{
    const GuildId guild = m_annGuilds[1];
    const UserId bob = m_world->memberOf(guild);
    ModifyMember change;
    change.communicationDisabledUntil = Timestamp{m_world->clock().now().ms + 60000};
    QVERIFY_ACCEPTED(m_world->editing().modify(m_world->as(m_ann), guild, bob, change));
    const QString rights = list("/api/v10/users/@me/guilds", bob)[0]["permissions"_L1].toString();
    QCOMPARE(Permissions::fromBits(rights.toULongLong()), allowedInTimeout);
}

void TestGuildLists::counts_come_when_asked_for()
{
    const UserId bob = m_world->memberOf(m_annGuilds[2]);
    const QJsonArray guilds = list("/api/v10/users/@me/guilds?with_counts=1", bob);
    QCOMPARE(guilds[0]["approximate_member_count"_L1].toInt(), 2);
    QCOMPARE(guilds[0]["approximate_presence_count"_L1].toInt(-1), 0);
}

void TestGuildLists::the_storefront_has_its_own_names()
{
    const UserId bob = m_world->memberOf(m_annGuilds[3]);
    const QJsonArray guilds = list("/guilds/my", bob);
    QCOMPARE(guilds.size(), 1);
    QCOMPARE(guilds[0]["ownerId"_L1].toString(), m_ann.toString());
    QCOMPARE(guilds[0]["memberCount"_L1].toInt(), 2);
    QVERIFY(guilds[0]["joined"_L1].toBool());
}

void TestGuildLists::the_storefront_shows_open_guilds()
{
    const GuildId open = openGuild();
    const UserId bob = m_world->memberOf(m_annGuilds[4]);
    const QJsonArray guilds = list("/guilds", bob);
    QVERIFY(entryOf(guilds, m_annGuilds[4])["joined"_L1].toBool());
    const QJsonObject entry = entryOf(guilds, open);
    QVERIFY(!entry.isEmpty());
    QVERIFY(!entry["joined"_L1].toBool());
    QCOMPARE(entry["permissions"_L1].toString(), u"0"_s);
    QCOMPARE(entry["memberCount"_L1].toInt(), 1);
    QVERIFY(entryOf(guilds, m_annGuilds[0]).isEmpty());
    const QJsonArray later = list("/guilds?after=" + QByteArray::number(open.value()), bob);
    QVERIFY(entryOf(later, open).isEmpty());
}

void TestGuildLists::an_open_guild_takes_anybody_in()
{
    const GuildId open = openGuild();
    const UserId bob = m_world->user(u"visitor"_s);
    m_world->events().clear();
    const Response answer = join(open, bob);
    QCOMPARE(answer.status, 200);
    QVERIFY(QJsonDocument::fromJson(answer.body)["joined"_L1].toBool());
    QCOMPARE(m_world->events().count<MemberJoined>(), 1);
    QVERIFY_ACCEPTED(m_world->permissions().requireMember(bob, open));
}

void TestGuildLists::who_is_in_stays_in()
{
    const UserId bob = m_world->memberOf(m_annGuilds[0]);
    m_world->events().clear();
    QCOMPARE(join(m_annGuilds[0], bob).status, 200);
    QCOMPARE(m_world->events().count<MemberJoined>(), 0);
}

void TestGuildLists::a_closed_guild_stays_closed()
{
    const UserId bob = m_world->user(u"outsider"_s);
    const Response answer = join(m_annGuilds[0], bob);
    QCOMPARE(answer.status, 403);
    const QJsonObject body = QJsonDocument::fromJson(answer.body).object();
    QCOMPARE(body["code"_L1].toInt(), int(ErrorCode::MissingAccess));
    QCOMPARE(body["statusCode"_L1].toInt(), 403);
    QCOMPARE(join(GuildId(1), bob).status, 404);
    QVERIFY_REFUSED(m_world->permissions().requireMember(bob, m_annGuilds[0]),
                    ErrorCode::MissingAccess);
}

void TestGuildLists::a_banned_person_stays_out()
{
    const GuildId open = openGuild();
    const UserId bob = m_world->user(u"banned"_s);
    m_world->ban(open, bob);
    const Response answer = join(open, bob);
    QCOMPARE(answer.status, 403);
    QCOMPARE(QJsonDocument::fromJson(answer.body)["code"_L1].toInt(), int(ErrorCode::UserBanned));
}

QTEST_GUILESS_MAIN(TestGuildLists)
#include "tst_guild_lists.moc"
