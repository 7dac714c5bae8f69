// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/auth/auth_repository.h"
#include "server/modules/user/user_events.h"
#include "sql/queries/test_world.h"
#include "tests/modules/auth/auth_world.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <thread>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

class TestRegistration : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void the_answer_has_the_token_under_three_names();
    void the_answer_by_the_route_is_201_at_both_places();
    void a_token_of_a_registration_opens_requests();
    void a_name_is_kept_in_small_letters();
    void what_is_wrong_is_refused_data();
    void what_is_wrong_is_refused();
    void every_mistake_is_named_at_once();
    void taken_names_are_named_together();
    void a_password_is_hashed();
    void the_invite_is_told_to_listeners();
    void a_refused_registration_is_no_event();
    void of_many_at_once_one_gets_the_name();
    void closed_registration_comes_before_the_body();
    void an_administrator_is_made_by_the_command_line();
    void an_administrator_keeps_to_the_same_rules();

private:
    std::unique_ptr<AuthWorld> m_world; ///< of the tables below: a database costs time
};

void TestRegistration::initTestCase()
{
    m_world = std::make_unique<AuthWorld>();
}

void TestRegistration::cleanupTestCase()
{
    m_world.reset();
}

void TestRegistration::the_answer_has_the_token_under_three_names()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    QVERIFY(!ann.token.isEmpty());
    const QJsonObject body = QJsonDocument::fromJson(json::encode(ann)).object();
    QCOMPARE(body["token"_L1].toString(), ann.token);
    QCOMPARE(body["access_token"_L1].toString(), ann.token);
    QCOMPARE(body["accessToken"_L1].toString(), ann.token);
    QCOMPARE(body["token_type"_L1].toString(), u"Bearer"_s);
    QCOMPARE(body["expires_in"_L1].toInt(), 7 * 24 * 3600);
    QCOMPARE(body["user_id"_L1].toString(), body["user"_L1]["id"_L1].toString());
    QCOMPARE(body["user"_L1]["username"_L1].toString(), u"ann"_s);
    QCOMPARE(body["user"_L1]["email"_L1].toString(), u"ann@guildhall.test"_s);
}

void TestRegistration::the_answer_by_the_route_is_201_at_both_places()
{
    AuthWorld world;
    const QByteArray body
        = R"({"username":"%1","email":"%1@y.z","password":"longer than eight","consent":true})";
    const Response storefront
        = world.call("POST", "/auth/register", {}, QByteArray(body).replace("%1", "ann"));
    QCOMPARE(storefront.status, 201);
    const Response api
        = world.call("POST", "/api/v10/auth/register", {}, QByteArray(body).replace("%1", "bob"));
    QCOMPARE(api.status, 201);
    const Response twice
        = world.call("POST", "/auth/register", {}, QByteArray(body).replace("%1", "ann"));
    QCOMPARE(twice.status, 400);
    QVERIFY(twice.body.contains("USERNAME_ALREADY_TAKEN"));
    QVERIFY(twice.body.contains("EMAIL_ALREADY_REGISTERED"));
    QVERIFY(twice.body.contains(R"("statusCode":400)"));
    QVERIFY(!twice.body.contains("longer than eight"));
}

void TestRegistration::a_token_of_a_registration_opens_requests()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    const auto principal = world.authenticator().authenticate(AuthWorld::bearer(ann.token));
    QVERIFY(principal);
    QCOMPARE(principal->user, ann.userId);
    QVERIFY(!principal->bot);
    QVERIFY(principal->session);
}

void TestRegistration::a_name_is_kept_in_small_letters()
{
    AuthWorld world;
    const Response answer
        = world.call("POST", "/auth/register", {},
                     R"({"username":" Ann.Smith_1 ","email":"Ann@Y.Z","password":"12345678"})");
    QCOMPARE(answer.status, 201);
    QVERIFY(answer.body.contains(R"("username":"ann.smith_1")"));
    QVERIFY(answer.body.contains(R"("email":"ann@y.z")"));
}

