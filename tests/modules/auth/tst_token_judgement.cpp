// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/security/bot_token.h"
#include "sql/queries/test_world.h"
#include "tests/modules/auth/auth_world.h"

#include <QMessageAuthenticationCode>
#include <QtTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray key = "0123456789abcdef0123456789abcdef";
const QByteArray goodHeader = R"({"alg":"HS256","typ":"JWT"})";

AuthSettings withKey(const QByteArray &secret)
{
    AuthSettings settings = AuthWorld::cheap();
    settings.jwtSecret = Secret<QByteArray>(secret);
    return settings;
}

QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray forge(const QByteArray &header, const QByteArray &payload, const QByteArray &secret,
                 QCryptographicHash::Algorithm hash = QCryptographicHash::Sha256)
{
    const QByteArray input = base64Url(header) + '.' + base64Url(payload);
    return input + '.' + base64Url(QMessageAuthenticationCode::hash(input, secret, hash));
}

QByteArray payloadOf(const QByteArray &token)
{
    return QByteArray::fromBase64(token.split('.')[1], QByteArray::Base64UrlEncoding);
}

} // namespace

class TestTokenJudgement : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void a_token_is_asked_about_once();
    void a_forged_token_is_refused_without_the_database_data();
    void a_forged_token_is_refused_without_the_database();
    void every_refusal_is_the_same();
    void schemes_do_not_mix();
    void schemes_are_read_in_any_case();
    void a_token_ends_when_it_says_so();
    void a_sign_in_that_is_not_there_opens_nothing();
    void a_sign_in_is_good_for_its_account_only();
    void a_disabled_account_is_out_within_a_minute();
    void an_older_token_is_refused_after_the_account_said_so();
    void a_bot_is_known_by_its_token();
    void a_bot_token_of_another_secret_is_refused();
    void a_new_bot_token_ends_the_one_before();
    void a_person_is_no_bot();
    void the_gateway_takes_both_kinds();
    void two_nodes_share_the_key_of_the_database();
    void a_token_of_the_previous_key_is_good_still();
    void a_word_that_is_no_token_is_refused();

private:
    std::unique_ptr<AuthWorld> m_world; ///< of the tables below: a database costs time
    SignedIn m_ann;
};

void TestTokenJudgement::initTestCase()
{
    m_world = std::make_unique<AuthWorld>(withKey(key));
    m_ann = m_world->registered(u"ann"_s);
}

void TestTokenJudgement::cleanupTestCase()
{
    m_world.reset();
}

void TestTokenJudgement::a_token_is_asked_about_once()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    const QByteArray header = AuthWorld::bearer(ann.token);
    QVERIFY(!world.authenticator().recall(header)); // not known: somebody has to ask
    const auto asked = world.authenticator().authenticate(header);
    QVERIFY(asked);
    const auto known = world.authenticator().recall(header);
    QVERIFY(known);
    QVERIFY(*known);
    QCOMPARE((*known)->user, asked->user);
    QCOMPARE((*known)->session, asked->session);
}

void TestTokenJudgement::a_forged_token_is_refused_without_the_database_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<int>("algorithm");
    const auto row = [](const char *title, const QByteArray &header, const QByteArray &secret,
                        QCryptographicHash::Algorithm algorithm = QCryptographicHash::Sha256) {
        QTest::newRow(title) << header << secret << int(algorithm);
    };
    row("another key", goodHeader, "fedcba9876543210fedcba9876543210");
    row("no key", goodHeader, "");
    row("none", R"({"alg":"none","typ":"JWT"})", key);
    row("none in big letters", R"({"alg":"NONE"})", key);
    row("HS384", R"({"alg":"HS384","typ":"JWT"})", key, QCryptographicHash::Sha384);
    row("HS512", R"({"alg":"HS512","typ":"JWT"})", key, QCryptographicHash::Sha512);
    row("RS256", R"({"alg":"RS256","typ":"JWT"})", key);
    row("crit", R"({"alg":"HS256","typ":"JWT","crit":["exp"]})", key);
    row("kid", R"({"alg":"HS256","typ":"JWT","kid":"../../dev/null"})", key);
}

void TestTokenJudgement::a_forged_token_is_refused_without_the_database()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, secret);
    QFETCH(int, algorithm);
    AuthWorld &world = *m_world;
    const QByteArray good = m_ann.token.toLatin1();
    QVERIFY(world.opens("Bearer " + forge(goodHeader, payloadOf(good), key)));
    const QByteArray forged = "Bearer "
        + forge(header, payloadOf(good), secret, QCryptographicHash::Algorithm(algorithm));
    const auto recalled = world.authenticator().recall(forged);
    QVERIFY(recalled); // known at once
    QVERIFY(!*recalled);
    QVERIFY(!world.authenticator().authenticate(forged));
    QVERIFY(!world.gateway().identify(forged.sliced(7)));
}

