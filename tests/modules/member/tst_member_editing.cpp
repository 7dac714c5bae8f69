// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/member/member_events.h"
#include "tests/support/community_world.h"
#include "tests/support/refusals.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

class TestMemberEditing : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_world = std::make_unique<CommunityWorld>(); }
    void cleanupTestCase() { m_world.reset(); }
    void init();

    void each_field_asks_for_its_right_data();
    void each_field_asks_for_its_right();
    void without_one_right_nothing_changes();
    void a_change_is_told_with_everything();
    void what_stays_the_same_is_no_event();
    void a_bad_body_is_judged_after_the_rights_data();
    void a_bad_body_is_judged_after_the_rights();
    void nobody_reaches_above_himself_data();
    void nobody_reaches_above_himself();
    void a_timeout_takes_rights_and_ends();
    void administrators_are_not_timed_out();
    void nobody_is_timed_out_by_himself();
    void the_own_nickname_has_a_right_of_its_own();
    void the_old_path_answers_the_nickname();
    void roles_are_set_as_a_whole();
    void everyone_in_the_list_is_nothing();
    void roles_that_cannot_be_given_are_refused_data();
    void roles_that_cannot_be_given_are_refused();
    void outsiders_change_nothing();

private:
    QByteArray member(UserId user) const
    {
        return "/api/v10/guilds/" + QByteArray::number(m_guild.value()) + "/members/"
            + QByteArray::number(user.value());
    }
    Response patch(UserId who, UserId target, const QByteArray &json)
    {
        return m_world->call("PATCH", member(target), m_world->as(who), json);
    }
    static int codeOf(const Response &answer)
    {
        return QJsonDocument::fromJson(answer.body)["code"_L1].toInt();
    }
    Member now(UserId user)
    {
        return m_world->members().member(m_world->database().session(), m_guild, user).value();
    }
    static QByteArray list(const std::vector<RoleId> &roles)
    {
        QByteArrayList ids;
        for (const RoleId role : roles)
            ids.append('"' + QByteArray::number(role.value()) + '"');
        return "{\"roles\":[" + ids.join(',') + "]}";
    }
    QByteArray soon(qint64 ms) const
    {
        return "{\"communication_disabled_until\":\""
            + Timestamp{m_world->clock().now().ms + ms}.toIso() + "\"}";
    }

    std::unique_ptr<CommunityWorld> m_world;
    GuildId m_guild; ///< a new one for each test
    UserId m_owner;
};

void TestMemberEditing::init()
{
    m_guild = m_world->guild();
    m_owner = m_world->ownerOf(m_guild);
    m_world->events().clear();
}

void TestMemberEditing::each_field_asks_for_its_right_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<Permissions>("right");
    QTest::newRow("nick") << QByteArray(R"({"nick":"x"})")
                          << Permissions(Permission::ManageNicknames);
    QTest::newRow("roles") << QByteArray(R"({"roles":[]})") << Permissions(Permission::ManageRoles);
    QTest::newRow("mute") << QByteArray(R"({"mute":true})") << Permissions(Permission::MuteMembers);
    QTest::newRow("deaf") << QByteArray(R"({"deaf":true})")
                          << Permissions(Permission::DeafenMembers);
    QTest::newRow("time-out") << QByteArray(R"({"communication_disabled_until":null})")
                              << Permissions(Permission::ModerateMembers);
    QTest::newRow("flags") << QByteArray(R"({"flags":4})") << Permissions(Permission::ManageGuild);
}

void TestMemberEditing::each_field_asks_for_its_right()
{
    QFETCH(QByteArray, json);
    QFETCH(Permissions, right);
    constexpr Permissions all{Permission::ManageNicknames, Permission::ManageRoles,
                              Permission::MuteMembers,     Permission::DeafenMembers,
                              Permission::ModerateMembers, Permission::ManageGuild};
    const UserId bob = m_world->memberOf(m_guild);
    const UserId without = m_world->memberWith(m_guild, all.without(right));
    const UserId with = m_world->memberWith(m_guild, right);
    QCOMPARE(codeOf(patch(without, bob, json)), int(ErrorCode::MissingPermissions));
    QCOMPARE(patch(with, bob, json).status, 200);
}

