// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/invite/invite_events.h"
#include "server/modules/member/member_events.h"
#include "server/modules/user/user_events.h"
#include "tests/support/community_world.h"
#include "tests/support/refusals.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <thread>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

class TestInviteAcceptance : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_world = std::make_unique<CommunityWorld>(); }
    void cleanupTestCase() { m_world.reset(); }
    void init();

    void accepting_joins_and_counts();
    void who_is_in_uses_nothing();
    void the_last_use_ends_it();
    void what_is_gone_lets_nobody_in();
    void a_banned_person_stays_out();
    void a_full_person_stays_out();
    void of_many_at_once_no_more_join_than_it_allows();
    void one_person_at_once_uses_it_once();
    void registering_with_an_invite_joins();
    void registering_with_a_bad_invite_is_no_failure();

private:
    QString invite(const QByteArray &json = {})
    {
        const ChannelId channel = m_world->channelOf(m_guild, ChannelType::Text);
        const Response answer = m_world->call(
            "POST", "/api/v10/channels/" + QByteArray::number(channel.value()) + "/invites",
            m_world->as(m_world->ownerOf(m_guild)), json);
        m_world->events().clear();
        return QJsonDocument::fromJson(answer.body)["code"_L1].toString();
    }
    Response accept(const QString &code, UserId who)
    {
        return m_world->call("POST", "/api/v10/invites/" + code.toLatin1(), m_world->as(who), "{}");
    }
    static int errorOf(const Response &answer)
    {
        return QJsonDocument::fromJson(answer.body)["code"_L1].toInt();
    }
    UserId somebody() { return m_world->user(u"guest%1"_s.arg(++m_names)); }
    bool isIn(UserId user)
    {
        return m_world->permissions().requireMember(user, m_guild).has_value();
    }
    int usesOf(const QString &code)
    {
        const Response answer = m_world->call(
            "GET", "/api/v10/guilds/" + QByteArray::number(m_guild.value()) + "/invites",
            m_world->as(m_world->ownerOf(m_guild)));
        const QJsonDocument list = QJsonDocument::fromJson(answer.body);
        for (qsizetype i = 0; i < 10; ++i) {
            if (list[i]["code"_L1].toString() == code)
                return list[i]["uses"_L1].toInt();
        }
        return -1;
    }
    /// How many of `users` get in when they all come at once.
    int allAtOnce(const QString &code, const std::vector<UserId> &users)
    {
        std::atomic<int> joined = 0;
        std::vector<std::thread> threads;
        for (const UserId user : users) {
            threads.emplace_back([&, user] {
                const QJsonDocument answer = QJsonDocument::fromJson(accept(code, user).body);
                joined += answer["new_member"_L1].toBool() ? 1 : 0;
                m_world->database().closeThreadSession();
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        return joined;
    }

    std::unique_ptr<CommunityWorld> m_world;
    GuildId m_guild; ///< a new one for each test
    int m_names = 0;
};

void TestInviteAcceptance::init()
{
    m_guild = m_world->guild();
    m_world->events().clear();
}

void TestInviteAcceptance::accepting_joins_and_counts()
{
    const QString code = invite();
    const UserId bob = somebody();
    const Response answer = accept(code, bob);
    QCOMPARE(answer.status, 200);
    const QJsonObject accepted = QJsonDocument::fromJson(answer.body).object();
    QVERIFY(accepted["new_member"_L1].toBool());
    QCOMPARE(accepted["guild"_L1]["id"_L1].toString(), m_guild.toString());
    QCOMPARE(accepted["channel"_L1]["name"_L1].toString(), u"general"_s);
    QVERIFY(isIn(bob));
    QCOMPARE(usesOf(code), 1);
    QCOMPARE(m_world->events().names(), QByteArrayList{"GUILD_MEMBER_ADD"});
}

void TestInviteAcceptance::who_is_in_uses_nothing()
{
    const QString code = invite(R"({"max_uses":1})");
    const UserId bob = m_world->memberOf(m_guild);
    m_world->events().clear();
    const Response answer = accept(code, bob);
    QCOMPARE(answer.status, 200);
    QVERIFY(!QJsonDocument::fromJson(answer.body)["new_member"_L1].toBool());
    QCOMPARE(usesOf(code), 0);
    QCOMPARE(m_world->events().names().size(), 0);
}

void TestInviteAcceptance::the_last_use_ends_it()
{
    const QString code = invite(R"({"max_uses":2})");
    QCOMPARE(accept(code, somebody()).status, 200);
    QCOMPARE(usesOf(code), 1);
    QCOMPARE(accept(code, somebody()).status, 200);
    QCOMPARE(errorOf(accept(code, somebody())), int(ErrorCode::UnknownInvite));
    QCOMPARE(m_world->events().count<InviteDeleted>(), 1);
    QCOMPARE(m_world->events().last<InviteDeleted>().code, code);
}

void TestInviteAcceptance::what_is_gone_lets_nobody_in()
{
    const UserId bob = somebody();
    QCOMPARE(errorOf(accept(u"nothere1"_s, bob)), int(ErrorCode::UnknownInvite));
    const QString code = invite(R"({"max_age":60})");
    m_world->clock().advance(std::chrono::seconds(61));
    QCOMPARE(errorOf(accept(code, bob)), int(ErrorCode::UnknownInvite));
    QVERIFY(!isIn(bob));
}

void TestInviteAcceptance::a_banned_person_stays_out()
{
    const QString code = invite();
    const UserId bob = somebody();
    m_world->ban(m_guild, bob);
    const Response answer = accept(code, bob);
    QCOMPARE(answer.status, 403);
    QCOMPARE(errorOf(answer), int(ErrorCode::UserBanned));
    QVERIFY(!isIn(bob));
    QCOMPARE(usesOf(code), 0);
}

void TestInviteAcceptance::a_full_person_stays_out()
{
    const UserId bob = somebody();
    for (int i = 0; i < MemberService::maxGuilds; ++i)
        m_world->guild(bob);
    const QString code = invite();
    QCOMPARE(errorOf(accept(code, bob)), int(ErrorCode::MaximumGuilds));
    QVERIFY(!isIn(bob));
    QCOMPARE(usesOf(code), 0);
}

void TestInviteAcceptance::of_many_at_once_no_more_join_than_it_allows()
{
    const QString code = invite(R"({"max_uses":3})");
    std::vector<UserId> users;
    for (int i = 0; i < 8; ++i)
        users.push_back(somebody());
    QCOMPARE(allAtOnce(code, users), 3);
    QCOMPARE(m_world->events().count<MemberJoined>(), 3);
    QCOMPARE(std::count_if(users.begin(), users.end(), [&](UserId user) { return isIn(user); }), 3);
    QCOMPARE(m_world->events().count<InviteDeleted>(), 1);
}

void TestInviteAcceptance::one_person_at_once_uses_it_once()
{
    const QString code = invite();
    const UserId bob = somebody();
    QCOMPARE(allAtOnce(code, {bob, bob, bob, bob}), 1);
    QCOMPARE(m_world->events().count<MemberJoined>(), 1);
    QCOMPARE(usesOf(code), 1);
}

void TestInviteAcceptance::registering_with_an_invite_joins()
{
    const QString code = invite();
    const UserId bob = somebody();
    const auto registered = m_world->database().transact([&](db::Tx &tx) -> Result<void> {
        tx.publishOnCommit(AccountRegistered{bob, code});
        return {};
    });
    QVERIFY(registered);
    QVERIFY(isIn(bob));
    QCOMPARE(usesOf(code), 1);
    QCOMPARE(m_world->events().names(), QByteArrayList{"GUILD_MEMBER_ADD"});
}

void TestInviteAcceptance::registering_with_a_bad_invite_is_no_failure()
{
    for (const QString &code : {u"nothere1"_s, QString()}) {
        const UserId bob = somebody();
        const auto registered = m_world->database().transact([&](db::Tx &tx) -> Result<void> {
            tx.publishOnCommit(AccountRegistered{bob, code});
            return {};
        });
        QVERIFY(registered);
        QVERIFY(!isIn(bob));
    }
    QCOMPARE(m_world->events().names().size(), 0);
}

QTEST_GUILESS_MAIN(TestInviteAcceptance)
#include "tst_invite_acceptance.moc"
