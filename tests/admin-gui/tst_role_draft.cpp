// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/models/role_draft.h"
#include "tests/admin-gui/support/sample_guild.h"

#include <QSignalSpy>
#include <QTest>

using namespace guildhall;
using namespace guildhall::console;

/// Edits of roles before they are applied.
class TestRoleDraft : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void it_begins_as_the_server_has_it();
    void edits_are_seen_counted_and_described();
    void setting_what_is_already_so_is_no_change();
    void every_edit_can_be_undone_and_redone();
    void typing_a_name_is_one_step();
    void a_request_names_only_what_changed();
    void two_people_editing_one_role_do_not_undo_each_other();
    void what_the_server_came_to_by_itself_is_no_edit();
    void an_edit_of_a_deleted_role_goes_with_it();
    void roles_are_moved_and_positions_kept();
    void equal_positions_are_counted_anew();
    void everyone_stays_the_lowest();
    void a_new_role_finds_its_place_in_a_changed_order();
    void applied_edits_leave_the_draft();
    void discard_can_be_undone();
    void another_guild_is_another_draft();

private:
    static std::map<RoleId, Role> base();

    std::unique_ptr<RoleDraft> m_draft;
};

std::map<RoleId, Role> TestRoleDraft::base()
{
    std::map<RoleId, Role> roles;
    for (const Role &role : sampleGuild().roles)
        roles.emplace(role.id, role);
    return roles;
}

void TestRoleDraft::init()
{
    m_draft = std::make_unique<RoleDraft>();
    m_draft->setBase(hall, base());
}

void TestRoleDraft::it_begins_as_the_server_has_it()
{
    QCOMPARE(m_draft->order(), (std::vector{moderators, helpers, everyoneRole}));
    QCOMPARE(m_draft->changeCount(), 0);
    QVERIFY(m_draft->describe().isEmpty());
    QVERIFY(!m_draft->undoStack().canUndo());
}

void TestRoleDraft::edits_are_seen_counted_and_described()
{
    m_draft->setName(helpers, u"Guides"_qs);
    m_draft->setColor(helpers, 0x112233);
    m_draft->setPermissions(helpers, Permission::KickMembers | Permission::BanMembers, true);
    m_draft->setPermissions(helpers, Permission::ManageMessages, false);
    const Role role = m_draft->role(helpers);
    QCOMPARE(role.name, u"Guides"_qs);
    QCOMPARE(role.color, 0x112233);
    QVERIFY(role.permissions == (Permission::KickMembers | Permission::BanMembers));
    QCOMPARE(m_draft->base(helpers).name, u"Helpers"_qs);
    QCOMPARE(m_draft->changeCount(), 5);
    QCOMPARE(
        m_draft->describe(),
        (QStringList{u"Helpers: name becomes “Guides”"_qs, u"Helpers: colour becomes #112233"_qs,
                     u"Helpers: gets “Kick members”"_qs, u"Helpers: gets “Ban members”"_qs,
                     u"Helpers: loses “Manage messages”"_qs}));
}

void TestRoleDraft::setting_what_is_already_so_is_no_change()
{
    m_draft->setName(helpers, u"Helpers"_qs);
    m_draft->setPermissions(helpers, Permission::ManageMessages, true);
    QCOMPARE(m_draft->changeCount(), 0);
    m_draft->setPermissions(helpers, Permission::KickMembers, true);
    m_draft->setPermissions(helpers, Permission::KickMembers, false);
    QCOMPARE(m_draft->changeCount(), 0);
}

void TestRoleDraft::every_edit_can_be_undone_and_redone()
{
    m_draft->setHoist(helpers, true);
    m_draft->setMentionable(helpers, true);
    m_draft->setPermissions(everyoneRole, Permission::SendMessages, false);
    m_draft->move(helpers, 0);
    for (int i = 0; i < 4; ++i)
        m_draft->undoStack().undo();
    QCOMPARE(m_draft->changeCount(), 0);
    QCOMPARE(m_draft->order().front(), moderators);
    for (int i = 0; i < 4; ++i)
        m_draft->undoStack().redo();
    QVERIFY(m_draft->role(helpers).hoist);
    QVERIFY(m_draft->role(helpers).mentionable);
    QVERIFY(!m_draft->role(everyoneRole).permissions.has(Permission::SendMessages));
    QCOMPARE(m_draft->order().front(), helpers);
}

void TestRoleDraft::typing_a_name_is_one_step()
{
    for (const QString &name : {u"G"_qs, u"Gu"_qs, u"Guides"_qs})
        m_draft->setName(helpers, name);
    QCOMPARE(m_draft->undoStack().count(), 1);
    m_draft->setName(moderators, u"M"_qs);
    QCOMPARE(m_draft->undoStack().count(), 2);
    m_draft->undoStack().undo();
    m_draft->undoStack().undo();
    QCOMPARE(m_draft->role(helpers).name, u"Helpers"_qs);
}

void TestRoleDraft::a_request_names_only_what_changed()
{
    m_draft->setPermissions(helpers, Permission::KickMembers, true);
    RoleInput input = m_draft->edit(helpers).inputFor(m_draft->base(helpers));
    QCOMPARE(json::encode(input), "{\"permissions\":\"8194\"}"); // with Manage messages
    m_draft->discard();
    m_draft->setColor(helpers, 255);
    input = m_draft->edit(helpers).inputFor(m_draft->base(helpers));
    QCOMPARE(json::encode(input), "{\"color\":255}");
}

