// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/user/user_events.h"
#include "tests/modules/auth/auth_world.h"

#include <QtTest>

#include <thread>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// One black pixel.
const QByteArray png = "data:image/png;base64,"
                       "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+"
                       "kcQAAAABJRU5ErkJggg==";

} // namespace

class TestAccountChanges : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void a_display_name_needs_no_password();
    void an_empty_body_changes_nothing();
    void a_name_needs_the_password_data();
    void a_name_needs_the_password();
    void what_stays_the_same_needs_no_password();
    void saying_the_same_again_is_no_news();
    void a_taken_name_is_refused();
    void a_bad_value_is_refused_data();
    void a_bad_value_is_refused();
    void an_image_becomes_a_hash();
    void a_new_password_ends_every_token();
    void a_new_password_is_asked_for_from_then_on();
    void of_two_new_passwords_at_once_one_wins();
    void passwords_cannot_be_guessed_with_a_token();
    void a_bot_needs_no_password();
    void a_bot_has_no_mail_address();
    void an_account_that_is_gone_is_401();

private:
    static Response patch(AuthWorld &world, UserId who, const QByteArray &body)
    {
        return world.call("PATCH", "/api/v10/users/@me", ModuleWorld::as(who), body);
    }

    std::unique_ptr<AuthWorld> m_world; ///< of the tables below: a database costs time
    SignedIn m_ann;
};

void TestAccountChanges::initTestCase()
{
    m_world = std::make_unique<AuthWorld>();
    m_ann = m_world->registered(u"ann"_s);
}

void TestAccountChanges::cleanupTestCase()
{
    m_world.reset();
}

void TestAccountChanges::a_display_name_needs_no_password()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    const Response answer = patch(world, ann.userId, R"({"global_name":" Ann Smith "})");
    QCOMPARE(answer.status, 200);
    const auto self = json::decode<ModifiedSelf>(QByteArrayView(answer.body));
    QCOMPARE(self->globalName.value_or(QString()), u"Ann Smith"_s);
    QVERIFY(!self->token);
    QCOMPARE(world.events().count<UserUpdated>(), 1);
    QCOMPARE(world.users().find(ann.userId)->globalName.value_or(QString()), u"Ann Smith"_s);
    QVERIFY(
        patch(world, ann.userId, R"({"global_name":""})").body.contains(R"("global_name":null)"));
    QVERIFY(world.opens(AuthWorld::bearer(ann.token)));
}

void TestAccountChanges::an_empty_body_changes_nothing()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    const Response answer = patch(world, ann.userId, {});
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, json::encode(ann.user));
    QCOMPARE(world.events().count<UserUpdated>(), 0);
}

void TestAccountChanges::a_name_needs_the_password_data()
{
    QTest::addColumn<QByteArray>("change");
    QTest::newRow("username") << QByteArray(R"("username":"Anna")");
    QTest::newRow("email") << QByteArray(R"("email":"Anna@y.z")");
    QTest::newRow("password") << QByteArray(R"("new_password":"battery staple")");
}

void TestAccountChanges::a_name_needs_the_password()
{
    QFETCH(QByteArray, change);
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    const Response without = patch(world, ann.userId, '{' + change + '}');
    QCOMPARE(without.status, 400);
    QVERIFY(without.body.contains(R"("password":{"_errors":[{"code":"BASE_TYPE_REQUIRED")"));
    const Response wrong = patch(world, ann.userId, '{' + change + R"(,"password":"wrong"})");
    QCOMPARE(wrong.status, 400);
    QVERIFY(wrong.body.contains(R"("password":{"_errors":[{"code":"PASSWORD_DOES_NOT_MATCH")"));
    QCOMPARE(world.events().count<UserUpdated>(), 0);
    const Response right
        = patch(world, ann.userId, '{' + change + R"(,"password":"correct horse"})");
    QCOMPARE(right.status, 200);
    const UserSelf self = *world.users().self(ann.userId);
    if (change.contains("username"))
        QCOMPARE(self.username, u"anna"_s);
    if (change.contains("email"))
        QCOMPARE(self.email.value_or(QString()), u"anna@y.z"_s);
}