void TestMemberEditing::without_one_right_nothing_changes()
{
    const UserId bob = m_world->memberOf(m_guild);
    const UserId half = m_world->memberWith(m_guild, Permission::ManageNicknames);
    m_world->events().clear();
    QCOMPARE(patch(half, bob, R"({"nick":"x","mute":true})").status, 403);
    QVERIFY(!now(bob).nick);
    QCOMPARE(m_world->events().names().size(), 0);
}

void TestMemberEditing::a_change_is_told_with_everything()
{
    const UserId bob = m_world->memberOf(m_guild);
    const RoleId role = m_world->topRole(m_guild);
    m_world->events().clear();
    const Response answer = patch(m_owner, bob,
                                  R"({"nick":" Bobby ","mute":true,"deaf":true,"flags":6,
        "roles":[")" + QByteArray::number(role.value())
                                      + "\"]}");
    QCOMPARE(answer.status, 200);
    const QJsonObject shown = QJsonDocument::fromJson(answer.body).object();
    QCOMPARE(shown["nick"_L1].toString(), u"Bobby"_s);
    QCOMPARE(shown["user"_L1]["id"_L1].toString(), bob.toString());
    QCOMPARE(m_world->events().names(), QByteArrayList{"GUILD_MEMBER_UPDATE"});
    const GuildMember told = m_world->events().last<MemberUpdated>().member;
    QCOMPARE(told.guildId, m_guild);
    for (const Member &member : {static_cast<const Member &>(told), now(bob)}) {
        QCOMPARE(*member.nick, u"Bobby"_s);
        QCOMPARE(member.roles, std::vector<RoleId>{role});
        QVERIFY(member.mute && member.deaf);
        QCOMPARE(member.flags, 4); // of the flags only this one is for others to set
        QCOMPARE(member.user.id, bob);
    }
}

void TestMemberEditing::what_stays_the_same_is_no_event()
{
    const UserId bob = m_world->memberOf(m_guild);
    QCOMPARE(patch(m_owner, bob, "{}").status, 200);
    QCOMPARE(patch(m_owner, bob, R"({"nick":null,"mute":false,"roles":[]})").status, 200);
    QCOMPARE(patch(m_owner, bob, R"({"nick":""})").status, 200);
    QCOMPARE(m_world->events().count<MemberUpdated>(), 0);
}

void TestMemberEditing::a_bad_body_is_judged_after_the_rights_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("a long nickname") << "{\"nick\":\"" + QByteArray(33, 'x') + "\"}";
    QTest::newRow("no time") << QByteArray(R"({"communication_disabled_until":"tomorrow"})");
    QTest::newRow("29 days") << soon(29ll * 24 * 3600 * 1000);
    QTest::newRow("no list") << QByteArray(R"({"roles":"1"})");
    QTest::newRow("into a voice channel, as nobody is in one") << "{\"channel_id\":\""
            + QByteArray::number(m_world->channelOf(m_world->guild(), ChannelType::Voice).value())
            + "\"}";
}

void TestMemberEditing::a_bad_body_is_judged_after_the_rights()
{
    QFETCH(QByteArray, json);
    const UserId bob = m_world->memberOf(m_guild);
    QCOMPARE(codeOf(patch(m_owner, bob, json)), int(ErrorCode::InvalidFormBody));
    QCOMPARE(codeOf(patch(m_world->memberOf(m_guild), bob, json)),
             int(ErrorCode::MissingPermissions));
}

void TestMemberEditing::nobody_reaches_above_himself_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("inOrder"); // the order of roles counts
    QTest::newRow("nick") << QByteArray(R"({"nick":"x"})") << true;
    QTest::newRow("roles") << QByteArray(R"({"roles":[]})") << true;
    QTest::newRow("time-out") << QByteArray(R"({"communication_disabled_until":null})") << true;
    QTest::newRow("mute") << QByteArray(R"({"mute":true})") << false;
    QTest::newRow("deaf") << QByteArray(R"({"deaf":true})") << false;
}

