// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/security/bot_token.h"
#include "server/modules/auth/auth_events.h"
#include "server/modules/member/member_events.h"
#include "server/modules/user/user_events.h"
#include "tests/modules/application/application_world.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <thread>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

class TestApplicationService : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void an_application_comes_with_its_bot();
    void by_the_route_it_is_201();
    void a_bad_body_is_refused_data();
    void a_bad_body_is_refused();
    void names_may_be_used_twice();
    void there_are_at_most_twenty_five_of_one_owner();
    void also_when_two_are_made_at_once();
    void ones_own_are_listed();
    void another_persons_is_403_and_none_is_404();
    void rights_are_judged_before_the_body();
    void what_is_given_changes();
    void a_token_is_issued_and_opens();
    void a_new_token_ends_the_one_before();
    void a_reset_answers_the_token_alone();
    void a_bot_sees_its_application();
    void a_bot_changes_what_is_its_own();
    void a_deleted_application_leaves_no_way_in();
    void a_bot_that_owns_a_guild_stays();
};

void TestApplicationService::an_application_comes_with_its_bot()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const Application made
        = world.applications.service().create(world.as(ann), {u"My Robot"_s, u"Beeps."_s}).value();
    QCOMPARE(UserId(made.id), made.bot.id);
    QCOMPARE(made.name, u"My Robot"_s);
    QCOMPARE(made.description, u"Beeps."_s);
    QCOMPARE(made.bot.username, u"my_robot"_s);
    QVERIFY(made.bot.isBot());
    QCOMPARE(made.owner.id, ann);
    QVERIFY(made.botPublic);
    QCOMPARE(made.verifyKey.size(), 64);
    QCOMPARE(made.flags, 1 << 13 | 1 << 15 | 1 << 19);
    QCOMPARE(made.flagsNew, QString::number(made.flags));
    QCOMPARE(made.approximateGuildCount, 0);
    QVERIFY(world.users.service().isBot(made.bot.id));
}

void TestApplicationService::by_the_route_it_is_201()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const Response answer = world.call("POST", "/api/v10/applications", world.as(ann),
                                       R"({"name":" Robot ","description":"x"})");
    QCOMPARE(answer.status, 201);
    const QJsonObject body = QJsonDocument::fromJson(answer.body).object();
    QCOMPARE(body["name"_L1].toString(), u"Robot"_s);
    QCOMPARE(body["bot"_L1]["bot"_L1].toBool(), true);
    QCOMPARE(body["bot"_L1]["id"_L1].toString(), body["id"_L1].toString());
    QVERIFY(!body.contains("install_params"_L1)); // a key that must be whole or absent
    QVERIFY(!answer.body.contains("email"));
    QVERIFY(!answer.body.contains("token"));
}

void TestApplicationService::a_bad_body_is_refused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("no name") << QByteArray("{}");
    QTest::newRow("blank name") << QByteArray(R"({"name":"  "})");
    QTest::newRow("long name") << R"({"name":")" + QByteArray(101, 'x') + "\"}";
    QTest::newRow("long description")
        << R"({"name":"x","description":")" + QByteArray(401, 'x') + "\"}";
}

void TestApplicationService::a_bad_body_is_refused()
{
    QFETCH(QByteArray, body);
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const Response answer = world.call("POST", "/api/v10/applications", world.as(ann), body);
    QCOMPARE(answer.status, 400);
    QVERIFY(answer.body.contains(R"("code":50035)"));
    QVERIFY(world.applications.service().list(world.as(ann))->empty());
}

void TestApplicationService::names_may_be_used_twice()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const Application one = world.application(ann);
    const Application two = world.application(ann);
    QCOMPARE(one.name, two.name);
    QVERIFY(one.bot.username != two.bot.username);
    // Nor does a person's name stand in a bot's way.
    QVERIFY(world.application(ann, u"ann"_s).bot.username.startsWith(u"ann"_s));
}

void TestApplicationService::there_are_at_most_twenty_five_of_one_owner()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    for (int i = 0; i < 25; ++i)
        world.application(ann, u"robot %1"_s.arg(i));
    const auto refused
        = world.applications.service().create(world.as(ann), {u"one more"_s, std::nullopt});
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::InvalidFormBody);
    const UserId bob = world.user(u"bob"_s);
    QVERIFY(world.applications.service().create(world.as(bob), {u"robot"_s, std::nullopt}));
}

void TestApplicationService::also_when_two_are_made_at_once()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    for (int i = 0; i < 24; ++i)
        world.application(ann, u"robot %1"_s.arg(i));
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                (void)world.applications.service().create(world.as(ann), {u"last"_s, std::nullopt});
                world.database().closeThreadSession();
            });
        }
    }
    QCOMPARE(world.applications.service().list(world.as(ann))->size(), size_t(25));
}

