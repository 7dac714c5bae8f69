// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/models/permission_catalog.h"
#include "admin-gui/models/rights.h"
#include "tests/admin-gui/support/sample_guild.h"

#include <QTest>

using namespace guildhall;
using namespace guildhall::console;

/// What is offered and what is disabled, for whom.
class TestRights : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void who_may_kick_whom_data();
    void who_may_kick_whom();
    void who_may_edit_which_role_data();
    void who_may_edit_which_role();
    void a_missing_permission_is_named();
    void only_what_one_has_can_be_given();
    void administrators_may_give_everything();
    void everyone_and_bot_roles_cannot_be_deleted();
    void until_roles_are_known_the_servers_word_counts();
    void nothing_without_a_guild();

private:
    static GuildView view();
    static Rights of(UserId user) { return Rights::of(view(), user); }
};

GuildView TestRights::view()
{
    const GatewayGuild guild = sampleGuild();
    GuildView view;
    view.guild = guild;
    for (const Member &member : guild.members)
        view.members.emplace(member.user.id, member);
    for (const Role &role : guild.roles)
        view.roles.emplace(role.id, role);
    return view;
}

void TestRights::who_may_kick_whom_data()
{
    QTest::addColumn<quint64>("actor");
    QTest::addColumn<quint64>("target");
    QTest::addColumn<bool>("may");
    const auto row = [](const char *name, UserId actor, UserId target, bool may) {
        QTest::newRow(name) << actor.value() << target.value() << may;
    };
    row("the owner kicks anybody", ann, bob, true);
    row("nobody kicks themselves", ann, ann, false);
    row("a moderator kicks who is below", bob, dan, true);
    row("a moderator kicks who has no role", bob, cyn, true);
    row("nobody kicks the owner", bob, ann, false);
    row("without the permission not even who is below", dan, cyn, false);
    row("without any role", cyn, dan, false);
}

void TestRights::who_may_kick_whom()
{
    QFETCH(quint64, actor);
    QFETCH(quint64, target);
    QFETCH(bool, may);
    const QString why = of(UserId(actor)).whyNotKick(view().members.at(UserId(target)));
    QCOMPARE(why.isEmpty(), may);
}

void TestRights::who_may_edit_which_role_data()
{
    QTest::addColumn<quint64>("actor");
    QTest::addColumn<quint64>("role");
    QTest::addColumn<bool>("may");
    const auto row = [](const char *name, UserId actor, RoleId role, bool may) {
        QTest::newRow(name) << actor.value() << role.value() << may;
    };
    row("the owner edits the highest", ann, moderators, true);
    row("the owner edits everyone", ann, everyoneRole, true);
    row("a moderator edits what is below", bob, helpers, true);
    row("a moderator edits everyone", bob, everyoneRole, true);
    row("nobody edits their own highest", bob, moderators, false);
    row("not without the permission", dan, everyoneRole, false);
}

void TestRights::who_may_edit_which_role()
{
    QFETCH(quint64, actor);
    QFETCH(quint64, role);
    QFETCH(bool, may);
    const QString why = of(UserId(actor)).whyNotEditRole(view().roles.at(RoleId(role)));
    QCOMPARE(why.isEmpty(), may);
}

void TestRights::a_missing_permission_is_named()
{
    const QString why = of(dan).whyNotKick(view().members.at(cyn));
    QVERIFY2(why.contains(permissionName(Permission::KickMembers)), qPrintable(why));
    QVERIFY(of(dan).whyNotCreateRole().contains(permissionName(Permission::ManageRoles)));
    QVERIFY(of(bob).whyNotCreateRole().isEmpty());
}

void TestRights::only_what_one_has_can_be_given()
{
    const Role role = view().roles.at(helpers);
    QVERIFY(of(bob).whyNotSet(role, Permission::KickMembers).isEmpty());
    QVERIFY(of(bob).whyNotSet(role, Permission::SendMessages).isEmpty()); // through @everyone
    QVERIFY(!of(bob).whyNotSet(role, Permission::BanMembers).isEmpty());
    QVERIFY(of(ann).whyNotSet(role, Permission::BanMembers).isEmpty());
}

void TestRights::administrators_may_give_everything()
{
    GuildView guild = view();
    guild.roles.at(moderators).permissions |= Permissions(Permission::Administrator);
    const Rights rights = Rights::of(guild, bob);
    QVERIFY(rights.whyNotSet(guild.roles.at(helpers), Permission::BanMembers).isEmpty());
    QVERIFY(!rights.whyNotSet(guild.roles.at(moderators), Permission::BanMembers).isEmpty());
}

void TestRights::everyone_and_bot_roles_cannot_be_deleted()
{
    QVERIFY(!of(ann).whyNotDeleteRole(view().roles.at(everyoneRole)).isEmpty());
    QVERIFY(!of(ann).whyNotMoveRole(view().roles.at(everyoneRole)).isEmpty());
    Role bot = view().roles.at(helpers);
    bot.managed = true;
    QVERIFY(!of(ann).whyNotDeleteRole(bot).isEmpty());
    QVERIFY(of(ann).whyNotMoveRole(bot).isEmpty());
    QVERIFY(of(ann).whyNotDeleteRole(view().roles.at(helpers)).isEmpty());
}

void TestRights::until_roles_are_known_the_servers_word_counts()
{
    GuildView guild = view();
    guild.roles.clear();
    guild.members.clear();
    guild.statedPermissions = Permissions(Permission::KickMembers);
    QVERIFY(Rights::of(guild, bob).has(Permission::KickMembers));
    QVERIFY(!Rights::of(guild, bob).has(Permission::BanMembers));
}

void TestRights::nothing_without_a_guild()
{
    QVERIFY(!Rights().whyNotCreateRole().isEmpty());
    QVERIFY(!Rights().whyNotKick(view().members.at(cyn)).isEmpty());
}

QTEST_MAIN(TestRights)
#include "tst_rights.moc"