void TestTokenJudgement::every_refusal_is_the_same()
{
    AuthWorld world(withKey(key));
    const SignedIn ann = world.registered(u"ann"_s);
    const QByteArray out = AuthWorld::bearer(world.login(u"ann"_s, AuthWorld::password)->token);
    QVERIFY(world.auth().logout([&] {
        Caller who = ModuleWorld::as(ann.userId);
        static_cast<Principal &>(who) = world.authenticator().authenticate(out).value();
        return who;
    }()));
    const UserId robot = world.bot(u"robot"_s, ann.userId);
    const QByteArrayList bad{"",
                             "Bearer",
                             "Bearer x",
                             "Bot x",
                             out, // revoked
                             "Bot " + botToken::make(robot, world.clock().now()).reveal(),
                             "Bot " + botToken::make(UserId(7), world.clock().now()).reveal()};
    for (const QByteArray &header : bad) {
        const auto refused = world.authenticator().authenticate(header);
        QVERIFY2(!refused, header.constData());
        const Response answer = refusalResponse(refused.error(), api::Dialect::Api);
        QCOMPARE(answer.status, 401);
        QCOMPARE(answer.body, QByteArray(R"({"message":"401: Unauthorized","code":0})"));
    }
}

void TestTokenJudgement::schemes_do_not_mix()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    const QByteArray person = ann.token.toLatin1();
    const QByteArray robot = world.newBotToken(world.bot(u"robot"_s, ann.userId));
    // Before and after the tokens are remembered.
    for (int round = 0; round < 2; ++round) {
        QVERIFY(!world.opens("Bot " + person));
        QVERIFY(!world.opens("Bearer " + robot));
        QVERIFY(!world.opens(robot));
        QVERIFY(!world.opens("Basic " + person));
        QVERIFY(world.opens("Bearer " + person));
        QVERIFY(world.opens(person));
        QVERIFY(world.opens("Bot " + robot));
    }
}

void TestTokenJudgement::schemes_are_read_in_any_case()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    QVERIFY(world.opens("bearer " + ann.token.toLatin1()));
    QVERIFY(world.opens("  BEARER   " + ann.token.toLatin1() + ' '));
    QVERIFY(!world.opens("Bearer" + ann.token.toLatin1()));
}

void TestTokenJudgement::a_token_ends_when_it_says_so()
{
    AuthSettings settings = AuthWorld::cheap();
    settings.tokenLifetime = 30s; // less than what is remembered
    AuthWorld world(settings);
    const QByteArray header = AuthWorld::bearer(world.registered(u"ann"_s).token);
    QVERIFY(world.opens(header));
    world.clock().advance(29s);
    QVERIFY(world.authenticator().recall(header)->has_value());
    world.clock().advance(1s);
    QVERIFY(!world.authenticator().recall(header)->has_value());
    QVERIFY(!world.authenticator().authenticate(header));
}

void TestTokenJudgement::a_sign_in_that_is_not_there_opens_nothing()
{
    AuthWorld world(withKey(key));
    const SignedIn ann = world.registered(u"ann"_s);
    const TokenSigner signer({Secret<QByteArray>(key)});
    const Timestamp now = world.clock().now();
    const QByteArray token
        = signer.sign({ann.userId, AuthSessionId(5), now, Timestamp{now.ms + 3'600'000}, u"ann"_s});
    QVERIFY(!world.opens("Bearer " + token));
}

void TestTokenJudgement::a_sign_in_is_good_for_its_account_only()
{
    AuthWorld world(withKey(key));
    const SignedIn ann = world.registered(u"ann"_s);
    const SignedIn bob = world.registered(u"bob"_s);
    const TokenSigner signer({Secret<QByteArray>(key)});
    const Timestamp now = world.clock().now();
    const QByteArray token = signer.sign(
        {ann.userId, world.callerOf(bob).session, now, Timestamp{now.ms + 3'600'000}, u"ann"_s});
    QVERIFY(!world.opens("Bearer " + token));
}

void TestTokenJudgement::a_disabled_account_is_out_within_a_minute()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    QVERIFY(world.opens(AuthWorld::bearer(ann.token)));
    world.database().session().exec(sql::test_world::disable_user, db::bind(":id", ann.userId));
    QVERIFY(!world.gateway().identify(ann.token.toLatin1())); // always asks
    world.clock().advance(1min);
    QVERIFY(!world.opens(AuthWorld::bearer(ann.token)));
}

void TestTokenJudgement::an_older_token_is_refused_after_the_account_said_so()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    const auto validAfter = [&](qint64 msFromNow) {
        world.database().session().exec(
            sql::test_world::set_tokens_valid_after, db::bind(":id", ann.userId),
            db::bind(":time", Timestamp{world.clock().now().ms + msFromNow}));
        return world.gateway().identify(ann.token.toLatin1()).has_value();
    };
    QVERIFY(validAfter(-1000));
    QVERIFY(validAfter(0));
    QVERIFY(validAfter(999)); // the token knows whole seconds only
    QVERIFY(!validAfter(1000));
}

void TestTokenJudgement::a_bot_is_known_by_its_token()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    const UserId robot = world.bot(u"robot"_s, ann.userId);
    const QByteArray header = "Bot " + world.newBotToken(robot);
    QVERIFY(!world.authenticator().recall(header));
    const auto principal = world.authenticator().authenticate(header);
    QVERIFY(principal);
    QCOMPARE(principal->user, robot);
    QVERIFY(principal->bot);
    QVERIFY(!principal->session);
    QVERIFY(world.authenticator().recall(header)->has_value());
}

