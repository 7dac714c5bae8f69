// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/role/role_events.h"
#include "tests/support/community_world.h"
#include "tests/support/refusals.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <set>
#include <thread>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

class TestRoleService : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_world = std::make_unique<CommunityWorld>(); }
    void cleanupTestCase() { m_world.reset(); }
    void init();

    void roles_are_listed_and_shown_to_members();
    void a_role_starts_lowest_with_the_usual_things();
    void what_is_asked_for_is_kept();
    void colors_win_over_color_data();
    void colors_win_over_color();
    void a_bad_role_is_refused_data();
    void a_bad_role_is_refused();
    void making_needs_the_right();
    void nobody_hands_out_what_he_has_not();
    void the_limit_holds_at_once_too();
    void a_role_changes_and_is_told();
    void what_stays_the_same_is_no_event();
    void rights_that_stand_may_stay();
    void roles_from_the_own_one_up_are_out_of_reach_data();
    void roles_from_the_own_one_up_are_out_of_reach();
    void of_everyone_only_rights_change();
    void moving_is_told_for_each_that_moved();
    void moving_keeps_to_the_order();
    void deleting_takes_it_from_its_members();
    void managed_and_everyone_cannot_be_deleted();
    void a_bots_role_has_no_more_than_its_giver();

private:
    Response call(const char *method, const QByteArray &rest, UserId who,
                  const QByteArray &body = {})
    {
        return m_world->call(
            method, "/api/v10/guilds/" + QByteArray::number(m_guild.value()) + "/roles" + rest,
            m_world->as(who), body);
    }
    static QByteArray at(RoleId role) { return "/" + QByteArray::number(role.value()); }
    static int codeOf(const Response &answer)
    {
        return QJsonDocument::fromJson(answer.body)["code"_L1].toInt();
    }
    Result<Role> create(UserId who, const QByteArray &json)
    {
        return m_world->roles().create(m_world->as(who), m_guild, m_world->body<RoleInput>(json));
    }
    Result<Role> modify(UserId who, RoleId role, const QByteArray &json)
    {
        return m_world->roles().modify(m_world->as(who), m_guild, role,
                                       m_world->body<RoleInput>(json));
    }
    RoleId managedRole(Permissions permissions);

    std::unique_ptr<CommunityWorld> m_world;
    GuildId m_guild; ///< a new one for each test
    UserId m_owner;
    int m_bots = 0;
};

void TestRoleService::init()
{
    m_guild = m_world->guild();
    m_owner = m_world->ownerOf(m_guild);
    m_world->events().clear();
}

RoleId TestRoleService::managedRole(Permissions permissions)
{
    const auto grant = m_world->permissions().requireMember(m_owner, m_guild);
    const UserId bot = m_world->bot(u"bot%1"_s.arg(++m_bots), m_owner);
    return m_world->database()
        .transact([&](db::Tx &tx) {
            return m_world->roles().createManaged(tx, *grant, bot, u"Helper"_s, permissions);
        })
        .value()
        .id;
}

void TestRoleService::roles_are_listed_and_shown_to_members()
{
    const RoleId role = m_world->topRole(m_guild);
    const UserId bob = m_world->memberOf(m_guild);
    const Response listed = call("GET", "", bob);
    QCOMPARE(listed.status, 200);
    const QJsonArray roles = QJsonDocument::fromJson(listed.body).array();
    QCOMPARE(roles.size(), 2);
    QCOMPARE(roles[0]["id"_L1].toString(), m_guild.toString());
    QVERIFY(!roles[1].toObject().contains("tags"_L1));
    QVERIFY(roles[1]["permissions"_L1].isString());
    const Response one = call("GET", at(role), bob);
    QCOMPARE(QJsonDocument::fromJson(one.body)["id"_L1].toString(), role.toString());
    QCOMPARE(codeOf(call("GET", "/1", bob)), int(ErrorCode::UnknownRole));
    const UserId stranger = m_world->user(u"s%1"_s.arg(m_guild.toString()));
    QCOMPARE(codeOf(call("GET", "", stranger)), int(ErrorCode::MissingAccess));
    QCOMPARE(codeOf(call("GET", at(role), stranger)), int(ErrorCode::MissingAccess));
}