void TestAccountChanges::what_stays_the_same_needs_no_password()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    const Response answer = patch(
        world, ann.userId, R"({"username":"ANN","email":"Ann@Guildhall.test","global_name":"A"})");
    QCOMPARE(answer.status, 200);
}

void TestAccountChanges::saying_the_same_again_is_no_news()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    const QByteArray body = R"({"global_name":"Ann","banner":null,"avatar":")" + png + "\"}";
    QCOMPARE(patch(world, ann.userId, body).status, 200);
    QCOMPARE(world.events().count<UserUpdated>(), 1);
    const Response again = patch(world, ann.userId, body);
    QCOMPARE(again.status, 200);
    QCOMPARE(world.events().count<UserUpdated>(), 1);
    QVERIFY(again.body.contains("\"global_name\":\"Ann\""));
}

void TestAccountChanges::a_taken_name_is_refused()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    world.registered(u"bob"_s);
    const Response answer
        = patch(world, ann.userId,
                R"({"username":"bob","email":"bob@guildhall.test","password":"correct horse"})");
    QCOMPARE(answer.status, 400);
    QVERIFY(answer.body.contains("USERNAME_ALREADY_TAKEN"));
    QVERIFY(answer.body.contains("EMAIL_ALREADY_REGISTERED"));
}

void TestAccountChanges::a_bad_value_is_refused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("username") << QByteArray(R"({"username":"x y"})")
                              << QByteArray("USERNAME_INVALID_CONTAINS");
    QTest::newRow("name of a deleted account") << QByteArray(R"({"username":"deleted_user_7"})")
                                               << QByteArray("USERNAME_INVALID_RESERVED");
    QTest::newRow("email") << QByteArray(R"({"email":"nowhere"})")
                           << QByteArray("EMAIL_TYPE_INVALID_EMAIL");
    QTest::newRow("new password") << QByteArray(R"({"new_password":"short"})")
                                  << QByteArray("BASE_TYPE_BAD_LENGTH");
    QTest::newRow("display name") << R"({"global_name":")" + QByteArray(33, 'x') + "\"}"
                                  << QByteArray("BASE_TYPE_MAX_LENGTH");
    QTest::newRow("image") << QByteArray(R"({"avatar":"data:image/png;base64,AAAA"})")
                           << QByteArray("IMAGE_INVALID");
    QTest::newRow("address for an image")
        << QByteArray(R"({"banner":"https://example.com/x.png"})") << QByteArray("IMAGE_INVALID");
}

void TestAccountChanges::a_bad_value_is_refused()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, code);
    const Response answer = patch(*m_world, m_ann.userId, body);
    QCOMPARE(answer.status, 400);
    QVERIFY2(answer.body.contains(code), answer.body.constData());
    QCOMPARE(json::encode(*m_world->users().self(m_ann.userId)), json::encode(m_ann.user));
}

void TestAccountChanges::an_image_becomes_a_hash()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    const Response answer
        = patch(world, ann.userId, R"({"avatar":")" + png + R"(","banner":")" + png + "\"}");
    QCOMPARE(answer.status, 200);
    const QString hash = ImageData::fromDataUri(png)->hash();
    QCOMPARE(hash.size(), 32);
    QCOMPARE(world.users().find(ann.userId)->avatar.value_or(QString()), hash);
    QCOMPARE(world.users().find(ann.userId)->banner.value_or(QString()), hash);
    QCOMPARE(patch(world, ann.userId, R"({"avatar":null})").status, 200);
    QVERIFY(!world.users().find(ann.userId)->avatar);
    QVERIFY(world.users().find(ann.userId)->banner);
}

void TestAccountChanges::a_new_password_ends_every_token()
{
    AuthWorld world;
    const SignedIn desk = world.registered(u"ann"_s);
    const SignedIn phone = world.login(u"ann"_s, AuthWorld::password).value();
    QVERIFY(world.opens(AuthWorld::bearer(desk.token)));
    QVERIFY(world.opens(AuthWorld::bearer(phone.token)));
    // In the same second: a token tells no finer time, yet the new one lives and they do not.
    const Response answer = patch(
        world, desk.userId, R"({"new_password":"battery staple","password":"correct horse"})");
    QCOMPARE(answer.status, 200);
    const auto self = json::decode<ModifiedSelf>(QByteArrayView(answer.body));
    QVERIFY(self->token);
    QVERIFY(!world.opens(AuthWorld::bearer(desk.token)));
    QVERIFY(!world.opens(AuthWorld::bearer(phone.token)));
    QVERIFY(world.opens(AuthWorld::bearer(*self->token)));
    QCOMPARE(world.events().count<TokensRevoked>(), 1);
    QVERIFY(!world.events().last<TokensRevoked>().session); // all of them
    QVERIFY(!answer.body.contains("battery"));
}

