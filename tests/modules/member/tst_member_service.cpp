// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/member/member_events.h"
#include "server/modules/user/user_changes.h"
#include "sql/queries/test_world.h"
#include "tests/support/community_world.h"
#include "tests/support/refusals.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

class TestMemberService : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_world = std::make_unique<CommunityWorld>(); }
    void cleanupTestCase() { m_world.reset(); }
    void init();

    void joining_is_told_once();
    void joining_brings_the_roles_that_were_given();
    void a_banned_account_does_not_join();
    void nobody_joins_what_is_not_there();
    void members_are_listed_in_pages();
    void lists_are_for_members();
    void a_bad_page_is_refused_after_the_membership();
    void names_are_found_by_their_beginning_data();
    void names_are_found_by_their_beginning();
    void one_member_is_shown();
    void who_is_not_there_is_told_apart();
    void the_own_member_has_its_rights();
    void a_member_leaves();
    void the_owner_does_not_leave();
    void kicking_takes_a_member_out();
    void kicking_keeps_to_the_order_of_roles();
    void a_changed_account_is_told_in_each_guild();
    void members_are_read_for_other_modules();

private:
    Response call(const char *method, const QByteArray &rest, UserId who)
    {
        return m_world->call(
            method, "/api/v10/guilds/" + QByteArray::number(m_guild.value()) + "/members" + rest,
            m_world->as(who));
    }
    static QByteArray at(UserId user) { return "/" + QByteArray::number(user.value()); }
    static int codeOf(const Response &answer)
    {
        return QJsonDocument::fromJson(answer.body)["code"_L1].toInt();
    }
    Result<GuildMember> join(GuildId guild, UserId user, const std::vector<RoleId> &roles = {})
    {
        const User person = m_world->users().find(user).value();
        return m_world->database().transact(
            [&](db::Tx &tx) { return m_world->members().join(tx, guild, person, roles); });
    }
    QString freshName() { return u"fresh%1"_s.arg(++m_names); }

    std::unique_ptr<CommunityWorld> m_world;
    GuildId m_guild; ///< a new one for each test
    UserId m_owner;
    int m_names = 0;
};

void TestMemberService::init()
{
    m_guild = m_world->guild();
    m_owner = m_world->ownerOf(m_guild);
    m_world->events().clear();
}

void TestMemberService::joining_is_told_once()
{
    const UserId bob = m_world->user(freshName());
    const auto member = join(m_guild, bob);
    QVERIFY(member);
    QCOMPARE(member->guildId, m_guild);
    QCOMPARE(member->user.id, bob);
    QCOMPARE(member->joinedAt, m_world->clock().now());
    QVERIFY_ACCEPTED(join(m_guild, bob));
    QCOMPARE(m_world->events().names(), QByteArrayList{"GUILD_MEMBER_ADD"});
    const auto change = m_world->events().last<MemberJoined>().membership();
    QCOMPARE(change->user, bob);
    QCOMPARE(change->guild, m_guild);
    QVERIFY_ACCEPTED(m_world->permissions().requireMember(bob, m_guild));
}

void TestMemberService::joining_brings_the_roles_that_were_given()
{
    const RoleId role = m_world->topRole(m_guild, Permission::KickMembers);
    const UserId bob = m_world->user(freshName());
    QCOMPARE(join(m_guild, bob, {role})->roles, std::vector<RoleId>{role});
    QCOMPARE(m_world->events().last<MemberJoined>().member.roles, std::vector<RoleId>{role});
    QVERIFY_ACCEPTED(m_world->permissions().require(bob, m_guild, Permission::KickMembers));
}

void TestMemberService::a_banned_account_does_not_join()
{
    const UserId bob = m_world->user(freshName());
    m_world->ban(m_guild, bob);
    QVERIFY_REFUSED(join(m_guild, bob), ErrorCode::UserBanned);
    QCOMPARE(m_world->events().names().size(), 0);
}

void TestMemberService::nobody_joins_what_is_not_there()
{
    QVERIFY_REFUSED(join(GuildId(1), m_owner), ErrorCode::UnknownGuild);
    User ghost;
    ghost.id = UserId(1);
    QVERIFY_REFUSED(m_world->database().transact(
                        [&](db::Tx &tx) { return m_world->members().join(tx, m_guild, ghost); }),
                    ErrorCode::UnknownUser);
}

void TestMemberService::members_are_listed_in_pages()
{
    std::vector<UserId> ids{m_owner};
    for (int i = 0; i < 4; ++i)
        ids.push_back(m_world->memberOf(m_guild));
    std::sort(ids.begin(), ids.end());
    const auto list = [&](const QByteArray &query) {
        QStringList users;
        for (const QJsonValue member :
             QJsonDocument::fromJson(call("GET", query, m_owner).body).array())
            users.append(member["user"_L1]["id"_L1].toString());
        return users;
    };
    QCOMPARE(list(""), QStringList{ids[0].toString()});
    QCOMPARE(list("?limit=1000").size(), 5);
    QCOMPARE(list("?limit=2&after=" + QByteArray::number(ids[1].value())),
             (QStringList{ids[2].toString(), ids[3].toString()}));
    QCOMPARE(list("?after=" + QByteArray::number(ids[4].value())).size(), 0);
}

