// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/modules/presence/presence_world.h"

#include <QtTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// Who types. @source api.md 8.2
class TestTypingService : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_world = std::make_unique<PresenceWorld>(); }
    void cleanupTestCase() { m_world.reset(); }
    void typing_is_told_to_the_channel();
    void typing_is_refused_data();
    void typing_is_refused();

private:
    std::unique_ptr<PresenceWorld> m_world;
};

void TestTypingService::typing_is_told_to_the_channel()
{
    PresenceWorld w;
    w.clock().advance(1999ms);
    const auto answer = w.ask("POST", "/api/v10/channels/" + str(w.general) + "/typing", w.bob);
    QCOMPARE(answer.status, 204);
    const auto event = w.events().last<TypingStarted>();
    QVERIFY2(event.payload(PayloadVariant::Full)
                 .startsWith("{\"channel_id\":\"" + str(w.general) + "\",\"guild_id\":\""
                             + str(w.first) + "\",\"user_id\":\"" + str(w.bob)
                             + "\",\"timestamp\":1767225601,\"member\":{"),
             event.payload(PayloadVariant::Full));
    QCOMPARE(event.member.user.username, u"bob"_s);
    QCOMPARE(event.intent(), Intent::GuildMessageTyping);
}

void TestTypingService::typing_is_refused_data()
{
    QTest::addColumn<QByteArray>("what");
    QTest::addColumn<int>("code");
    QTest::newRow("no channel") << "none"_ba << 10003;
    QTest::newRow("outsider") << "outsider"_ba << 50001;
    QTest::newRow("hidden") << "hidden"_ba << 50001;
    QTest::newRow("read only") << "silent"_ba << 50013;
    QTest::newRow("category") << "category"_ba << 50008;
}

void TestTypingService::typing_is_refused()
{
    QFETCH(const QByteArray, what);
    QFETCH(const int, code);
    PresenceWorld &w = *m_world;
    w.events().clear();
    ChannelId channel = what == "category" ? w.channel(w.first, {ChannelType::Category})
        : what == "none"                   ? ChannelId(1)
                                           : w.channel(w.first);
    if (what == "hidden")
        w.overwriteRole(channel, RoleId(w.first), {}, Permission::ViewChannel);
    if (what == "silent")
        w.overwriteRole(channel, RoleId(w.first), {}, Permission::SendMessages);
    const UserId who = what == "outsider" ? w.user(u"outsider"_s) : w.bob;
    QCOMPARE(w.ask("POST", "/api/v10/channels/" + str(channel) + "/typing", who).code(), code);
    QCOMPARE(w.events().count<TypingStarted>(), 0);
}

QTEST_GUILESS_MAIN(TestTypingService)
#include "tst_typing_service.moc"