void TestApplicationService::ones_own_are_listed()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const Application one = world.application(ann);
    world.application(world.user(u"bob"_s));
    const Application two = world.application(ann);
    const Response answer = world.call("GET", "/api/v10/applications", world.as(ann));
    QCOMPARE(answer.status, 200);
    const auto list = json::decode<std::vector<Application>>(QByteArrayView(answer.body));
    QVERIFY(list);
    QCOMPARE(list->size(), size_t(2));
    QCOMPARE(list->front().id, one.id);
    QCOMPARE(list->back().id, two.id);
}

void TestApplicationService::another_persons_is_403_and_none_is_404()
{
    ApplicationWorld world;
    const Application robot = world.application(world.user(u"ann"_s));
    const Caller bob = world.as(world.user(u"bob"_s));
    const QByteArray none = "/api/v10/applications/77";
    const std::vector<std::pair<QByteArray, QByteArray>> calls{
        {"GET", ""}, {"PATCH", ""}, {"DELETE", ""}, {"POST", "/bot"}, {"POST", "/bot/reset"}};
    for (const auto &[verb, rest] : calls) {
        const Response foreign = world.call(verb, world.path(robot, rest), bob);
        QCOMPARE(foreign.status, 403);
        QVERIFY(foreign.body.contains(R"("code":20012)"));
        const Response absent = world.call(verb, none + rest, bob);
        QCOMPARE(absent.status, 404);
        QVERIFY(absent.body.contains(R"("code":10002)"));
    }
    QCOMPARE(world.events().count<TokensRevoked>(), 0);
}

void TestApplicationService::rights_are_judged_before_the_body()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const Application robot = world.application(ann);
    const QByteArray bad = R"({"name":""})";
    QCOMPARE(world.call("PATCH", world.path(robot), world.as(world.user(u"bob"_s)), bad).status,
             403);
    QCOMPARE(world.call("PATCH", world.path(robot), world.as(ann), bad).status, 400);
}

void TestApplicationService::what_is_given_changes()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const Application robot = world.application(ann);
    const QByteArray gif = "data:image/gif;base64," + QByteArray("GIF89a").toBase64();
    Response answer = world.call("PATCH", world.path(robot), world.as(ann),
                                 R"({"name":"Other","bot_public":false,"icon":")" + gif + "\"}");
    QCOMPARE(answer.status, 200);
    auto changed = json::decode<Application>(QByteArrayView(answer.body));
    QCOMPARE(changed->name, u"Other"_s);
    QVERIFY(!changed->botPublic);
    QCOMPARE(changed->icon->size(), 32);
    QCOMPARE(changed->description, robot.description);
    QCOMPARE(changed->bot.username, robot.bot.username);
    answer = world.call("PATCH", world.path(robot), world.as(ann),
                        R"({"description":"Beeps.","icon":null})");
    changed = json::decode<Application>(QByteArrayView(answer.body));
    QCOMPARE(changed->description, u"Beeps."_s);
    QVERIFY(!changed->icon);
    QVERIFY(!changed->botPublic); // was not in this patch
    answer = world.call("PATCH", world.path(robot), world.as(ann), R"({"description":null})");
    QCOMPARE(json::decode<Application>(QByteArrayView(answer.body))->description, QString());
    QCOMPARE(world.call("GET", world.path(robot), world.as(ann)).body, answer.body);
    QCOMPARE(world.call("PATCH", world.path(robot), world.as(ann), R"({"icon":"x"})").status, 400);
}

void TestApplicationService::a_token_is_issued_and_opens()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const Application robot = world.application(ann);
    const Response answer = world.call("POST", world.path(robot, "/bot"), world.as(ann));
    QCOMPARE(answer.status, 200);
    const auto issued = json::decode<IssuedBotToken>(QByteArrayView(answer.body));
    QVERIFY(issued);
    QCOMPARE(botToken::userOf(issued->token.toLatin1()), std::optional(robot.bot.id));
    QCOMPARE(issued->bot->id, robot.bot.id);
    QCOMPARE(issued->userId.value_or(UserId()), robot.bot.id);
    QVERIFY(world.opens(issued->token));
    const auto identity = world.auth.gatewayAuthenticator().identify(issued->token.toLatin1());
    QVERIFY(identity);
    QVERIFY(identity->bot);
    // Nowhere else is it shown.
    QVERIFY(!world.call("GET", world.path(robot), world.as(ann))
                 .body.contains(issued->token.toLatin1()));
}

void TestApplicationService::a_new_token_ends_the_one_before()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const Application robot = world.application(ann);
    ApplicationService &service = world.applications.service();
    const QString first = service.issueToken(world.as(ann), robot.id)->token;
    QVERIFY(world.opens(first));
    world.events().clear();
    const QString second = service.issueToken(world.as(ann), robot.id)->token;
    QVERIFY(first != second);
    QVERIFY(!world.opens(first));
    QVERIFY(world.opens(second));
    QVERIFY(!world.auth.gatewayAuthenticator().identify(first.toLatin1()));
    QCOMPARE(world.events().count<TokensRevoked>(), 1); // what closes its gateway sessions
    QCOMPARE(world.events().last<TokensRevoked>().user, robot.bot.id);
}

