// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/auth/auth_repository.h"
#include "sql/queries/test_world.h"
#include "tests/modules/auth/auth_world.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestSignIn : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void an_account_is_named_in_many_ways_data();
    void an_account_is_named_in_many_ways();
    void the_answer_is_that_of_a_registration();
    void whatever_is_wrong_the_answer_is_one();
    void a_wrong_login_by_the_route_is_401();
    void a_login_without_an_account_is_400();
    void ten_tries_a_minute_from_one_address_for_one_name();
    void a_throttled_try_says_how_long_to_wait();
    void a_better_hash_replaces_an_older_one();
    void a_password_that_is_changed_meanwhile_opens_nothing();
    void signing_out_ends_this_token_at_once();
    void signing_out_leaves_other_sign_ins();
    void signing_out_twice_is_one_event();
    void a_sign_in_of_another_cannot_be_ended();
    void expired_sign_ins_are_swept();
    void me_is_the_account();

private:
    std::unique_ptr<AuthWorld> m_world; ///< of the tables below: a database costs time
    UserId m_ann;
};

void TestSignIn::initTestCase()
{
    m_world = std::make_unique<AuthWorld>();
    m_ann = m_world->registered(u"ann"_s).userId;
}

void TestSignIn::cleanupTestCase()
{
    m_world.reset();
}

void TestSignIn::an_account_is_named_in_many_ways_data()
{
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *title, const char *key, const char *account) {
        QTest::newRow(title) << QByteArray("{\"") + key + "\":\"" + account
                + R"(","password":"correct horse"})";
    };
    row("login", "login", "ann");
    row("login by address", "login", "ann@guildhall.test");
    row("email", "email", "ann@guildhall.test");
    row("name as email", "email", "ann");
    row("username", "username", "ann");
    row("big letters", "username", "ANN");
    row("address in big letters", "email", "Ann@Guildhall.Test");
    row("blanks around", "login", "  ann ");
}

void TestSignIn::an_account_is_named_in_many_ways()
{
    QFETCH(QByteArray, body);
    const Response answer = m_world->call("POST", "/auth/login", {}, body);
    QCOMPARE(answer.status, 200);
    const auto signedIn = json::decode<SignedIn>(QByteArrayView(answer.body));
    QVERIFY(signedIn);
    QCOMPARE(signedIn->userId, m_ann);
}

void TestSignIn::the_answer_is_that_of_a_registration()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    const auto again = world.login(u"ann"_s, AuthWorld::password);
    QVERIFY(again);
    QCOMPARE(json::encode(again->user), json::encode(ann.user));
    QVERIFY(again->token != ann.token); // a sign-in of its own
    QVERIFY(world.opens(AuthWorld::bearer(again->token)));
    QVERIFY(world.opens(AuthWorld::bearer(ann.token)));
}

