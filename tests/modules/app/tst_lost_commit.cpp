// SPDX-License-Identifier: GPL-3.0-or-later
// A COMMIT is done, and its answer lost: what the daemon knows by heart must not stay as it was.
#include "tests/modules/app/daemon_world.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

class TestLostCommit : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<DaemonWorld>();
        m_world->start();
        m_guild = std::make_unique<DaemonGuild>(*m_world);
    }
    void cleanup()
    {
        m_guild.reset();
        m_world.reset();
    }
    void a_right_that_was_taken_is_gone();
    void a_right_that_is_taken_late_is_gone_then();
    void a_token_that_was_revoked_is_refused();
    void a_name_that_was_changed_is_shown();
    void a_message_that_was_stored_is_found_by_who_reads_anew();
    void a_message_that_was_stored_is_not_doubled_by_its_nonce();

private:
    int post() const
    {
        return m_world->call("POST", m_guild->messages, m_guild->bob.token, R"({"content":"x"})")
            .status;
    }
    RestAnswer takeAllRights() const
    {
        return m_world->call("PATCH", "/guilds/" + m_guild->id + "/roles/" + m_guild->id,
                             m_guild->ann.token, R"({"permissions":"0"})");
    }

    std::unique_ptr<DaemonWorld> m_world;
    std::unique_ptr<DaemonGuild> m_guild;
};

void TestLostCommit::a_right_that_was_taken_is_gone()
{
    const auto client = m_world->gateway();
    QVERIFY(!client->identify(m_guild->bob.token).isEmpty());
    QCOMPARE(post(), 200);
    m_world->proxy().loseNextCommit();
    QCOMPARE(takeAllRights().status, 503);
    QCOMPARE(post(), 403);
    // And who listens is asked to look again.
    QCOMPARE(client->next(9)[u"d"], QJsonValue(false));
    client->send(2, QJsonObject{{u"token"_s, m_guild->bob.token}});
    QVERIFY(!client->nextDispatch(u"READY"_s).isEmpty());
    QCOMPARE(takeAllRights().status, 200);
    QCOMPARE(post(), 403);
}

void TestLostCommit::a_right_that_is_taken_late_is_gone_then()
{
    const auto client = m_world->gateway();
    QVERIFY(!client->identify(m_guild->bob.token).isEmpty());
    m_world->proxy().holdNextCommit();
    QCOMPARE(takeAllRights().status, 503);
    QCOMPARE(post(), 200); // the database says that it may
    QCOMPARE(client->next(9, std::chrono::milliseconds(300)), QJsonObject());
    m_world->proxy().letGo();
    QCOMPARE(client->next(9)[u"d"], QJsonValue(false));
    QCOMPARE(post(), 403);
}

void TestLostCommit::a_token_that_was_revoked_is_refused()
{
    const auto client = m_world->gateway();
    QVERIFY(!client->identify(m_guild->bob.token).isEmpty());
    m_world->proxy().loseNextCommit();
    QCOMPARE(m_world->call("POST", "/auth/logout", m_guild->bob.token, "{}").status, 503);
    QCOMPARE(m_world->call("GET", "/users/@me", m_guild->bob.token).status, 401);
    QCOMPARE(client->next(9)[u"d"], QJsonValue(false));
    client->send(2, QJsonObject{{u"token"_s, m_guild->bob.token}});
    QCOMPARE(client->closeCode(), 4004);
}

void TestLostCommit::a_name_that_was_changed_is_shown()
{
    const QByteArray path = "/users/" + m_guild->bob.id.toLatin1();
    QVERIFY(m_world->call("GET", path, m_guild->ann.token).object()["global_name"_L1].isNull());
    m_world->proxy().loseNextCommit();
    QCOMPARE(m_world->call("PATCH", "/users/@me", m_guild->bob.token, R"({"global_name":"Robert"})")
                 .status,
             503);
    QCOMPARE(m_world->call("GET", path, m_guild->ann.token).object()["global_name"_L1],
             QJsonValue(u"Robert"_s));
}

void TestLostCommit::a_message_that_was_stored_is_found_by_who_reads_anew()
{
    const auto client = m_world->gateway();
    QVERIFY(!client->identify(m_guild->bob.token).isEmpty());
    m_world->proxy().loseNextCommit();
    QCOMPARE(m_world->call("POST", m_guild->messages, m_guild->ann.token, R"({"content":"lost"})")
                 .status,
             503);
    QCOMPARE(client->next(9)[u"d"], QJsonValue(false)); // it has no MESSAGE_CREATE
    QVERIFY(!client->names().contains(u"MESSAGE_CREATE"_s));
    const RestAnswer page
        = m_world->call("GET", m_guild->messages + "?limit=1", m_guild->bob.token);
    const QJsonObject newest = QJsonDocument::fromJson(page.body).array().first().toObject();
    QCOMPARE(newest["content"_L1].toString(), u"lost"_s);
}

void TestLostCommit::a_message_that_was_stored_is_not_doubled_by_its_nonce()
{
    const QByteArray body = R"({"content":"once","nonce":"n1","enforce_nonce":true})";
    m_world->proxy().loseNextCommit();
    QCOMPARE(m_world->call("POST", m_guild->messages, m_guild->ann.token, body).status, 503);
    const RestAnswer again = m_world->call("POST", m_guild->messages, m_guild->ann.token, body);
    QCOMPARE(again.status, 200);
    const RestAnswer page
        = m_world->call("GET", m_guild->messages + "?limit=1", m_guild->bob.token);
    const QJsonArray list = QJsonDocument::fromJson(page.body).array();
    QCOMPARE(list.first()["id"_L1], again.object()["id"_L1]);
    QCOMPARE(m_world->database().one<qint64>(
                 db::Query{"test.count", "SELECT count(*) FROM messages WHERE content = 'once'"}),
             1);
}

QTEST_GUILESS_MAIN(TestLostCommit)
#include "tst_lost_commit.moc"