void TestRegistration::what_is_wrong_is_refused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char *title, const QByteArray &body, const QString &field,
                        const QByteArray &code) {
        QTest::newRow(title) << body << field << code;
    };
    row("no name", R"({"email":"a@b.c","password":"12345678"})", u"username"_s,
        "BASE_TYPE_REQUIRED");
    row("no mail address", R"({"username":"ann","password":"12345678"})", u"email"_s,
        "BASE_TYPE_REQUIRED");
    row("no password", R"({"username":"ann","email":"a@b.c"})", u"password"_s,
        "BASE_TYPE_REQUIRED");
    row("short name", R"({"username":"a","email":"a@b.c","password":"12345678"})", u"username"_s,
        "BASE_TYPE_BAD_LENGTH");
    row("long name",
        R"({"username":"abcdefghijklmnopqrstuvwxyz1234567","email":"a@b.c","password":"12345678"})",
        u"username"_s, "BASE_TYPE_BAD_LENGTH");
    row("blank in a name", R"({"username":"an n","email":"a@b.c","password":"12345678"})",
        u"username"_s, "USERNAME_INVALID_CONTAINS");
    row("letters that look alike", R"({"username":"аnn","email":"a@b.c","password":"12345678"})",
        u"username"_s, "USERNAME_INVALID_CONTAINS");
    row("a Kelvin sign",
        "{\"username\":\"\xe2\x84\xaa"
        "elvin\",\"email\":\"a@b.c\",\"password\":\"12345678\"}",
        u"username"_s, "USERNAME_INVALID_CONTAINS");
    row("name of a deleted account",
        R"({"username":"Deleted_user_7","email":"a@b.c","password":"12345678"})", u"username"_s,
        "USERNAME_INVALID_RESERVED");
    row("no at", R"({"username":"ann","email":"ab.c","password":"12345678"})", u"email"_s,
        "EMAIL_TYPE_INVALID_EMAIL");
    row("two ats", R"({"username":"ann","email":"a@b@c","password":"12345678"})", u"email"_s,
        "EMAIL_TYPE_INVALID_EMAIL");
    row("nothing before the at", R"({"username":"ann","email":"@b.c","password":"12345678"})",
        u"email"_s, "EMAIL_TYPE_INVALID_EMAIL");
    row("nothing behind the at", R"({"username":"ann","email":"a@","password":"12345678"})",
        u"email"_s, "EMAIL_TYPE_INVALID_EMAIL");
    row("line break in an address",
        R"({"username":"ann","email":"a@b.c\nBcc: d","password":"12345678"})", u"email"_s,
        "EMAIL_TYPE_INVALID_EMAIL");
    row("long address",
        R"({"username":"ann","password":"12345678","email":"a@)" + QByteArray(253, 'b') + "\"}",
        u"email"_s, "EMAIL_TYPE_INVALID_EMAIL");
    row("short password", R"({"username":"ann","email":"a@b.c","password":"1234567"})",
        u"password"_s, "BASE_TYPE_BAD_LENGTH");
    row("long password",
        R"({"username":"ann","email":"a@b.c","password":")" + QByteArray(73, 'x') + "\"}",
        u"password"_s, "BASE_TYPE_BAD_LENGTH");
    row("a number for a name", R"({"username":[1],"email":"a@b.c","password":"12345678"})",
        u"username"_s, "STRING_TYPE_CONVERT");
}

void TestRegistration::what_is_wrong_is_refused()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, field);
    QFETCH(QByteArray, code);
    const Response answer = m_world->call("POST", "/auth/register", {}, body);
    QCOMPARE(answer.status, 400);
    const QJsonObject error = QJsonDocument::fromJson(answer.body).object();
    QCOMPARE(error["code"_L1].toInt(), 50035);
    const QJsonArray leaves = error["errors"_L1][field]["_errors"_L1].toArray();
    QCOMPARE(leaves.size(), 1);
    QCOMPARE(leaves[0]["code"_L1].toString().toLatin1(), code);
}

void TestRegistration::every_mistake_is_named_at_once()
{
    AuthWorld world;
    const Response answer = world.call("POST", "/auth/register", {},
                                       R"({"username":"?","email":"x","password":"1"})");
    const QJsonObject errors
        = QJsonDocument::fromJson(answer.body).object()["errors"_L1].toObject();
    QCOMPARE(errors.keys(), QStringList({u"email"_s, u"password"_s, u"username"_s}));
    QCOMPARE(errors["username"_L1]["_errors"_L1].toArray().size(), 2); // length and characters
}

void TestRegistration::taken_names_are_named_together()
{
    AuthWorld world;
    world.registered(u"ann"_s);
    const auto twin = world.auth().registerAccount(
        Register{u"ann"_s, u"ANN@guildhall.test"_s, AuthWorld::password, {}, {}});
    QVERIFY(!twin);
    QCOMPARE(codeAt(twin.error(), u"username"_s), QByteArray("USERNAME_ALREADY_TAKEN"));
    QCOMPARE(codeAt(twin.error(), u"email"_s), QByteArray("EMAIL_ALREADY_REGISTERED"));
}