void TestSignIn::whatever_is_wrong_the_answer_is_one()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    world.bot(u"robot"_s, ann.userId);
    const SignedIn gone = world.registered(u"gone"_s);
    world.database().session().exec(sql::test_world::disable_user, db::bind(":id", gone.userId));
    const auto shape = [&](const QString &account, const QString &secret) {
        const auto refused = world.login(account, secret);
        if (refused)
            return QByteArray("signed in");
        return refusalResponse(refused.error(), api::Dialect::Storefront).body
            + QByteArray::number(refused.error().effectiveStatus());
    };
    const QByteArray wrongPassword = shape(u"ann"_s, u"battery staple"_s);
    QVERIFY(wrongPassword.endsWith("401"));
    QCOMPARE(shape(u"nobody"_s, AuthWorld::password), wrongPassword);
    QCOMPARE(shape(u"nobody@guildhall.test"_s, AuthWorld::password), wrongPassword);
    QCOMPARE(shape(u"gone"_s, AuthWorld::password), wrongPassword);
    QCOMPARE(shape(u"robot"_s, AuthWorld::password), wrongPassword);
    QCOMPARE(shape(u"robot"_s, QString()), wrongPassword);
    QCOMPARE(shape(u"ann"_s, QString()), wrongPassword);
    QCOMPARE(shape(u"ann' OR '1'='1"_s, AuthWorld::password), wrongPassword);
    QCOMPARE(shape(u"ann"_s, QString(100'000, u'x')), wrongPassword);
}

void TestSignIn::a_wrong_login_by_the_route_is_401()
{
    AuthWorld world;
    world.registered(u"ann"_s);
    const Response answer
        = world.call("POST", "/auth/login", {}, R"({"email":"ann","password":"wrong"})");
    QCOMPARE(answer.status, 401);
    const QJsonObject body = QJsonDocument::fromJson(answer.body).object();
    QCOMPARE(body["code"_L1].toInt(), 50035);
    QCOMPARE(body["statusCode"_L1].toInt(), 401);
    for (const auto &field : {u"login"_s, u"password"_s}) {
        QCOMPARE(body["errors"_L1][field]["_errors"_L1][0]["code"_L1].toString(),
                 u"INVALID_LOGIN"_s);
    }
}

void TestSignIn::a_login_without_an_account_is_400()
{
    AuthWorld world;
    const Response none = world.call("POST", "/auth/login", {}, R"({"password":"x"})");
    QCOMPARE(none.status, 400);
    QVERIFY(none.body.contains("BASE_TYPE_REQUIRED"));
    const Response silent = world.call("POST", "/auth/login", {}, R"({"login":"ann"})");
    QCOMPARE(silent.status, 400);
    QVERIFY(silent.body.contains(R"("password":{"_errors":[{"code":"BASE_TYPE_REQUIRED")"));
}

void TestSignIn::ten_tries_a_minute_from_one_address_for_one_name()
{
    AuthWorld world;
    world.registered(u"ann"_s);
    world.registered(u"bob"_s);
    for (int i = 0; i < 10; ++i)
        QCOMPARE(world.login(u"ann"_s, u"wrong"_s).error().code, ErrorCode::InvalidFormBody);
    // Not even the right password opens now, nor another spelling of the name.
    QCOMPARE(world.login(u"ann"_s, AuthWorld::password).error().code, ErrorCode::AuthThrottled);
    QCOMPARE(world.login(u"ANN"_s, AuthWorld::password).error().code, ErrorCode::AuthThrottled);
    QVERIFY(world.login(u"bob"_s, AuthWorld::password));
    QVERIFY(world.login(u"ann"_s, AuthWorld::password, "192.0.2.2"));
    world.clock().advance(59s);
    QVERIFY(!world.login(u"ann"_s, AuthWorld::password));
    world.clock().advance(1s);
    QVERIFY(world.login(u"ann"_s, AuthWorld::password));
}

void TestSignIn::a_throttled_try_says_how_long_to_wait()
{
    AuthWorld world;
    Caller stranger;
    stranger.network = "192.0.2.1";
    const QByteArray body = R"({"login":"ann","password":"wrong"})";
    for (int i = 0; i < 10; ++i)
        QCOMPARE(world.call("POST", "/auth/login", stranger, body).status, 401);
    world.clock().advance(20s);
    const Response answer = world.call("POST", "/auth/login", stranger, body);
    QCOMPARE(answer.status, 429);
    const QJsonObject json = QJsonDocument::fromJson(answer.body).object();
    QCOMPARE(json["code"_L1].toInt(), 31001);
    QCOMPARE(json["retry_after"_L1].toDouble(), 40.0);
    QVERIFY(answer.headers.contains({"Retry-After", "40"}));
}

void TestSignIn::a_better_hash_replaces_an_older_one()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    const auto hashOf = [&] {
        return AuthRepository::passwordOf(world.database().session(), ann.userId)->hash;
    };
    const QByteArray before = hashOf();
    AuthSettings costlier = AuthWorld::cheap();
    costlier.passwordCost = {2, 8192};
    const TokenSigner signer({Secret<QByteArray>("0123456789abcdef0123456789abcdef")});
    SignIns signIns(world.kernel(), signer, 1h);
    AuthService later(world.kernel(), costlier, world.users(), signIns);
    Login body;
    body.login = u"ann"_s;
    body.password = u"wrong"_s;
    QVERIFY(!later.login({}, body));
    QCOMPARE(hashOf(), before);
    body.password = AuthWorld::password;
    QVERIFY(later.login({}, body));
    QVERIFY(hashOf() != before);
    QVERIFY(later.login({}, body));
    QVERIFY(PasswordHash({2, 8192}).verify(AuthWorld::password, hashOf()));
}

void TestSignIn::a_password_that_is_changed_meanwhile_opens_nothing()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    const auto old = AuthRepository::passwordOf(world.database().session(), ann.userId)->hash;
    const auto held = world.database().transact([&](db::Tx &tx) -> Result<std::pair<bool, bool>> {
        const bool before = AuthRepository::holdPassword(tx, ann.userId, old);
        AuthRepository::storePassword(tx, ann.userId, "another hash");
        return std::pair(before, AuthRepository::holdPassword(tx, ann.userId, old));
    });
    QCOMPARE(*held, std::pair(true, false));
}