void TestTokenJudgement::a_bot_token_of_another_secret_is_refused()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    const UserId robot = world.bot(u"robot"_s, ann.userId);
    const QByteArray token = world.newBotToken(robot);
    QVERIFY(world.opens("Bot " + token));
    QVERIFY(!world.opens("Bot " + botToken::make(robot, world.clock().now()).reveal()));
    QVERIFY(!world.opens("Bot " + token.chopped(1)));
    QVERIFY(!world.opens("Bot " + token + 'A'));
    // A bot that was never given one.
    const UserId other = world.bot(u"other"_s, ann.userId);
    QVERIFY(!world.opens("Bot " + botToken::make(other, world.clock().now()).reveal()));
}

void TestTokenJudgement::a_new_bot_token_ends_the_one_before()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    const UserId robot = world.bot(u"robot"_s, ann.userId);
    const QByteArray first = world.newBotToken(robot);
    QVERIFY(world.opens("Bot " + first));
    const QByteArray second = world.newBotToken(robot);
    QVERIFY(world.database().transact([&](db::Tx &tx) -> Result<void> {
        world.auth().revokeAll(tx, robot);
        return {};
    }));
    QVERIFY(!world.opens("Bot " + first));
    QVERIFY(world.opens("Bot " + second));
}

void TestTokenJudgement::a_person_is_no_bot()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    QVERIFY(!world.opens("Bot " + botToken::make(ann.userId, world.clock().now()).reveal()));
}

void TestTokenJudgement::the_gateway_takes_both_kinds()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    const auto person = world.gateway().identify(ann.token.toLatin1());
    QVERIFY(person);
    QCOMPARE(person->user, ann.userId);
    QVERIFY(!person->bot);
    QCOMPARE(person->authSession, world.callerOf(ann).session);
    QCOMPARE(person->expiresAt->ms, world.clock().now().ms + 7 * 24 * 3'600'000LL);
    const UserId robot = world.bot(u"robot"_s, ann.userId);
    const auto bot = world.gateway().identify(world.newBotToken(robot));
    QVERIFY(bot);
    QCOMPARE(bot->user, robot);
    QVERIFY(bot->bot);
    QVERIFY(!bot->authSession);
    QVERIFY(!bot->expiresAt);
    QCOMPARE(bot->deniedIntents.bits, Intents().bits);
    QVERIFY(!world.gateway().identify({}));
    QVERIFY(!world.gateway().identify("nonsense"));
}

void TestTokenJudgement::two_nodes_share_the_key_of_the_database()
{
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    Router otherRoutes;
    Kernel otherNode{otherRoutes,        world.kernel().events, world.kernel().database,
                     world.kernel().ids, world.kernel().clock,  world.kernel().api};
    UserModule otherUsers(otherNode);
    AuthModule other(otherNode, AuthWorld::cheap(), otherUsers.service());
    QVERIFY(other.authenticator().authenticate(AuthWorld::bearer(ann.token)));
    AuthWorld elsewhere; // on another database
    QVERIFY(!elsewhere.opens(AuthWorld::bearer(ann.token)));
}

void TestTokenJudgement::a_token_of_the_previous_key_is_good_still()
{
    AuthWorld world(withKey(key));
    const SignedIn ann = world.registered(u"ann"_s);
    AuthSettings rotated = withKey("fedcba9876543210fedcba9876543210");
    Router otherRoutes;
    Kernel later{otherRoutes,        world.kernel().events, world.kernel().database,
                 world.kernel().ids, world.kernel().clock,  world.kernel().api};
    UserModule users(later);
    AuthModule without(later, rotated, users.service());
    QVERIFY(!without.authenticator().authenticate(AuthWorld::bearer(ann.token)));
    rotated.previousSecrets = {Secret<QByteArray>(key)};
    Router moreRoutes;
    Kernel last{moreRoutes,         world.kernel().events, world.kernel().database,
                world.kernel().ids, world.kernel().clock,  world.kernel().api};
    UserModule moreUsers(last);
    AuthModule with(last, rotated, moreUsers.service());
    QVERIFY(with.authenticator().authenticate(AuthWorld::bearer(ann.token)));
}

void TestTokenJudgement::a_word_that_is_no_token_is_refused()
{
    AuthWorld world;
    for (const QByteArray &header :
         {QByteArray(""), QByteArray("   "), QByteArray("Bearer "), QByteArray("Bot"),
          QByteArray("undefined"), QByteArray("null"), QByteArray("Bot a.b.c"),
          QByteArray("Bearer a.b.c"), QByteArray(16'000, 'x'), QByteArray("Bearer \0x", 9)}) {
        const auto known = world.authenticator().recall(header);
        QVERIFY2(known, header.left(20).constData());
        QVERIFY(!*known);
    }
}

QTEST_GUILESS_MAIN(TestTokenJudgement)
#include "tst_token_judgement.moc"