void TestRegistration::a_password_is_hashed()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    const auto stored = AuthRepository::passwordOf(world.database().session(), ann.userId);
    QVERIFY(stored);
    QVERIFY(stored->hash.startsWith("$argon2id$"));
    QVERIFY(!stored->hash.contains(AuthWorld::password.toLatin1()));
}

void TestRegistration::the_invite_is_told_to_listeners()
{
    AuthWorld world;
    const auto ann = world.auth().registerAccount(
        Register{u"ann"_s, u"a@b.c"_s, AuthWorld::password, {}, u"aBcD1234"_s});
    QVERIFY(ann);
    QCOMPARE(world.events().count<AccountRegistered>(), 1);
    QCOMPARE(world.events().last<AccountRegistered>().user, ann->userId);
    QCOMPARE(world.events().last<AccountRegistered>().invite, u"aBcD1234"_s);
    QVERIFY(world.events().names().isEmpty()); // clients hear nothing of it
}

void TestRegistration::a_refused_registration_is_no_event()
{
    AuthWorld world;
    world.registered(u"ann"_s);
    world.events().clear();
    QVERIFY(
        !world.auth().registerAccount(Register{u"ann"_s, u"x@y.z"_s, AuthWorld::password, {}, {}}));
    QCOMPARE(world.events().count<AccountRegistered>(), 0);
}

void TestRegistration::of_many_at_once_one_gets_the_name()
{
    AuthWorld world;
    constexpr int contenders = 6;
    std::vector<Result<SignedIn>> results(contenders, refuse(ErrorCode::Internal));
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < contenders; ++i) {
            threads.emplace_back([&, i] {
                results[size_t(i)] = world.auth().registerAccount(
                    Register{u"ann"_s, u"a%1@y.z"_s.arg(i), AuthWorld::password, {}, {}});
                world.database().closeThreadSession();
            });
        }
    }
    int made = 0;
    for (const auto &result : results) {
        if (result)
            ++made;
        else
            QCOMPARE(codeAt(result.error(), u"username"_s), QByteArray("USERNAME_ALREADY_TAKEN"));
    }
    QCOMPARE(made, 1);
    QCOMPARE(world.events().count<AccountRegistered>(), 1);
}

void TestRegistration::closed_registration_comes_before_the_body()
{
    AuthSettings settings = AuthWorld::cheap();
    settings.registrationOpen = false;
    AuthWorld world(settings);
    const Response answer = world.call("POST", "/auth/register", {}, "{}");
    QCOMPARE(answer.status, 403);
    QVERIFY(answer.body.contains(R"("code":40006)"));
    QVERIFY(!answer.body.contains("errors"));
    // The command line still makes accounts.
    QVERIFY(world.auth().createAdministrator(u"root"_s, u"r@y.z"_s,
                                             Secret<QString>(AuthWorld::password)));
}

void TestRegistration::an_administrator_is_made_by_the_command_line()
{
    AuthWorld world;
    const auto root = world.auth().createAdministrator(u"Root"_s, u"Root@Y.Z"_s,
                                                       Secret<QString>(AuthWorld::password));
    QVERIFY(root);
    QCOMPARE(root->username, u"root"_s);
    QVERIFY(world.database().session().one<bool>(sql::test_world::is_administrator,
                                                 db::bind(":id", root->id)));
    QVERIFY(world.login(u"root@y.z"_s, AuthWorld::password));
    const SignedIn ann = world.registered(u"ann"_s);
    QVERIFY(!world.database().session().one<bool>(sql::test_world::is_administrator,
                                                  db::bind(":id", ann.userId)));
}

void TestRegistration::an_administrator_keeps_to_the_same_rules()
{
    AuthWorld world;
    world.registered(u"ann"_s);
    const auto bad
        = world.auth().createAdministrator(u"ro ot"_s, u"nowhere"_s, Secret<QString>(u"short"_s));
    QVERIFY(!bad);
    QCOMPARE(bad.error().fields.size(), size_t(3));
    const auto taken = world.auth().createAdministrator(u"ann"_s, u"r@y.z"_s,
                                                        Secret<QString>(AuthWorld::password));
    QVERIFY(!taken);
    QCOMPARE(codeAt(taken.error(), u"username"_s), QByteArray("USERNAME_ALREADY_TAKEN"));
}

QTEST_GUILESS_MAIN(TestRegistration)
#include "tst_registration.moc"