void TestSignIn::signing_out_ends_this_token_at_once()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    const Caller caller = world.callerOf(ann); // remembered from here on
    QVERIFY(world.authenticator().recall(AuthWorld::bearer(ann.token)));
    QCOMPARE(world.call("POST", "/auth/logout", caller).status, 204);
    QVERIFY(!world.opens(AuthWorld::bearer(ann.token)));
    QVERIFY(!world.gateway().identify(ann.token.toLatin1()));
    QCOMPARE(world.events().count<TokensRevoked>(), 1);
    QVERIFY(world.events().last<TokensRevoked>().concerns(ann.userId, caller.session));
    QVERIFY(!world.events().last<TokensRevoked>().concerns(ann.userId, AuthSessionId(5)));
}

void TestSignIn::signing_out_leaves_other_sign_ins()
{
    AuthWorld world;
    const SignedIn desk = world.registered(u"ann"_s);
    const SignedIn phone = world.login(u"ann"_s, AuthWorld::password).value();
    QVERIFY(world.opens(AuthWorld::bearer(phone.token)));
    QVERIFY(world.auth().logout(world.callerOf(desk)));
    QVERIFY(world.opens(AuthWorld::bearer(phone.token)));
    QVERIFY(!world.opens(AuthWorld::bearer(desk.token)));
}

void TestSignIn::signing_out_twice_is_one_event()
{
    AuthWorld world;
    const Caller ann = world.callerOf(world.registered(u"ann"_s));
    QVERIFY(world.auth().logout(ann));
    QVERIFY(world.auth().logout(ann));
    QCOMPARE(world.events().count<TokensRevoked>(), 1);
}

void TestSignIn::a_sign_in_of_another_cannot_be_ended()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    Caller bob = world.callerOf(world.registered(u"bob"_s));
    bob.session = world.callerOf(ann).session;
    QVERIFY(world.auth().logout(bob));
    QVERIFY(world.opens(AuthWorld::bearer(ann.token)));
}

void TestSignIn::expired_sign_ins_are_swept()
{
    AuthWorld world;
    const auto count = [&] {
        return world.database().session().one<qint64>(sql::test_world::count_auth_sessions);
    };
    world.registered(u"ann"_s);
    world.clock().advance(std::chrono::hours(24));
    world.registered(u"bob"_s);
    QCOMPARE(world.auth().removeExpiredSignIns(), 0);
    QCOMPARE(count(), 2);
    world.clock().advance(std::chrono::hours(6 * 24));
    QCOMPARE(world.auth().removeExpiredSignIns(), 1);
    QCOMPARE(count(), 1);
}

void TestSignIn::me_is_the_account()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    const Response answer = world.call("GET", "/auth/me", ModuleWorld::as(ann.userId));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, json::encode(ann.user));
    QCOMPARE(world.call("GET", "/api/v9/users/@me", ModuleWorld::as(ann.userId)).body, answer.body);
}

QTEST_GUILESS_MAIN(TestSignIn)
#include "tst_sign_in.moc"