void TestRoleService::a_role_starts_lowest_with_the_usual_things()
{
    const RoleId older = create(m_owner, "{}")->id;
    const Response answer = call("POST", "", m_owner);
    QCOMPARE(answer.status, 200);
    const QJsonObject role = QJsonDocument::fromJson(answer.body).object();
    QCOMPARE(role["name"_L1].toString(), u"new role"_s);
    QCOMPARE(role["position"_L1].toInt(), 1);
    QCOMPARE(role["permissions"_L1].toString(), QString::number(defaultEveryonePermissions.bits()));
    QCOMPARE(role["color"_L1].toInt(), 0);
    QVERIFY(role["colors"_L1]["secondary_color"_L1].isNull());
    QVERIFY(!role["hoist"_L1].toBool() && !role["managed"_L1].toBool());
    QCOMPARE(m_world->roleNow(m_guild, older).position, 2);
    QCOMPARE(m_world->events().names(),
             (QByteArrayList{"GUILD_ROLE_CREATE", "GUILD_ROLE_CREATE", "GUILD_ROLE_UPDATE"}));
    QCOMPARE(m_world->events().last<RoleCreated>().guildId, m_guild);
    const RoleUpdated shifted = m_world->events().last<RoleUpdated>();
    QCOMPARE(shifted.role.id, older);
    QCOMPARE(shifted.role.position, 2);
}

void TestRoleService::what_is_asked_for_is_kept()
{
    const auto role = create(m_owner, R"({"name":" Staff ","permissions":8192,"hoist":true,
        "mentionable":true,"unicode_emoji":"🔥","colors":{"primary_color":1,"secondary_color":2}})");
    QVERIFY(role);
    QCOMPARE(m_world->roleNow(m_guild, role->id), *role);
    QCOMPARE(role->name, u"Staff"_s);
    QCOMPARE(role->permissions, Permissions(Permission::ManageMessages));
    QVERIFY(role->hoist && role->mentionable);
    QCOMPARE(*role->unicodeEmoji, u"🔥"_s);
    QCOMPARE(role->colors, (RoleColors{1, 2, {}}));
}

void TestRoleService::colors_win_over_color_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("color");
    QTest::newRow("color") << QByteArray(R"({"color":255})") << 255;
    QTest::newRow("colors") << QByteArray(R"({"colors":{"primary_color":7}})") << 7;
    QTest::newRow("both") << QByteArray(R"({"color":255,"colors":{"primary_color":7}})") << 7;
    QTest::newRow("none") << QByteArray("{}") << 0;
    QTest::newRow("null") << QByteArray(R"({"color":null})") << 0;
}

void TestRoleService::colors_win_over_color()
{
    QFETCH(QByteArray, json);
    QFETCH(int, color);
    const auto role = create(m_owner, json);
    QCOMPARE(role->color, color);
    QCOMPARE(role->colors.primaryColor, color);
}

void TestRoleService::a_bad_role_is_refused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("a long name") << "{\"name\":\"" + QByteArray(101, 'x') + "\"}";
    QTest::newRow("a blank name") << QByteArray(R"({"name":"  "})");
    QTest::newRow("a colour too far") << QByteArray(R"({"color":16777216})");
    QTest::newRow("rights that are none") << QByteArray(R"({"permissions":"many"})");
    QTest::newRow("no image") << QByteArray(R"({"icon":"data:image/png;base64,AAAA"})");
}

void TestRoleService::a_bad_role_is_refused()
{
    QFETCH(QByteArray, json);
    QCOMPARE(call("POST", "", m_owner, json).status, 400);
    const RoleId role = m_world->topRole(m_guild);
    QCOMPARE(call("PATCH", at(role), m_owner, json).status, 400);
    QCOMPARE(call("POST", "", m_world->memberOf(m_guild), json).status, 403);
}

void TestRoleService::making_needs_the_right()
{
    QVERIFY_REFUSED(create(m_world->memberOf(m_guild), "{}"), ErrorCode::MissingPermissions);
    QVERIFY_REFUSED(create(m_world->user(u"t%1"_s.arg(m_guild.toString())), "{}"),
                    ErrorCode::MissingAccess);
    QVERIFY_ACCEPTED(create(m_world->memberWith(m_guild, Permission::ManageRoles), "{}"));
}

void TestRoleService::nobody_hands_out_what_he_has_not()
{
    const UserId bob = m_world->memberWith(m_guild, Permission::ManageRoles);
    const auto with = [](Permission right) {
        return "{\"permissions\":\"" + QByteArray::number(quint64(right)) + "\"}";
    };
    QVERIFY_REFUSED(create(bob, with(Permission::BanMembers)), ErrorCode::MissingPermissions);
    QVERIFY_REFUSED(create(bob, with(Permission::Administrator)), ErrorCode::MissingPermissions);
    QVERIFY_ACCEPTED(create(bob, with(Permission::ManageRoles)));
    QVERIFY_ACCEPTED(create(m_world->memberWith(m_guild, Permission::Administrator),
                            with(Permission::BanMembers)));
    QVERIFY_ACCEPTED(create(m_owner, with(Permission::Administrator)));
}

