// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/member/member_events.h"
#include "server/modules/role/role_events.h"
#include "sql/queries/test_world.h"
#include "tests/modules/application/application_world.h"

#include <QtTest>

#include <thread>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

namespace {

Response authorize(ApplicationWorld &world, UserId who, const Application &application,
                   GuildId guild, const QByteArray &permissions = "0")
{
    return world.call("POST",
                      "/api/v10/oauth2/authorize?scope=bot+applications.commands&client_id="
                          + application.id.toString().toLatin1(),
                      world.as(who),
                      R"({"authorize":true,"guild_id":")" + guild.toString().toLatin1()
                          + R"(","permissions":")" + permissions + "\"}");
}

std::optional<Role> managedRole(ApplicationWorld &world, GuildId guild)
{
    for (const Role &role : world.roles.service().list(world.database().session(), guild)) {
        if (role.managed)
            return role;
    }
    return std::nullopt;
}

} // namespace

class TestBotAuthorization : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_bot_is_added_with_a_role_of_its_own();
    void without_rights_it_gets_no_role();
    void the_application_is_named_in_query_or_body();
    void without_an_application_it_is_400();
    void a_scope_must_have_a_bot_in_it_data();
    void a_scope_must_have_a_bot_in_it();
    void a_no_adds_nothing();
    void it_takes_the_right_to_manage_the_guild();
    void nobody_gives_rights_they_do_not_have();
    void a_member_stays_as_it_is();
    void of_two_at_once_one_adds_it();
    void a_private_bot_is_its_owners();
    void a_banned_bot_is_403_and_leaves_no_role();
    void a_deleted_application_cannot_be_added();
    void a_kicked_bot_takes_its_role_along();
    void a_person_who_leaves_takes_no_role_along();
    void managers_see_the_bots();
};

void TestBotAuthorization::a_bot_is_added_with_a_role_of_its_own()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const GuildId hall = world.guild(ann);
    const Application robot = world.application(ann, u"My Robot"_s);
    world.events().clear();
    const Response answer = authorize(world, ann, robot, hall, "2048");
    QCOMPARE(answer.status, 200);
    const auto location = json::decode<AuthorizedBot>(QByteArrayView(answer.body))->location;
    QVERIFY(location.startsWith(u"http://guildhall.test/oauth2/authorized?"_s));
    QVERIFY(location.contains(u"guild_id="_s + hall.toString()));
    const auto role = managedRole(world, hall);
    QVERIFY(role);
    QCOMPARE(role->name, u"My Robot"_s);
    QCOMPARE(role->permissions, Permissions(Permission::SendMessages));
    QCOMPARE(role->tags->botId.value_or(UserId()), robot.bot.id);
    const auto grant = world.permission.service().requireMember(robot.bot.id, hall);
    QVERIFY(grant);
    QVERIFY(grant->has(Permission::SendMessages));
    QCOMPARE(world.events().names(), QByteArrayList({"GUILD_ROLE_CREATE", "GUILD_MEMBER_ADD"}));
    const MemberJoined joined = world.events().last<MemberJoined>();
    QCOMPARE(joined.member.user.id, robot.bot.id);
    QCOMPARE(joined.member.roles, std::vector<RoleId>{role->id});
    QVERIFY(joined.membership()); // its sessions get the guild
}

void TestBotAuthorization::without_rights_it_gets_no_role()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const GuildId hall = world.guild(ann);
    const Application robot = world.application(ann);
    QCOMPARE(authorize(world, ann, robot, hall).status, 200);
    QVERIFY(world.permission.service().requireMember(robot.bot.id, hall));
    QVERIFY(!managedRole(world, hall));
}

void TestBotAuthorization::the_application_is_named_in_query_or_body()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const Application robot = world.application(ann);
    const QByteArray id = robot.id.toString().toLatin1();
    for (const bool inBody : {false, true}) {
        const GuildId hall = world.guild(ann);
        const QByteArray guild = R"("guild_id":")" + hall.toString().toLatin1() + '"';
        const Response answer = inBody
            ? world.call("POST", "/api/v10/oauth2/authorize", world.as(ann),
                         '{' + guild + R"(,"client_id":")" + id + R"(","permissions":2048})")
            : world.call("POST",
                         "/api/v10/oauth2/authorize?scope=bot&permissions=2048&client_id=" + id,
                         world.as(ann), '{' + guild + '}');
        QCOMPARE(answer.status, 200);
        QVERIFY(world.permission.service().requireMember(robot.bot.id, hall));
        QCOMPARE(managedRole(world, hall)->permissions, Permissions(Permission::SendMessages));
    }
}