void TestMemberService::lists_are_for_members()
{
    const UserId stranger = m_world->user(freshName());
    for (const QByteArray route : {"", "/search?query=a"}) {
        QCOMPARE(codeOf(call("GET", route, stranger)), int(ErrorCode::MissingAccess));
        QCOMPARE(call("GET", route, m_owner).status, 200);
    }
    QCOMPARE(codeOf(call("GET", at(m_owner), stranger)), int(ErrorCode::MissingAccess));
    QCOMPARE(codeOf(m_world->call("GET", "/api/v10/guilds/1/members", m_world->as(stranger))),
             int(ErrorCode::UnknownGuild));
}

void TestMemberService::a_bad_page_is_refused_after_the_membership()
{
    for (const QByteArray route : {"?limit=0", "?limit=1001", "/search", "/search?query="}) {
        QCOMPARE(codeOf(call("GET", route, m_owner)), int(ErrorCode::InvalidFormBody));
        QCOMPARE(codeOf(call("GET", route, m_world->user(freshName()))),
                 int(ErrorCode::MissingAccess));
    }
}

void TestMemberService::names_are_found_by_their_beginning_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("account name") << u"ZOE.one"_s << QStringList{u"zoe.one"_s};
    QTest::newRow("display name, whatever its case") << u"Ärger"_s << QStringList{u"zoe.two"_s};
    QTest::newRow("nickname") << u"nicky"_s << QStringList{u"zoe.three"_s};
    QTest::newRow("several") << u"zoe"_s << QStringList{u"zoe.one"_s, u"zoe.two"_s, u"zoe.three"_s};
    QTest::newRow("not inside") << u"one"_s << QStringList{};
    QTest::newRow("no pattern") << u"%"_s << QStringList{};
    QTest::newRow("another guild's") << u"outside"_s << QStringList{};
}

void TestMemberService::names_are_found_by_their_beginning()
{
    QFETCH(QString, query);
    QFETCH(QStringList, expected);
    static GuildId guild;
    if (guild.isNull()) {
        guild = m_guild;
        for (const auto &name : {u"zoe.one"_s, u"zoe.two"_s, u"zoe.three"_s})
            m_world->join(guild, m_world->user(name));
        m_world->user(u"outside"_s);
        const auto found
            = m_world->members().membersNamed(m_world->database().session(), guild, u"zoe"_s, 10);
        m_world->database().session().exec(sql::test_world::name_user,
                                           db::bind(":id", found[1].user.id),
                                           db::bind(":global_name", u"äRGERLICH"_s));
        ModifyMember change;
        change.nick = u"Nicky"_s;
        QVERIFY_ACCEPTED(m_world->editing().modify(m_world->as(m_world->ownerOf(guild)), guild,
                                                   found[2].user.id, change));
    }
    const Response answer = m_world->call("GET",
                                          "/api/v10/guilds/" + QByteArray::number(guild.value())
                                              + "/members/search?limit=10&query="
                                              + query.toUtf8().toPercentEncoding(),
                                          m_world->as(m_world->ownerOf(guild)));
    QStringList names;
    for (const QJsonValue member : QJsonDocument::fromJson(answer.body).array())
        names.append(member["user"_L1]["username"_L1].toString());
    QCOMPARE(names, expected);
}

void TestMemberService::one_member_is_shown()
{
    const RoleId role = m_world->topRole(m_guild);
    const UserId bob = m_world->memberOf(m_guild);
    m_world->give(m_guild, bob, role);
    const Response answer = call("GET", at(bob), m_owner);
    QCOMPARE(answer.status, 200);
    const QJsonObject member = QJsonDocument::fromJson(answer.body).object();
    QCOMPARE(member["user"_L1]["id"_L1].toString(), bob.toString());
    QCOMPARE(member["roles"_L1].toArray(), QJsonArray{role.toString()});
    QVERIFY(member["nick"_L1].isNull());
    QVERIFY(member.contains("communication_disabled_until"_L1));
    QVERIFY(!member.contains("permissions"_L1));
    QVERIFY(!member["user"_L1].toObject().contains("email"_L1));
}

void TestMemberService::who_is_not_there_is_told_apart()
{
    QCOMPARE(codeOf(call("GET", at(m_world->user(freshName())), m_owner)),
             int(ErrorCode::UnknownMember));
    QCOMPARE(codeOf(call("GET", "/1", m_owner)), int(ErrorCode::UnknownUser));
}