void TestAccountChanges::a_new_password_is_asked_for_from_then_on()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    const QByteArray body = R"({"new_password":"battery staple","password":"correct horse"})";
    QCOMPARE(patch(world, ann.userId, body).status, 200);
    QVERIFY(!world.login(u"ann"_s, AuthWorld::password));
    QVERIFY(world.login(u"ann"_s, u"battery staple"_s));
    QCOMPARE(patch(world, ann.userId, body).status, 400);
}

void TestAccountChanges::of_two_new_passwords_at_once_one_wins()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    std::array<Response, 4> answers;
    {
        std::vector<std::jthread> threads;
        for (size_t i = 0; i < answers.size(); ++i) {
            threads.emplace_back([&, i] {
                answers[i] = patch(world, ann.userId,
                                   R"({"password":"correct horse","new_password":"the password )"
                                       + QByteArray::number(int(i)) + "\"}");
                world.database().closeThreadSession();
            });
        }
    }
    int winner = -1;
    for (size_t i = 0; i < answers.size(); ++i) {
        if (answers[i].status != 200) {
            QVERIFY(answers[i].body.contains("PASSWORD_DOES_NOT_MATCH"));
            continue;
        }
        QCOMPARE(winner, -1);
        winner = int(i);
    }
    QVERIFY(winner >= 0);
    QVERIFY(world.login(u"ann"_s, u"the password %1"_s.arg(winner)));
}

void TestAccountChanges::passwords_cannot_be_guessed_with_a_token()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    const QByteArray guess = R"({"username":"anna","password":"guess"})";
    for (int i = 0; i < 10; ++i)
        QCOMPARE(patch(world, ann.userId, guess).status, 400);
    QCOMPARE(patch(world, ann.userId, guess).status, 429);
    const QByteArray right = R"({"username":"anna","password":"correct horse"})";
    const Response stopped = patch(world, ann.userId, right);
    QCOMPARE(stopped.status, 429);
    QVERIFY(stopped.body.contains(R"("code":31001)"));
    QCOMPARE(patch(world, ann.userId, R"({"global_name":"A"})").status, 200);
    world.clock().advance(60s);
    QCOMPARE(patch(world, ann.userId, right).status, 200);
}

void TestAccountChanges::a_bot_needs_no_password()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    const UserId robot = world.bot(u"robot"_s, ann.userId);
    const Response answer = world.call("PATCH", "/api/v10/users/@me", ModuleWorld::as(robot, true),
                                       R"({"username":"Robot2","avatar":")" + png + "\"}");
    QCOMPARE(answer.status, 200);
    QCOMPARE(world.users().find(robot)->username, u"robot2"_s);
    QVERIFY(world.users().find(robot)->avatar);
}

void TestAccountChanges::a_bot_has_no_mail_address()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    const UserId robot = world.bot(u"robot"_s, ann.userId);
    const Response answer
        = world.call("PATCH", "/api/v10/users/@me", ModuleWorld::as(robot, true),
                     R"({"email":"r@y.z","new_password":"a password","global_name":"R"})");
    QCOMPARE(answer.status, 200);
    QVERIFY(!answer.body.contains("token"));
    const UserSelf self = *world.users().self(robot);
    QVERIFY(!self.email);
    QVERIFY(!self.globalName);
    QVERIFY(!world.login(u"robot"_s, u"a password"_s));
}

void TestAccountChanges::an_account_that_is_gone_is_401()
{
    AuthWorld world;
    QCOMPARE(patch(world, UserId(77), R"({"global_name":"x"})").status, 401);
}

QTEST_GUILESS_MAIN(TestAccountChanges)
#include "tst_account_changes.moc"