void TestBotAuthorization::without_an_application_it_is_400()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const GuildId hall = world.guild(ann);
    const QByteArray body = R"({"guild_id":")" + hall.toString().toLatin1() + "\"}";
    const Response none = world.call("POST", "/api/v10/oauth2/authorize", world.as(ann), body);
    QCOMPARE(none.status, 400);
    QVERIFY(none.body.contains(R"("client_id":{"_errors":[{"code":"BASE_TYPE_REQUIRED")"));
    const Response unknown
        = world.call("POST", "/api/v10/oauth2/authorize?client_id=77", world.as(ann), body);
    QCOMPARE(unknown.status, 404);
    QVERIFY(unknown.body.contains(R"("code":10002)"));
    const Response nowhere
        = world.call("POST", "/api/v10/oauth2/authorize?client_id=77", world.as(ann), "{}");
    QCOMPARE(nowhere.status, 400);
    QVERIFY(nowhere.body.contains("guild_id"));
}

void TestBotAuthorization::a_scope_must_have_a_bot_in_it_data()
{
    QTest::addColumn<QByteArray>("scope");
    QTest::addColumn<int>("status");
    QTest::newRow("alone") << QByteArray("bot") << 200;
    QTest::newRow("with commands") << QByteArray("bot%20applications.commands") << 200;
    QTest::newRow("behind") << QByteArray("applications.commands+bot") << 200;
    QTest::newRow("encoded plus") << QByteArray("applications.commands%2Bbot") << 200;
    QTest::newRow("another") << QByteArray("identify") << 400;
    QTest::newRow("part of a word") << QByteArray("botany") << 400;
}

void TestBotAuthorization::a_scope_must_have_a_bot_in_it()
{
    QFETCH(QByteArray, scope);
    QFETCH(int, status);
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const GuildId hall = world.guild(ann);
    const Application robot = world.application(ann);
    const Response answer = world.call(
        "POST",
        "/api/v10/oauth2/authorize?scope=" + scope + "&client_id=" + robot.id.toString().toLatin1(),
        world.as(ann), R"({"guild_id":")" + hall.toString().toLatin1() + "\"}");
    QCOMPARE(answer.status, status);
    QCOMPARE(world.permission.service().requireMember(robot.bot.id, hall).has_value(),
             status == 200);
}

void TestBotAuthorization::a_no_adds_nothing()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const GuildId hall = world.guild(ann);
    const Application robot = world.application(ann);
    const Response answer = world.call(
        "POST", "/api/v10/oauth2/authorize?client_id=" + robot.id.toString().toLatin1(),
        world.as(ann), R"({"authorize":false,"guild_id":")" + hall.toString().toLatin1() + "\"}");
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.body.contains("access_denied"));
    QVERIFY(!world.permission.service().requireMember(robot.bot.id, hall));
}

void TestBotAuthorization::it_takes_the_right_to_manage_the_guild()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const UserId bob = world.user(u"bob"_s);
    const GuildId hall = world.guild(ann);
    const Application robot = world.application(bob);
    const Response outsider = authorize(world, bob, robot, hall);
    QCOMPARE(outsider.status, 403);
    QVERIFY(outsider.body.contains(R"("code":50001)"));
    world.join(hall, bob);
    const Response member = authorize(world, bob, robot, hall);
    QCOMPARE(member.status, 403);
    QVERIFY(member.body.contains(R"("code":50013)"));
    const Response nowhere = authorize(world, bob, robot, GuildId(77));
    QCOMPARE(nowhere.status, 404);
    QVERIFY(nowhere.body.contains(R"("code":10004)"));
    QVERIFY(!world.permission.service().requireMember(robot.bot.id, hall));
}

void TestBotAuthorization::nobody_gives_rights_they_do_not_have()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const UserId bob = world.user(u"bob"_s);
    const GuildId hall = world.guild(ann);
    RoleInput input;
    input.permissions = Permissions{Permission::ManageGuild, Permission::KickMembers};
    const Role steward = world.roles.service().create(world.as(ann), hall, input).value();
    const User person = world.users.service().find(bob).value();
    QVERIFY(world.database().transact(
        [&](db::Tx &tx) { return world.members.service().join(tx, hall, person, {steward.id}); }));
    const Application robot = world.application(bob);
    const Permissions wanted{Permission::Administrator, Permission::BanMembers,
                             Permission::KickMembers};
    QCOMPARE(authorize(world, bob, robot, hall, QByteArray::number(wanted.bits())).status, 200);
    QCOMPARE(world.permission.service()
                 .requireMember(robot.bot.id, hall)
                 ->has(Permission::Administrator),
             false);
    for (const Role &role : world.roles.service().list(world.database().session(), hall)) {
        if (role.managed)
            QCOMPARE(role.permissions, Permissions(Permission::KickMembers));
    }
    QVERIFY(managedRole(world, hall));
}

void TestBotAuthorization::a_member_stays_as_it_is()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const GuildId hall = world.guild(ann);
    const Application robot = world.application(ann);
    QCOMPARE(authorize(world, ann, robot, hall, "2048").status, 200);
    world.events().clear();
    QCOMPARE(authorize(world, ann, robot, hall, "8").status, 200);
    QVERIFY(world.events().names().isEmpty());
    QCOMPARE(managedRole(world, hall)->permissions, Permissions(Permission::SendMessages));
}