void TestMemberService::the_own_member_has_its_rights()
{
    const UserId bob = m_world->memberOf(m_guild);
    const QByteArray route
        = "/api/v10/users/@me/guilds/" + QByteArray::number(m_guild.value()) + "/member";
    const auto own = [&](UserId who) {
        return m_world->call("GET", route, m_world->as(who));
    };
    const QJsonObject member = QJsonDocument::fromJson(own(bob).body).object();
    QCOMPARE(member["permissions"_L1].toString(),
             QString::number(defaultEveryonePermissions.bits()));
    QCOMPARE(QJsonDocument::fromJson(own(m_owner).body)["permissions"_L1].toString(),
             QString::number(Permissions::all().bits()));
    QCOMPARE(own(m_world->user(freshName())).status, 403);
}

void TestMemberService::a_member_leaves()
{
    const UserId bob = m_world->memberOf(m_guild);
    const QByteArray route = "/api/v10/users/@me/guilds/" + QByteArray::number(m_guild.value());
    m_world->events().clear();
    QCOMPARE(m_world->call("DELETE", route, m_world->as(bob)).status, 204);
    QCOMPARE(m_world->events().names(), QByteArrayList{"GUILD_MEMBER_REMOVE"});
    QCOMPARE(m_world->events().last<MemberLeft>().user.id, bob);
    QVERIFY_REFUSED(m_world->permissions().requireMember(bob, m_guild), ErrorCode::MissingAccess);
    QCOMPARE(m_world->call("DELETE", route, m_world->as(bob)).status, 403);
}

void TestMemberService::the_owner_does_not_leave()
{
    const auto left = m_world->members().leave(m_world->as(m_owner), m_guild);
    QVERIFY_REFUSED(left, ErrorCode::InvalidGuild);
    QCOMPARE(left.error().effectiveStatus(), 400);
    QCOMPARE(m_world->events().names().size(), 0);
}

void TestMemberService::kicking_takes_a_member_out()
{
    const UserId bob = m_world->memberOf(m_guild);
    const UserId guard = m_world->memberWith(m_guild, Permission::KickMembers);
    m_world->events().clear();
    QCOMPARE(call("DELETE", at(bob), guard).status, 204);
    QCOMPARE(m_world->events().names(), QByteArrayList{"GUILD_MEMBER_REMOVE"});
    QCOMPARE(codeOf(call("DELETE", at(bob), guard)), int(ErrorCode::UnknownMember));
    QVERIFY_ACCEPTED(join(m_guild, bob));
}

void TestMemberService::kicking_keeps_to_the_order_of_roles()
{
    const UserId guard = m_world->memberWith(m_guild, Permission::KickMembers);
    const UserId higher = m_world->memberWith(m_guild, Permissions::none());
    const UserId plain = m_world->memberOf(m_guild);
    for (const UserId target : {higher, m_owner, guard})
        QVERIFY_REFUSED(m_world->members().kick(m_world->as(guard), m_guild, target),
                        ErrorCode::MissingPermissions);
    QVERIFY_REFUSED(m_world->members().kick(m_world->as(plain), m_guild, guard),
                    ErrorCode::MissingPermissions);
    QVERIFY_REFUSED(
        m_world->members().kick(m_world->as(m_world->user(freshName())), m_guild, plain),
        ErrorCode::MissingAccess);
    QVERIFY_ACCEPTED(m_world->members().kick(m_world->as(m_owner), m_guild, higher));
}

void TestMemberService::a_changed_account_is_told_in_each_guild()
{
    const UserId bob = m_world->memberOf(m_guild);
    const GuildId other = m_world->guild(bob);
    m_world->events().clear();
    UserChanges changes;
    changes.globalName = Patch<QString>(u"Robert"_s);
    QVERIFY_ACCEPTED(m_world->database().transact(
        [&](db::Tx &tx) { return m_world->users().change(tx, bob, changes); }));
    const auto told = m_world->events().all<MemberUpdated>();
    QCOMPARE(told.size(), 2u);
    QCOMPARE(told[0].member.guildId, m_guild);
    QCOMPARE(told[1].member.guildId, other);
    for (const MemberUpdated &event : told) {
        QCOMPARE(event.member.user.id, bob);
        QCOMPARE(*event.member.user.globalName, u"Robert"_s);
        QVERIFY(!event.payload(PayloadVariant::Full).contains("email"));
    }
}

void TestMemberService::members_are_read_for_other_modules()
{
    const UserId bob = m_world->memberOf(m_guild);
    const UserId stranger = m_world->user(freshName());
    db::Executor &db = m_world->database().session();
    QCOMPARE(m_world->members().membersOf(db, m_guild, UserId(), 10).size(), 2u);
    QCOMPARE(m_world->members().membersOf(db, m_guild, UserId(), 1).size(), 1u);
    const std::vector<UserId> asked{stranger, bob, bob};
    const auto found = m_world->members().membersOf(db, m_guild, asked);
    QCOMPARE(found.size(), 1u);
    QCOMPARE(found[0].user.id, bob);
    QCOMPARE(m_world->members().member(db, m_guild, bob)->user.id, bob);
    QVERIFY(!m_world->members().member(db, m_guild, stranger));
    QCOMPARE(m_world->members().count(db, m_guild), 2);
}

QTEST_GUILESS_MAIN(TestMemberService)
#include "tst_member_service.moc"