void TestMemberEditing::nobody_reaches_above_himself()
{
    QFETCH(QByteArray, json);
    QFETCH(bool, inOrder);
    const UserId low = m_world->memberWith(m_guild, Permissions::none());
    const UserId guard = m_world->memberWith(m_guild, Permission::Administrator);
    const UserId high = m_world->memberWith(m_guild, Permissions::none());
    QCOMPARE(patch(guard, low, json).status, 200);
    QCOMPARE(patch(guard, high, json).status, inOrder ? 403 : 200);
    QCOMPARE(patch(guard, m_owner, json).status, inOrder ? 403 : 200);
}

void TestMemberEditing::a_timeout_takes_rights_and_ends()
{
    const UserId bob = m_world->memberOf(m_guild);
    const ChannelId channel = m_world->channelOf(m_guild, ChannelType::Text);
    const auto send = [&] {
        return m_world->permissions().require(bob, channel, Permission::SendMessages).has_value();
    };
    QCOMPARE(patch(m_owner, bob, soon(60000)).status, 200);
    QVERIFY(!send());
    QVERIFY_ACCEPTED(m_world->permissions().requireVisible(bob, channel));
    m_world->clock().advance(std::chrono::milliseconds(60001));
    QVERIFY(send());
    QCOMPARE(patch(m_owner, bob, soon(60000)).status, 200);
    QVERIFY(!send());
    QCOMPARE(patch(m_owner, bob, R"({"communication_disabled_until":null})").status, 200);
    QVERIFY(send());
}

void TestMemberEditing::administrators_are_not_timed_out()
{
    const UserId admin = m_world->memberWith(m_guild, Permission::Administrator);
    QCOMPARE(codeOf(patch(m_owner, admin, soon(1000))), int(ErrorCode::MissingPermissions));
}

void TestMemberEditing::nobody_is_timed_out_by_himself()
{
    const UserId guard = m_world->memberWith(m_guild, Permission::ModerateMembers);
    QCOMPARE(codeOf(patch(guard, guard, soon(1000))), int(ErrorCode::MissingPermissions));
}

void TestMemberEditing::the_own_nickname_has_a_right_of_its_own()
{
    const UserId bob = m_world->memberOf(m_guild);
    const QByteArray own
        = "/api/v10/guilds/" + QByteArray::number(m_guild.value()) + "/members/@me";
    const auto rename = [&](const QByteArray &json) {
        return m_world->call("PATCH", own, m_world->as(bob), json);
    };
    QCOMPARE(rename(R"({"nick":"Bobby"})").status, 200);
    QCOMPARE(*m_world->events().last<MemberUpdated>().member.nick, u"Bobby"_s);
    QCOMPARE(patch(bob, bob, R"({"nick":"Rob"})").status, 200);
    QCOMPARE(rename("{\"nick\":\"" + QByteArray(33, 'x') + "\"}").status, 400);
    RoleInput everyone;
    everyone.permissions = Permissions(Permission::ViewChannel);
    QVERIFY_ACCEPTED(
        m_world->roles().modify(m_world->as(m_owner), m_guild, RoleId(m_guild), everyone));
    QCOMPARE(codeOf(rename(R"({"nick":"x"})")), int(ErrorCode::MissingPermissions));
    QCOMPARE(rename("{}").status, 200);
    QCOMPARE(*now(bob).nick, u"Rob"_s);
}

void TestMemberEditing::the_old_path_answers_the_nickname()
{
    const UserId bob = m_world->memberOf(m_guild);
    const QByteArray path
        = "/api/v10/guilds/" + QByteArray::number(m_guild.value()) + "/members/@me/nick";
    QCOMPARE(m_world->call("PATCH", path, m_world->as(bob), R"({"nick":"Bob"})").body,
             QByteArray(R"({"nick":"Bob"})"));
    QCOMPARE(m_world->call("PATCH", path, m_world->as(bob), R"({"nick":null})").body,
             QByteArray(R"({"nick":null})"));
}