void TestRoleDraft::two_people_editing_one_role_do_not_undo_each_other()
{
    m_draft->setPermissions(helpers, Permission::KickMembers, true);
    auto meanwhile = base();
    meanwhile.at(helpers).permissions = Permissions(Permission::ManageThreads);
    meanwhile.at(helpers).name = u"Guides"_qs;
    m_draft->setBase(hall, meanwhile);
    QCOMPARE(m_draft->role(helpers).name, u"Guides"_qs);
    const RoleInput input = m_draft->edit(helpers).inputFor(m_draft->base(helpers));
    QVERIFY(*input.permissions == (Permission::ManageThreads | Permission::KickMembers));
    QVERIFY(!input.name.isPresent());
}

void TestRoleDraft::what_the_server_came_to_by_itself_is_no_edit()
{
    m_draft->setName(helpers, u"Guides"_qs);
    auto meanwhile = base();
    meanwhile.at(helpers).name = u"Guides"_qs;
    m_draft->setBase(hall, meanwhile);
    QCOMPARE(m_draft->changeCount(), 0);
}

void TestRoleDraft::an_edit_of_a_deleted_role_goes_with_it()
{
    QSignalSpy restructured(m_draft.get(), &RoleDraft::restructured);
    m_draft->setName(helpers, u"Guides"_qs);
    auto meanwhile = base();
    meanwhile.erase(helpers);
    m_draft->setBase(hall, meanwhile);
    QCOMPARE(m_draft->order(), (std::vector{moderators, everyoneRole}));
    QCOMPARE(m_draft->changeCount(), 0);
    QCOMPARE(restructured.size(), 1);
    m_draft->undoStack().undo(); // a step of before must not bring it back
    m_draft->undoStack().redo();
    QVERIFY(!m_draft->contains(helpers));
    QCOMPARE(m_draft->changeCount(), 0);
}

void TestRoleDraft::roles_are_moved_and_positions_kept()
{
    auto roles = base();
    const RoleId top(2003);
    roles.emplace(top, sampleRole(top, u"Top"_qs, 9));
    m_draft->setBase(hall, roles);
    m_draft->move(helpers, 1); // above the moderators, below the top
    QCOMPARE(m_draft->order(), (std::vector{top, helpers, moderators, everyoneRole}));
    const auto positions = m_draft->wantedPositions();
    QCOMPARE(positions.size(), size_t(2)); // the top stays, and is not sent
    QCOMPARE(positions[0].id, helpers);
    QCOMPARE(*positions[0].position, 2);
    QCOMPARE(positions[1].id, moderators);
    QCOMPARE(*positions[1].position, 1);
    QCOMPARE(m_draft->changeCount(), 2);
    m_draft->move(helpers, 2);
    QCOMPARE(m_draft->changeCount(), 0);
}

void TestRoleDraft::equal_positions_are_counted_anew()
{
    auto roles = base();
    roles.at(moderators).position = 1; // as helpers, whose id is lower and which is therefore above
    m_draft->setBase(hall, roles);
    QCOMPARE(m_draft->order(), (std::vector{helpers, moderators, everyoneRole}));
    m_draft->move(moderators, 0);
    const auto positions = m_draft->wantedPositions();
    QCOMPARE(positions.size(), size_t(1));
    QCOMPARE(positions[0].id, moderators);
    QCOMPARE(*positions[0].position, 2);
}

void TestRoleDraft::everyone_stays_the_lowest()
{
    m_draft->move(everyoneRole, 0);
    QCOMPARE(m_draft->changeCount(), 0);
    m_draft->move(moderators, 99);
    QCOMPARE(m_draft->order(), (std::vector{helpers, moderators, everyoneRole}));
}

void TestRoleDraft::a_new_role_finds_its_place_in_a_changed_order()
{
    m_draft->move(helpers, 0);
    auto roles = base();
    const RoleId fresh(2004);
    roles.emplace(fresh, sampleRole(fresh, u"new role"_qs, 1));
    roles.at(helpers).position = 2;
    roles.at(moderators).position = 3;
    m_draft->setBase(hall, roles);
    QCOMPARE(m_draft->order().front(), helpers);
    QCOMPARE(m_draft->order().back(), everyoneRole);
    QCOMPARE(m_draft->order().size(), size_t(4));
}

void TestRoleDraft::applied_edits_leave_the_draft()
{
    m_draft->setName(helpers, u"Guides"_qs);
    m_draft->setHoist(moderators, true);
    m_draft->applied(m_draft->role(helpers));
    QCOMPARE(m_draft->changeCount(), 1);
    QCOMPARE(m_draft->editedRoles(), std::vector{moderators});
    QCOMPARE(m_draft->base(helpers).name, u"Guides"_qs);
    QVERIFY(!m_draft->undoStack().canUndo());
    m_draft->move(helpers, 0);
    Role up = m_draft->base(helpers);
    up.position = 2;
    Role down = m_draft->base(moderators);
    down.position = 1;
    m_draft->orderApplied({up, down});
    QVERIFY(m_draft->wantedPositions().empty());
    QCOMPARE(m_draft->order().front(), helpers);
}

void TestRoleDraft::discard_can_be_undone()
{
    m_draft->setName(helpers, u"Guides"_qs);
    m_draft->discard();
    QCOMPARE(m_draft->changeCount(), 0);
    m_draft->undoStack().undo();
    QCOMPARE(m_draft->role(helpers).name, u"Guides"_qs);
}

void TestRoleDraft::another_guild_is_another_draft()
{
    m_draft->setName(helpers, u"Guides"_qs);
    m_draft->setBase(GuildId(7), {});
    QVERIFY(m_draft->order().empty());
    m_draft->setBase(hall, base());
    QCOMPARE(m_draft->changeCount(), 0);
}

QTEST_MAIN(TestRoleDraft)
#include "tst_role_draft.moc"
