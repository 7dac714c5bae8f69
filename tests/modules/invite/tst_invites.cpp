// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/invite/invite_events.h"
#include "tests/support/community_world.h"
#include "tests/support/refusals.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QtTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

/// Making, showing and revoking; tst_invite_acceptance has the use of them.
class TestInvites : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_world = std::make_unique<CommunityWorld>(); }
    void cleanupTestCase() { m_world.reset(); }
    void init();

    void an_invite_is_made_and_told();
    void the_body_may_be_absent();
    void the_same_terms_give_the_same_invite();
    void other_terms_give_another_one_data();
    void other_terms_give_another_one();
    void making_needs_the_right();
    void nobody_is_invited_to_a_heading();
    void a_bad_body_is_judged_after_the_rights();
    void a_thousand_are_the_limit();
    void anybody_may_look();
    void expired_ones_are_gone();
    void lists_are_for_those_who_manage_data();
    void lists_are_for_those_who_manage();
    void revoking_is_for_some_data();
    void revoking_is_for_some();
    void revoking_is_told();
    void invites_go_with_their_channel();
    void a_channel_that_was_just_deleted_has_no_invite();

private:
    QByteArray inChannel() const
    {
        return "/api/v10/channels/" + QByteArray::number(m_channel.value()) + "/invites";
    }
    QByteArray inGuild() const
    {
        return "/api/v10/guilds/" + QByteArray::number(m_guild.value()) + "/invites";
    }
    Response make(UserId who, const QByteArray &json = {})
    {
        return m_world->call("POST", inChannel(), m_world->as(who), json);
    }
    static QJsonObject objectOf(const Response &answer)
    {
        return QJsonDocument::fromJson(answer.body).object();
    }
    static QString codeOf(const Response &answer) { return objectOf(answer)["code"_L1].toString(); }
    static int errorOf(const Response &answer) { return objectOf(answer)["code"_L1].toInt(); }
    Response look(const QString &code, const QByteArray &query = {})
    {
        return m_world->call("GET", "/api/v10/invites/" + code.toLatin1() + query, Caller());
    }

    std::unique_ptr<CommunityWorld> m_world;
    GuildId m_guild; ///< a new one for each test
    UserId m_owner;
    ChannelId m_channel;
};

void TestInvites::init()
{
    m_guild = m_world->guild();
    m_owner = m_world->ownerOf(m_guild);
    m_channel = m_world->channelOf(m_guild, ChannelType::Text);
    m_world->events().clear();
}

void TestInvites::an_invite_is_made_and_told()
{
    const UserId bob = m_world->memberOf(m_guild);
    m_world->events().clear();
    const Response answer = make(bob, R"({"max_age":3600,"max_uses":5,"temporary":true})");
    QCOMPARE(answer.status, 200);
    const QJsonObject invite = objectOf(answer);
    static const QRegularExpression shape(u"^[A-Za-z0-9]{8}$"_s);
    QVERIFY(shape.match(invite["code"_L1].toString()).hasMatch());
    QCOMPARE(invite["type"_L1].toInt(-1), 0);
    QCOMPARE(invite["guild_id"_L1].toString(), m_guild.toString());
    QCOMPARE(invite["guild"_L1]["name"_L1].toString(), u"The Den"_s);
    QCOMPARE(
        invite["channel"_L1].toObject(),
        (QJsonObject{{u"id"_s, m_channel.toString()}, {u"name"_s, u"general"_s}, {u"type"_s, 0}}));
    QCOMPARE(invite["inviter"_L1]["id"_L1].toString(), bob.toString());
    QCOMPARE(invite["max_age"_L1].toInt(), 3600);
    QCOMPARE(invite["max_uses"_L1].toInt(), 5);
    QCOMPARE(invite["uses"_L1].toInt(-1), 0);
    QVERIFY(invite["temporary"_L1].toBool());
    const Timestamp end{m_world->clock().now().ms + 3600 * 1000};
    QCOMPARE(invite["expires_at"_L1].toString(), QString::fromLatin1(end.toIso()));
    QCOMPARE(m_world->events().names(), QByteArrayList{"INVITE_CREATE"});
    const InviteCreated told = m_world->events().last<InviteCreated>();
    QCOMPARE(told.code, invite["code"_L1].toString());
    QCOMPARE(told.channelId, m_channel);
    QCOMPARE(told.audience().channel, m_channel);
    QVERIFY(told.audience().need.has(Permission::ManageChannels));
    const QJsonObject payload
        = QJsonDocument::fromJson(told.payload(PayloadVariant::Full)).object();
    for (const auto key :
         {"channel_id"_L1, "code"_L1, "created_at"_L1, "guild_id"_L1, "inviter"_L1, "max_age"_L1,
          "max_uses"_L1, "temporary"_L1, "uses"_L1, "expires_at"_L1, "type"_L1})
        QVERIFY2(payload.contains(key), key.data());
}

