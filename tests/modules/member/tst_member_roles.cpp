// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/member/member_events.h"
#include "tests/support/community_world.h"
#include "tests/support/refusals.h"

#include <QtTest>

#include <future>

using namespace guildhall;
using namespace guildhall::test;

/// Roles given and taken one by one; tst_member_editing has them as a whole.
class TestMemberRoles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_world = std::make_unique<CommunityWorld>(); }
    void cleanupTestCase() { m_world.reset(); }
    void init();

    void a_role_is_granted_and_revoked_once();
    void a_role_that_is_being_deleted_is_not_given();
    void granting_keeps_to_the_order();

private:
    QByteArray pathOf(UserId user, RoleId role) const
    {
        return "/api/v10/guilds/" + QByteArray::number(m_guild.value()) + "/members/"
            + QByteArray::number(user.value()) + "/roles/" + QByteArray::number(role.value());
    }
    Member now(UserId user)
    {
        return m_world->members().member(m_world->database().session(), m_guild, user).value();
    }

    std::unique_ptr<CommunityWorld> m_world;
    GuildId m_guild; ///< a new one for each test
    UserId m_owner;
};

void TestMemberRoles::init()
{
    m_guild = m_world->guild();
    m_owner = m_world->ownerOf(m_guild);
    m_world->events().clear();
}

void TestMemberRoles::a_role_is_granted_and_revoked_once()
{
    const RoleId role = m_world->topRole(m_guild, Permission::KickMembers);
    const UserId bob = m_world->memberOf(m_guild);
    const QByteArray path = pathOf(bob, role);
    m_world->events().clear();
    for (int i = 0; i < 2; ++i)
        QCOMPARE(m_world->call("PUT", path, m_world->as(m_owner)).status, 204);
    QCOMPARE(m_world->events().names(), QByteArrayList{"GUILD_MEMBER_UPDATE"});
    QCOMPARE(m_world->events().last<MemberUpdated>().member.roles, std::vector<RoleId>{role});
    QVERIFY_ACCEPTED(m_world->permissions().require(bob, m_guild, Permission::KickMembers));
    for (int i = 0; i < 2; ++i)
        QCOMPARE(m_world->call("DELETE", path, m_world->as(m_owner)).status, 204);
    QCOMPARE(m_world->events().count<MemberUpdated>(), 2);
    QVERIFY_REFUSED(m_world->permissions().require(bob, m_guild, Permission::KickMembers),
                    ErrorCode::MissingPermissions);
}

void TestMemberRoles::a_role_that_is_being_deleted_is_not_given()
{
    const RoleId role = m_world->topRole(m_guild);
    const UserId bob = m_world->memberOf(m_guild);
    const QByteArray path = pathOf(bob, role);
    db::Session deletion(m_world->database().parameters());
    deletion.runPlain(db::Query{"test.begin", "BEGIN"});
    const QByteArray statement = "DELETE FROM roles WHERE id = " + QByteArray::number(role.value());
    deletion.runPlain(db::Query{"test.delete_role", statement.constData()});
    auto given = std::async(std::launch::async, [&] {
        const int status = m_world->call("PUT", path, m_world->as(m_owner)).status;
        m_world->database().closeThreadSession();
        return status;
    });
    const db::Query waiting{"test.waiting",
                            "SELECT count(*) FROM pg_stat_activity WHERE datname ="
                            " current_database() AND wait_event_type = 'Lock'",
                            {},
                            true};
    QTRY_COMPARE(m_world->database().session().one<int>(waiting), 1);
    deletion.runPlain(db::Query{"test.commit", "COMMIT"});
    QCOMPARE(given.get(), 204);
    QVERIFY(now(bob).roles.empty());
}

void TestMemberRoles::granting_keeps_to_the_order()
{
    const RoleId below = m_world->topRole(m_guild);
    const UserId bob = m_world->memberOf(m_guild);
    const UserId guard = m_world->memberWith(m_guild, Permission::ManageRoles);
    const RoleId above = m_world->topRole(m_guild);
    const UserId higher = m_world->memberOf(m_guild);
    m_world->give(m_guild, higher, above);
    auto &editing = m_world->editing();
    const auto by = [&](UserId who) {
        return m_world->as(who);
    };
    QVERIFY_ACCEPTED(editing.grantRole(by(guard), m_guild, bob, below));
    QVERIFY_ACCEPTED(editing.grantRole(by(guard), m_guild, guard, below));
    QVERIFY_REFUSED(editing.grantRole(by(guard), m_guild, bob, above),
                    ErrorCode::MissingPermissions);
    QVERIFY_REFUSED(editing.revokeRole(by(guard), m_guild, higher, above),
                    ErrorCode::MissingPermissions);
    QVERIFY_REFUSED(editing.grantRole(by(guard), m_guild, higher, below),
                    ErrorCode::MissingPermissions);
    QVERIFY_REFUSED(editing.grantRole(by(bob), m_guild, bob, below), ErrorCode::MissingPermissions);
    QVERIFY_REFUSED(editing.grantRole(by(guard), m_guild, bob, RoleId(m_guild)),
                    ErrorCode::InvalidRole);
    QVERIFY_REFUSED(editing.grantRole(by(guard), m_guild, bob, RoleId(5)), ErrorCode::UnknownRole);
}

QTEST_GUILESS_MAIN(TestMemberRoles)
#include "tst_member_roles.moc"