void TestRoleService::the_limit_holds_at_once_too()
{
    for (int i = 0; i < RoleService::maxRoles - 2; ++i)
        QVERIFY_ACCEPTED(create(m_owner, "{}"));
    std::atomic<int> made = 0;
    std::atomic<int> full = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            const auto role = create(m_owner, "{}");
            made += role ? 1 : 0;
            full += !role && role.error().code == ErrorCode::MaximumRoles ? 1 : 0;
            m_world->database().closeThreadSession();
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(made.load(), 1);
    QCOMPARE(full.load(), 3);
    std::set<int> positions;
    for (const Role &role : m_world->roles().list(m_world->database().session(), m_guild))
        positions.insert(role.position);
    QCOMPARE(positions.size(), size_t(RoleService::maxRoles));
}

void TestRoleService::a_role_changes_and_is_told()
{
    const RoleId role = m_world->topRole(m_guild);
    const UserId bob
        = m_world->memberWith(m_guild, Permission::ManageRoles | Permission::KickMembers);
    m_world->events().clear();
    const Response answer
        = call("PATCH", at(role), bob, R"({"name":"Guards","permissions":"2","color":5})");
    QCOMPARE(answer.status, 200);
    QCOMPARE(m_world->events().names(), QByteArrayList{"GUILD_ROLE_UPDATE"});
    const Role now = m_world->roleNow(m_guild, role);
    QCOMPARE(m_world->events().last<RoleUpdated>().role, now);
    QCOMPARE(now.name, u"Guards"_s);
    QCOMPARE(now.color, 5);
    QCOMPARE(now.permissions, Permissions(Permission::KickMembers));
    QCOMPARE(codeOf(call("PATCH", "/1", bob, "{}")), int(ErrorCode::UnknownRole));
}

void TestRoleService::what_stays_the_same_is_no_event()
{
    const RoleId role = create(m_owner, R"({"name":"Same","color":9})")->id;
    m_world->events().clear();
    QVERIFY_ACCEPTED(modify(m_owner, role, R"({"name":"Same","colors":{"primary_color":9}})"));
    QVERIFY_ACCEPTED(modify(m_owner, role, "{}"));
    QCOMPARE(m_world->events().names().size(), 0);
}

void TestRoleService::rights_that_stand_may_stay()
{
    const RoleId role = m_world->topRole(m_guild, Permission::BanMembers | Permission::KickMembers);
    const UserId bob = m_world->memberWith(m_guild, Permission::ManageRoles);
    const auto bits = [](Permissions rights) {
        return "{\"permissions\":\"" + QByteArray::number(rights.bits()) + "\"}";
    };
    QVERIFY_ACCEPTED(modify(bob, role, bits(Permission::BanMembers | Permission::ManageRoles)));
    QVERIFY_REFUSED(modify(bob, role, bits(Permission::BanMembers | Permission::KickMembers)),
                    ErrorCode::MissingPermissions);
    QCOMPARE(m_world->roleNow(m_guild, role).permissions,
             Permission::BanMembers | Permission::ManageRoles);
}

void TestRoleService::roles_from_the_own_one_up_are_out_of_reach_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("change") << QByteArray("PATCH") << QByteArray(R"({"name":"x"})");
    QTest::newRow("delete") << QByteArray("DELETE") << QByteArray();
}

void TestRoleService::roles_from_the_own_one_up_are_out_of_reach()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, body);
    const RoleId below = m_world->topRole(m_guild);
    const RoleId own = m_world->topRole(m_guild, Permission::Administrator);
    const RoleId above = m_world->topRole(m_guild);
    const UserId bob = m_world->memberOf(m_guild);
    m_world->give(m_guild, bob, own);
    for (const RoleId role : {own, above})
        QCOMPARE(codeOf(call(method, at(role), bob, body)), int(ErrorCode::MissingPermissions));
    QCOMPARE(codeOf(call(method, at(below), m_world->memberOf(m_guild), body)),
             int(ErrorCode::MissingPermissions));
    QVERIFY(call(method, at(below), bob, body).status < 300);
    QVERIFY(call(method, at(above), m_owner, body).status < 300);
}

void TestRoleService::of_everyone_only_rights_change()
{
    const auto role
        = modify(m_owner, RoleId(m_guild), R"({"name":"All","hoist":true,"permissions":"1024"})");
    QVERIFY(role);
    QCOMPARE(role->name, u"@everyone"_s);
    QVERIFY(!role->hoist);
    QCOMPARE(role->permissions, Permissions(Permission::ViewChannel));
    QVERIFY_REFUSED(m_world->permissions().require(m_world->memberOf(m_guild), m_guild,
                                                   Permission::SendMessages),
                    ErrorCode::MissingPermissions);
}