void TestApplicationService::a_reset_answers_the_token_alone()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const Application robot = world.application(ann);
    const QString first = world.applications.service().issueToken(world.as(ann), robot.id)->token;
    const Response answer = world.call("POST", world.path(robot, "/bot/reset"), world.as(ann));
    QCOMPARE(answer.status, 200);
    const QJsonObject body = QJsonDocument::fromJson(answer.body).object();
    QCOMPARE(body.keys(), QStringList{u"token"_s});
    QVERIFY(world.opens(body["token"_L1].toString()));
    QVERIFY(!world.opens(first));
}

void TestApplicationService::a_bot_sees_its_application()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const Application robot = world.application(ann);
    const GuildId hall = world.guild(ann);
    world.join(hall, robot.bot.id);
    const Caller bot = world.as(robot.bot.id, true);
    const Response answer = world.call("GET", "/api/v10/applications/@me", bot);
    QCOMPARE(answer.status, 200);
    const auto own = json::decode<Application>(QByteArrayView(answer.body));
    QCOMPARE(own->id, robot.id);
    QCOMPARE(own->owner.id, ann);
    QCOMPARE(own->approximateGuildCount, 1);
    QCOMPARE(world.call("GET", "/api/v10/oauth2/applications/@me", bot).body, answer.body);
}

void TestApplicationService::a_bot_changes_what_is_its_own()
{
    ApplicationWorld world;
    const Application robot = world.application(world.user(u"ann"_s));
    const Caller bot = world.as(robot.bot.id, true);
    const Response answer = world.call(
        "PATCH", "/api/v10/applications/@me", bot,
        R"({"description":"Beeps.","name":"Not mine","bot_public":false,"tags":["a"]})");
    QCOMPARE(answer.status, 200);
    const auto own = json::decode<Application>(QByteArrayView(answer.body));
    QCOMPARE(own->description, u"Beeps."_s);
    QCOMPARE(own->name, robot.name);
    QVERIFY(own->botPublic);
    const QByteArray tooLong = R"({"description":")" + QByteArray(401, 'x') + "\"}";
    QCOMPARE(world.call("PATCH", "/api/v10/applications/@me", bot, tooLong).status, 400);
}

void TestApplicationService::a_deleted_application_leaves_no_way_in()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const Application robot = world.application(ann);
    const GuildId hall = world.guild(ann);
    const GuildId yard = world.guild(ann);
    world.join(hall, robot.bot.id);
    world.join(yard, robot.bot.id);
    const QString token = world.applications.service().issueToken(world.as(ann), robot.id)->token;
    QVERIFY(world.opens(token));
    world.events().clear();
    QCOMPARE(world.call("DELETE", world.path(robot), world.as(ann)).status, 204);
    QVERIFY(!world.opens(token));
    QVERIFY(!world.auth.gatewayAuthenticator().identify(token.toLatin1()));
    QCOMPARE(world.events().count<MemberLeft>(), 2);
    QCOMPARE(world.events().count<TokensRevoked>(), 1);
    QVERIFY(!world.permission.service().requireMember(robot.bot.id, hall));
    QCOMPARE(world.call("GET", world.path(robot), world.as(ann)).status, 404);
    QCOMPARE(world.call("POST", world.path(robot, "/bot"), world.as(ann)).status, 404);
    // What it wrote still has an author.
    const auto left = world.users.service().find(robot.bot.id);
    QVERIFY(left);
    QVERIFY(left->username.startsWith(u"deleted_user_"_s));
    QCOMPARE(world.application(ann, robot.name).bot.username, robot.bot.username); // free again
}

void TestApplicationService::a_bot_that_owns_a_guild_stays()
{
    ApplicationWorld world;
    const UserId ann = world.user(u"ann"_s);
    const Application robot = world.application(ann);
    const QString token = world.applications.service().issueToken(world.as(ann), robot.id)->token;
    const GuildId other = world.guild(ann);
    world.join(other, robot.bot.id);
    const GuildId own = world.guild(robot.bot.id);
    const auto refused = world.applications.service().remove(world.as(ann), robot.id);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::InvalidGuild);
    // Nothing of it happened.
    QVERIFY(world.opens(token));
    QVERIFY(world.permission.service().requireMember(robot.bot.id, other));
    QVERIFY(world.permission.service().requireMember(robot.bot.id, own));
    QCOMPARE(world.events().count<MemberLeft>(), 0);
}

QTEST_GUILESS_MAIN(TestApplicationService)
#include "tst_application_service.moc"