void TestBotAuthorization::of_two_at_once_one_adds_it()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const GuildId hall = world.guild(ann);
    const Application robot = world.application(ann);
    world.events().clear();
    std::array<int, 4> statuses{};
    {
        std::vector<std::jthread> threads;
        for (int &status : statuses) {
            threads.emplace_back([&] {
                status = authorize(world, ann, robot, hall, "2048").status;
                world.database().closeThreadSession();
            });
        }
    }
    QCOMPARE(statuses, (std::array<int, 4>{200, 200, 200, 200}));
    QCOMPARE(world.events().count<RoleCreated>(), 1);
    QCOMPARE(world.events().count<MemberJoined>(), 1);
}

void TestBotAuthorization::a_private_bot_is_its_owners()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const UserId bob = world.user(u"bob"_s);
    const Application robot = world.application(bob);
    ModifyApplication closed;
    closed.botPublic = false;
    QVERIFY(world.applications.service().modify(world.as(bob), robot.id, closed));
    const Response refused = authorize(world, ann, robot, world.guild(ann));
    QCOMPARE(refused.status, 403);
    QVERIFY(refused.body.contains(R"("code":20018)"));
    QCOMPARE(authorize(world, bob, robot, world.guild(bob)).status, 200);
}

void TestBotAuthorization::a_banned_bot_is_403_and_leaves_no_role()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const GuildId hall = world.guild(ann);
    const Application robot = world.application(ann);
    world.database().session().exec(sql::test_world::insert_ban, db::bind(":guild_id", hall),
                                    db::bind(":user_id", robot.bot.id));
    world.events().clear();
    const Response refused = authorize(world, ann, robot, hall, "2048");
    QCOMPARE(refused.status, 403);
    QVERIFY(refused.body.contains(R"("code":40007)"));
    QVERIFY(!managedRole(world, hall));
    QVERIFY(world.events().names().isEmpty());
}

void TestBotAuthorization::a_deleted_application_cannot_be_added()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const GuildId hall = world.guild(ann);
    const Application robot = world.application(ann);
    QVERIFY(world.applications.service().remove(world.as(ann), robot.id));
    QCOMPARE(authorize(world, ann, robot, hall).status, 404);
}

void TestBotAuthorization::a_kicked_bot_takes_its_role_along()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const GuildId hall = world.guild(ann);
    const Application robot = world.application(ann);
    QCOMPARE(authorize(world, ann, robot, hall, "2048").status, 200);
    const RoleId role = managedRole(world, hall)->id;
    world.events().clear();
    QVERIFY(world.members.service().kick(world.as(ann), hall, robot.bot.id));
    QVERIFY(!managedRole(world, hall));
    QCOMPARE(world.events().names(), QByteArrayList({"GUILD_MEMBER_REMOVE", "GUILD_ROLE_DELETE"}));
    QCOMPARE(world.events().last<RoleDeleted>().roleId, role);
    QCOMPARE(authorize(world, ann, robot, hall, "2048").status, 200);
    QVERIFY(managedRole(world, hall)->id != role);
}

void TestBotAuthorization::a_person_who_leaves_takes_no_role_along()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const UserId bob = world.user(u"bob"_s);
    const GuildId hall = world.guild(ann);
    const Application robot = world.application(ann);
    QCOMPARE(authorize(world, ann, robot, hall, "2048").status, 200);
    world.join(hall, bob);
    QVERIFY(world.members.service().kick(world.as(ann), hall, bob));
    QVERIFY(managedRole(world, hall));
}

void TestBotAuthorization::managers_see_the_bots()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const UserId bob = world.user(u"bob"_s);
    const GuildId hall = world.guild(ann);
    const QByteArray path = "/api/v10/guilds/" + hall.toString().toLatin1() + "/integrations";
    QCOMPARE(world.call("GET", path, world.as(ann)).body, QByteArray("[]"));
    const Application robot = world.application(bob, u"Robot"_s);
    QCOMPARE(authorize(world, ann, robot, hall).status, 200);
    const Response answer = world.call("GET", path, world.as(ann));
    QCOMPARE(answer.status, 200);
    const auto list = json::decode<std::vector<Integration>>(QByteArrayView(answer.body));
    QVERIFY(list);
    QCOMPARE(list->size(), size_t(1));
    const Integration &entry = list->front();
    QCOMPARE(entry.id, IntegrationId(robot.id));
    QCOMPARE(entry.name, u"Robot"_s);
    QCOMPARE(entry.type, u"discord"_s);
    QCOMPARE(entry.application.bot.id, robot.bot.id);
    QCOMPARE(entry.account.id, robot.id);
    QVERIFY(answer.body.contains(R"("scopes":["bot"])"));
    QCOMPARE(world.call("GET", path, world.as(bob)).status, 403);
    world.join(hall, bob);
    QVERIFY(world.call("GET", path, world.as(bob)).body.contains(R"("code":50013)"));
    QCOMPARE(world.call("GET", "/api/v10/guilds/77/integrations", world.as(ann)).status, 404);
}

QTEST_GUILESS_MAIN(TestBotAuthorization)
#include "tst_bot_authorization.moc"