void TestRoleService::moving_is_told_for_each_that_moved()
{
    const RoleId a = m_world->topRole(m_guild);
    const RoleId b = m_world->topRole(m_guild);
    const RoleId c = m_world->topRole(m_guild);
    m_world->events().clear();
    const Response answer
        = call("PATCH", "", m_owner,
               "[{\"id\":\"" + QByteArray::number(a.value()) + "\",\"position\":2}]");
    QCOMPARE(answer.status, 200);
    QCOMPARE(QJsonDocument::fromJson(answer.body).array().size(), 4);
    QCOMPARE(m_world->roleNow(m_guild, a).position, 2);
    QCOMPARE(m_world->roleNow(m_guild, b).position, 1);
    QCOMPARE(m_world->roleNow(m_guild, c).position, 3);
    QCOMPARE(m_world->events().names(), (QByteArrayList{"GUILD_ROLE_UPDATE", "GUILD_ROLE_UPDATE"}));
    QCOMPARE(call("PATCH", "", m_owner, R"([{"position":2}])").status, 400);
    QCOMPARE(call("PATCH", "", m_owner, "{}").status, 400);
    QCOMPARE(codeOf(call("PATCH", "", m_owner, R"([{"id":"1","position":2}])")),
             int(ErrorCode::InvalidRole));
}

void TestRoleService::moving_keeps_to_the_order()
{
    const RoleId low = m_world->topRole(m_guild);
    const RoleId middle = m_world->topRole(m_guild);
    const UserId bob = m_world->memberWith(m_guild, Permission::ManageRoles); // position 3
    const RoleId top = m_world->topRole(m_guild);
    const auto move = [&](UserId who, RoleId role, int position) {
        return m_world->roles().move(m_world->as(who), m_guild,
                                     std::vector<RolePosition>{{role, Patch<int>(position)}});
    };
    QVERIFY_ACCEPTED(move(bob, low, 2));
    QVERIFY_REFUSED(move(bob, low, 3), ErrorCode::MissingPermissions);
    QVERIFY_REFUSED(move(bob, top, 1), ErrorCode::MissingPermissions);
    QVERIFY_REFUSED(move(m_world->memberOf(m_guild), low, 1), ErrorCode::MissingPermissions);
    QCOMPARE(m_world->roleNow(m_guild, low).position, 2);
    QCOMPARE(m_world->roleNow(m_guild, middle).position, 1);
    QCOMPARE(m_world->roleNow(m_guild, top).position, 4);
}

void TestRoleService::deleting_takes_it_from_its_members()
{
    const RoleId role = m_world->topRole(m_guild, Permission::KickMembers);
    const UserId bob = m_world->memberOf(m_guild);
    m_world->give(m_guild, bob, role);
    m_world->events().clear();
    QCOMPARE(call("DELETE", at(role), m_owner).status, 204);
    QCOMPARE(m_world->events().names(), QByteArrayList{"GUILD_ROLE_DELETE"});
    QCOMPARE(m_world->events().last<RoleDeleted>().roleId, role);
    QVERIFY_REFUSED(m_world->permissions().require(bob, m_guild, Permission::KickMembers),
                    ErrorCode::MissingPermissions);
    QCOMPARE(m_world->members().find(m_world->as(bob), m_guild, bob)->roles.size(), 0u);
    QCOMPARE(codeOf(call("DELETE", at(role), m_owner)), int(ErrorCode::UnknownRole));
}

void TestRoleService::managed_and_everyone_cannot_be_deleted()
{
    for (const RoleId role : {managedRole(Permission::KickMembers), RoleId(m_guild)})
        QCOMPARE(codeOf(call("DELETE", at(role), m_owner)), int(ErrorCode::InvalidRole));
    QVERIFY_ACCEPTED(modify(m_owner, managedRole(Permission::KickMembers), R"({"name":"Mine"})"));
}

void TestRoleService::a_bots_role_has_no_more_than_its_giver()
{
    const UserId bob
        = m_world->memberWith(m_guild, Permission::ManageGuild | Permission::KickMembers);
    const auto grant = m_world->permissions().requireMember(bob, m_guild);
    const UserId bot = m_world->bot(u"greedy"_s, m_owner);
    const auto role = m_world->database().transact([&](db::Tx &tx) {
        return m_world->roles().createManaged(tx, *grant, bot, u"Greedy"_s,
                                              Permission::KickMembers | Permission::Administrator);
    });
    QCOMPARE(role->permissions, Permissions(Permission::KickMembers));
    QVERIFY(role->managed);
    QCOMPARE(role->position, 1);
    QCOMPARE(*m_world->roleNow(m_guild, role->id).tags->botId, bot);
}

QTEST_GUILESS_MAIN(TestRoleService)
#include "tst_role_service.moc"