void TestMemberEditing::roles_are_set_as_a_whole()
{
    const RoleId a = m_world->topRole(m_guild);
    const RoleId b = m_world->topRole(m_guild);
    const UserId bob = m_world->memberOf(m_guild);
    const UserId guard = m_world->memberWith(m_guild, Permission::ManageRoles);
    QCOMPARE(patch(guard, bob, list({b, a, a})).status, 200);
    QCOMPARE(now(bob).roles, (std::vector<RoleId>{a, b}));
    QCOMPARE(patch(guard, bob, list({b})).status, 200);
    QCOMPARE(now(bob).roles, std::vector<RoleId>{b});
    QCOMPARE(m_world->events().last<MemberUpdated>().member.roles, std::vector<RoleId>{b});
    QCOMPARE(patch(guard, bob, R"({"roles":null})").status, 200);
    QCOMPARE(now(bob).roles.size(), 0u);
}

void TestMemberEditing::everyone_in_the_list_is_nothing()
{
    const RoleId a = m_world->topRole(m_guild);
    const UserId bob = m_world->memberOf(m_guild);
    QCOMPARE(patch(m_owner, bob, list({RoleId(m_guild), a})).status, 200);
    QCOMPARE(now(bob).roles, std::vector<RoleId>{a});
}

void TestMemberEditing::roles_that_cannot_be_given_are_refused_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("own") << u"own"_s << ErrorCode::MissingPermissions;
    QTest::newRow("above") << u"above"_s << ErrorCode::MissingPermissions;
    QTest::newRow("managed") << u"managed"_s << ErrorCode::InvalidRole;
    QTest::newRow("unknown") << u"unknown"_s << ErrorCode::InvalidRole;
}

void TestMemberEditing::roles_that_cannot_be_given_are_refused()
{
    QFETCH(QString, role);
    QFETCH(ErrorCode, code);
    const RoleId below = m_world->topRole(m_guild);
    const UserId bob = m_world->memberOf(m_guild);
    std::map<QString, RoleId> roles{{u"unknown"_s, RoleId(5)}};
    const auto grant = m_world->permissions().requireMember(m_owner, m_guild);
    const UserId bot = m_world->bot(u"bot-%1"_s.arg(role), m_owner);
    roles[u"managed"_s]
        = m_world->database()
              .transact([&](db::Tx &tx) {
                  return m_world->roles().createManaged(tx, *grant, bot, u"b"_s, {});
              })
              ->id;
    roles[u"own"_s] = m_world->topRole(m_guild, Permission::ManageRoles);
    roles[u"above"_s] = m_world->topRole(m_guild);
    const UserId guard = m_world->memberOf(m_guild);
    m_world->give(m_guild, guard, roles[u"own"_s]);
    QCOMPARE(codeOf(patch(guard, bob, list({below, roles[role]}))), int(code));
    QCOMPARE(now(bob).roles.size(), 0u);
}

void TestMemberEditing::outsiders_change_nothing()
{
    const UserId stranger = m_world->user(u"stranger%1"_s.arg(m_guild.toString()));
    const RoleId role = m_world->topRole(m_guild);
    const QByteArray rolePath = "/roles/" + QByteArray::number(role.value());
    QCOMPARE(codeOf(patch(stranger, m_owner, "{}")), int(ErrorCode::MissingAccess));
    QCOMPARE(codeOf(m_world->call("PUT", member(m_owner) + rolePath, m_world->as(stranger))),
             int(ErrorCode::MissingAccess));
    QCOMPARE(codeOf(patch(m_owner, stranger, R"({"nick":"x"})")), int(ErrorCode::UnknownMember));
    QCOMPARE(codeOf(m_world->call("DELETE", member(stranger) + rolePath, m_world->as(m_owner))),
             int(ErrorCode::UnknownMember));
}

QTEST_GUILESS_MAIN(TestMemberEditing)
#include "tst_member_editing.moc"