void TestInvites::the_body_may_be_absent()
{
    const QJsonObject invite = objectOf(make(m_owner));
    QCOMPARE(invite["max_age"_L1].toInt(), 86400);
    QCOMPARE(invite["max_uses"_L1].toInt(-1), 0);
    const QJsonObject forever = objectOf(make(m_owner, R"({"max_age":0})"));
    QVERIFY(forever["expires_at"_L1].isNull());
}

void TestInvites::the_same_terms_give_the_same_invite()
{
    const QString first = codeOf(make(m_owner));
    m_world->clock().advance(std::chrono::seconds(10));
    QCOMPARE(codeOf(make(m_owner, R"({"unique":false})")), first);
    QCOMPARE(m_world->events().count<InviteCreated>(), 1);
}

void TestInvites::other_terms_give_another_one_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("unique") << QByteArray(R"({"unique":true})");
    QTest::newRow("age") << QByteArray(R"({"max_age":60})");
    QTest::newRow("uses") << QByteArray(R"({"max_uses":1})");
    QTest::newRow("temporary") << QByteArray(R"({"temporary":true})");
}

void TestInvites::other_terms_give_another_one()
{
    QFETCH(QByteArray, json);
    const QString first = codeOf(make(m_owner));
    QVERIFY(codeOf(make(m_owner, json)) != first);
    QVERIFY(codeOf(make(m_world->memberOf(m_guild))) != first);
}

void TestInvites::making_needs_the_right()
{
    const UserId bob = m_world->memberOf(m_guild);
    RoleInput everyone;
    everyone.permissions = Permissions(Permission::ViewChannel);
    QVERIFY_ACCEPTED(
        m_world->roles().modify(m_world->as(m_owner), m_guild, RoleId(m_guild), everyone));
    QCOMPARE(errorOf(make(bob)), int(ErrorCode::MissingPermissions));
    everyone.permissions = Permissions(Permission::CreateInstantInvite);
    QVERIFY_ACCEPTED(
        m_world->roles().modify(m_world->as(m_owner), m_guild, RoleId(m_guild), everyone));
    QCOMPARE(errorOf(make(bob)), int(ErrorCode::MissingAccess));
    QCOMPARE(errorOf(make(m_world->user(u"o%1"_s.arg(m_guild.toString())))),
             int(ErrorCode::MissingAccess));
    QCOMPARE(errorOf(m_world->call("POST", "/api/v10/channels/1/invites", m_world->as(bob))),
             int(ErrorCode::UnknownChannel));
}

void TestInvites::nobody_is_invited_to_a_heading()
{
    m_channel = m_world->channelOf(m_guild, ChannelType::Category);
    QCOMPARE(errorOf(make(m_owner)), int(ErrorCode::WrongChannelType));
    m_channel = m_world->channelOf(m_guild, ChannelType::Voice);
    QCOMPARE(make(m_owner).status, 200);
}

void TestInvites::a_bad_body_is_judged_after_the_rights()
{
    for (const QByteArray json : {R"({"max_age":604801})", R"({"max_uses":101})",
                                  R"({"max_age":-1})", R"({"temporary":"perhaps"})"}) {
        QCOMPARE(errorOf(make(m_owner, json)), int(ErrorCode::InvalidFormBody));
        QCOMPARE(
            errorOf(make(m_world->user(u"b%1"_s.arg(m_world->kernel().ids.next<UserId>().value())),
                         json)),
            int(ErrorCode::MissingAccess));
    }
}

void TestInvites::a_thousand_are_the_limit()
{
    for (int i = 0; i < InviteService::maxInvites; ++i)
        QCOMPARE(make(m_owner, R"({"unique":true,"max_age":60})").status, 200);
    QCOMPARE(errorOf(make(m_owner, R"({"unique":true})")), int(ErrorCode::MaximumInvites));
    QCOMPARE(make(m_owner, R"({"max_age":60})").status, 200); // one that is there already
    m_world->clock().advance(std::chrono::seconds(61));
    QCOMPARE(make(m_owner, R"({"unique":true})").status, 200);
}

void TestInvites::anybody_may_look()
{
    const QString code = codeOf(make(m_owner));
    const Response answer = look(code);
    QCOMPARE(answer.status, 200);
    const QJsonObject invite = objectOf(answer);
    QCOMPARE(invite["code"_L1].toString(), code);
    QVERIFY(!invite.contains("uses"_L1));
    QVERIFY(!invite.contains("approximate_member_count"_L1));
    QVERIFY(!invite["inviter"_L1].toObject().contains("email"_L1));
    const QJsonObject counted = objectOf(look(code, "?with_counts=true&with_expiration=true"));
    QCOMPARE(counted["approximate_member_count"_L1].toInt(), 1);
    QCOMPARE(counted["approximate_presence_count"_L1].toInt(-1), 0);
    QCOMPARE(errorOf(look(u"nothere1"_s)), int(ErrorCode::UnknownInvite));
    QCOMPARE(look(u"nothere1"_s).status, 404);
}

