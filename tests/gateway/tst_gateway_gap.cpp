// SPDX-License-Identifier: GPL-3.0-or-later
// Events were missed and nobody knows which: every client identifies again, whatever it was at.
#include "gateway_events.h"
#include "gateway_world.h"

#include <QTest>

#include <semaphore>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Holds judgements of tokens until they are let go, one by one.
class SlowAuthenticator {
public:
    explicit SlowAuthenticator(GatewayWorld &world)
    {
        world.authenticator.beforeAnswer = [state = m_state] {
            state->begun.release();
            (void)state->go.try_acquire_for(20s); // a test that failed must not hang
        };
    }
    bool hasBegun()
    {
        return QTest::qWaitFor([&] { return m_state->begun.try_acquire(); }, 10'000);
    }
    void letGo(int count = 1) { m_state->go.release(count); }

private:
    struct State {
        std::counting_semaphore<> begun{0};
        std::counting_semaphore<> go{0};
    };
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

const QJsonObject &identifyAsSeven()
{
    static const QJsonObject d{{u"token"_s, u"user-7"_s}};
    return d;
}

} // namespace

class TestGatewayGap : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_token_that_is_being_judged_has_to_be_given_again();
    void a_state_that_is_being_read_is_of_no_use();
    void an_old_judgement_makes_no_second_session();
    void only_the_newest_judgement_counts();
};

void TestGatewayGap::a_token_that_is_being_judged_has_to_be_given_again()
{
    GatewayWorld world;
    SlowAuthenticator slow(world);
    GatewayClient client(world.url());
    client.sendIdentify(u"user-7"_s);
    QVERIFY(slow.hasBegun());
    world.shards.invalidateSessions();
    slow.letGo(2);
    QCOMPARE(client.next(9)[u"d"], QJsonValue(false));
    QVERIFY(client.names().isEmpty());
    client.send(2, identifyAsSeven());
    QVERIFY(!client.nextDispatch(u"READY"_s).isEmpty());
}

void TestGatewayGap::a_state_that_is_being_read_is_of_no_use()
{
    GatewayWorld world;
    auto reading = std::make_shared<std::counting_semaphore<>>(0);
    auto go = std::make_shared<std::counting_semaphore<>>(0);
    world.ready.afterRead = [=] {
        reading->release();
        (void)go->try_acquire_for(20s);
    };
    GatewayClient client(world.url());
    client.sendIdentify(u"user-7"_s);
    QVERIFY(QTest::qWaitFor([&] { return reading->try_acquire(); }, 10'000));
    world.shards.invalidateSessions();
    QCOMPARE(client.next(9)[u"d"], QJsonValue(false));
    go->release(2);
    client.send(2, identifyAsSeven());
    QVERIFY(!client.nextDispatch(u"READY"_s).isEmpty());
    QVERIFY(client.sync());
    QCOMPARE(client.names(), QStringList{u"READY"_s});
    QCOMPARE(world.shards.statistics().sessions, 1);
}

void TestGatewayGap::an_old_judgement_makes_no_second_session()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    client.identify(u"user-7"_s);
    SlowAuthenticator slow(world);
    client.send(2, identifyAsSeven()); // would be closed with 4005, once it is judged
    QVERIFY(slow.hasBegun());
    world.shards.invalidateSessions();
    QCOMPARE(client.next(9)[u"d"], QJsonValue(false));
    client.send(2, identifyAsSeven());
    QVERIFY(slow.hasBegun());
    slow.letGo(2);
    QVERIFY(!client.nextDispatch(u"READY"_s).isEmpty());
    QVERIFY(client.sync());
    QCOMPARE(client.names(), (QStringList{u"READY"_s, u"READY"_s}));
    QCOMPARE(world.shards.statistics().sessions, 1);
    client.socket().close();
    QTRY_COMPARE(world.shards.statistics().sessions, 0);
}

void TestGatewayGap::only_the_newest_judgement_counts()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    client.identify(u"user-7"_s);
    SlowAuthenticator slow(world);
    // A rights fault ends the view while three tokens are being judged.
    for (int i = 0; i < 3; ++i) {
        client.send(
            6, QJsonObject{{u"token"_s, u"user-7"_s}, {u"session_id"_s, u"x"_s}, {u"seq"_s, 1}});
        QVERIFY(slow.hasBegun());
    }
    world.rights.forgetful = true;
    world.rights.failing = true;
    world.publish(Posted{"lost"});
    QCOMPARE(client.next(9)[u"d"], QJsonValue(false));
    world.rights.forgetful = false;
    client.send(2, identifyAsSeven());
    QVERIFY(slow.hasBegun());
    slow.letGo(4);
    QVERIFY(!client.nextDispatch(u"READY"_s).isEmpty());
    QVERIFY(client.sync());
    QCOMPARE(client.next(9, 0ms), QJsonObject()); // nobody answers what was asked before
    QCOMPARE(world.shards.statistics().sessions, 1);
}

QTEST_GUILESS_MAIN(TestGatewayGap)
#include "tst_gateway_gap.moc"
