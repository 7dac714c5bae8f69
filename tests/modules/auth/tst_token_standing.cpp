// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/modules/auth/auth_world.h"

#include <QtTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What is known of a token before the database is asked: enough to tell guesses from others.
class TestTokenStanding : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_token_has_a_standing_before_it_is_judged();
};

void TestTokenStanding::a_token_has_a_standing_before_it_is_judged()
{
    using Standing = Authenticator::Standing;
    AuthWorld world;
    const SignedIn ann = world.registered(u"ann"_s);
    const QByteArray person = AuthWorld::bearer(ann.token);
    const UserId robotId = world.bot(u"robot"_s, ann.userId);
    const QByteArray robot = "Bot " + world.newBotToken(robotId);
    const auto standing = [&](const QByteArray &header) {
        return world.authenticator().standing(header);
    };
    QVERIFY(standing("nonsense") == Standing::Unknown);
    QVERIFY(standing(person) == Standing::Signed);
    QVERIFY(standing(robot) == Standing::Unknown); // nothing in it is signed
    QVERIFY(world.opens(person));
    QVERIFY(world.opens(robot));
    world.clock().advance(2min); // it has to be judged again
    QVERIFY(!world.authenticator().recall(robot));
    QVERIFY(standing(person) == Standing::WasGood);
    QVERIFY(standing(robot) == Standing::WasGood);
    QVERIFY(world.database().transact([&](db::Tx &tx) -> Result<void> {
        world.auth().revokeAll(tx, ann.userId);
        return {};
    }));
    world.newBotToken(robotId);
    QVERIFY(!world.opens(person));
    QVERIFY(!world.opens(robot));
    // Refused once, they are guesses among others.
    QVERIFY(standing(person) == Standing::Signed);
    QVERIFY(standing(robot) == Standing::Unknown);
}

QTEST_GUILESS_MAIN(TestTokenStanding)
#include "tst_token_standing.moc"