void TestInvites::expired_ones_are_gone()
{
    const QString code = codeOf(make(m_owner, R"({"max_age":60})"));
    m_world->clock().advance(std::chrono::seconds(60));
    QCOMPARE(errorOf(look(code)), int(ErrorCode::UnknownInvite));
    QCOMPARE(QJsonDocument::fromJson(m_world->call("GET", inGuild(), m_world->as(m_owner)).body)
                 .array()
                 .size(),
             0);
    QVERIFY(codeOf(make(m_owner, R"({"max_age":60})")) != code);
}

void TestInvites::lists_are_for_those_who_manage_data()
{
    QTest::addColumn<Permissions>("rights");
    QTest::addColumn<int>("guildStatus");
    QTest::addColumn<int>("channelStatus");
    QTest::newRow("none") << Permissions() << 403 << 403;
    QTest::newRow("guild") << Permissions(Permission::ManageGuild) << 200 << 403;
    QTest::newRow("audit log") << Permissions(Permission::ViewAuditLog) << 200 << 403;
    QTest::newRow("channels") << Permissions(Permission::ManageChannels) << 403 << 200;
}

void TestInvites::lists_are_for_those_who_manage()
{
    QFETCH(Permissions, rights);
    QFETCH(int, guildStatus);
    QFETCH(int, channelStatus);
    const QString code = codeOf(make(m_owner));
    const Caller who = m_world->as(m_world->memberWith(m_guild, rights));
    const Response guild = m_world->call("GET", inGuild(), who);
    const Response channel = m_world->call("GET", inChannel(), who);
    QCOMPARE(guild.status, guildStatus);
    QCOMPARE(channel.status, channelStatus);
    for (const Response &answer : {guild, channel}) {
        if (answer.status != 200)
            continue;
        const QJsonArray invites = QJsonDocument::fromJson(answer.body).array();
        QCOMPARE(invites.size(), 1);
        QCOMPARE(invites[0]["code"_L1].toString(), code);
        QCOMPARE(invites[0]["uses"_L1].toInt(-1), 0);
    }
}

void TestInvites::revoking_is_for_some_data()
{
    QTest::addColumn<Permissions>("rights");
    QTest::addColumn<int>("status");
    QTest::newRow("none") << Permissions() << 403;
    QTest::newRow("guild") << Permissions(Permission::ManageGuild) << 200;
    QTest::newRow("channels") << Permissions(Permission::ManageChannels) << 200;
    QTest::newRow("audit log") << Permissions(Permission::ViewAuditLog) << 403;
}

void TestInvites::revoking_is_for_some()
{
    QFETCH(Permissions, rights);
    QFETCH(int, status);
    const QByteArray path = "/api/v10/invites/" + codeOf(make(m_owner)).toLatin1();
    const UserId who = m_world->memberWith(m_guild, rights);
    QCOMPARE(m_world->call("DELETE", path, m_world->as(who)).status, status);
    const UserId stranger = m_world->user(u"r%1"_s.arg(m_guild.toString()));
    QCOMPARE(m_world->call("DELETE", path, m_world->as(stranger)).status,
             status == 200 ? 404 : 403);
}

void TestInvites::revoking_is_told()
{
    const UserId bob = m_world->memberOf(m_guild);
    const QString code = codeOf(make(bob));
    m_world->events().clear();
    const Response answer
        = m_world->call("DELETE", "/api/v10/invites/" + code.toLatin1(), m_world->as(bob));
    QCOMPARE(answer.status, 200);
    QCOMPARE(codeOf(answer), code);
    QCOMPARE(m_world->events().names(), QByteArrayList{"INVITE_DELETE"});
    QCOMPARE(m_world->events().last<InviteDeleted>().code, code);
    QCOMPARE(m_world->events().last<InviteDeleted>().channelId, m_channel);
    QCOMPARE(errorOf(look(code)), int(ErrorCode::UnknownInvite));
}

void TestInvites::invites_go_with_their_channel()
{
    const QString code = codeOf(make(m_owner));
    QVERIFY_ACCEPTED(m_world->channels().remove(m_world->as(m_owner), m_channel));
    QCOMPARE(errorOf(look(code)), int(ErrorCode::UnknownInvite));
}

void TestInvites::a_channel_that_was_just_deleted_has_no_invite()
{
    make(m_owner); // the rights know the channel
    m_world->deleteChannelRow(m_channel);
    QCOMPARE(errorOf(make(m_owner, R"({"unique":true})")), int(ErrorCode::UnknownChannel));
}

QTEST_GUILESS_MAIN(TestInvites)
#include "tst_invites.moc"
