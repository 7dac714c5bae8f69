// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/permission_cell.h"
#include "admin-gui/widgets/permission_grid.h"
#include "tests/admin-gui/support/sample_guild.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

using namespace guildhall;
using namespace guildhall::console;

/// The grid by keyboard and mouse.
class TestPermissionGrid : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void space_turns_the_current_cell_over();
    void a_gives_and_d_takes_a_whole_range_in_one_step();
    void cells_out_of_reach_are_left_as_they_are();
    void arrows_walk_and_tab_leaves();
    void a_click_on_the_box_turns_it_over();
    void a_click_beside_the_box_only_chooses();
    void the_filter_hides_rows_and_empty_groups();
    void dangerous_only_and_differing_only();
    void hidden_cells_are_never_changed();
    void the_current_role_is_told();
    void copy_takes_the_sentence();

private:
    QModelIndex cell(Permission permission, RoleId role) const
    {
        return m_model->index(m_model->rowOf(permission), m_model->columnOf(role));
    }
    void choose(const QModelIndex &index) { m_grid->setCurrentIndex(index); }
    bool isOn(Permission permission, RoleId role) const
    {
        return m_draft->role(role).permissions.has(permission);
    }
    bool isShown(Permission permission) const
    {
        return !m_grid->isRowHidden(m_model->rowOf(permission));
    }
    QPoint boxOf(const QModelIndex &index) const
    {
        return PermissionCellDelegate::boxIn(m_grid->visualRect(index)).center();
    }
    static GuildView view();

    std::unique_ptr<RoleDraft> m_draft;
    std::unique_ptr<PermissionModel> m_model;
    std::unique_ptr<PermissionGrid> m_grid;
};

GuildView TestPermissionGrid::view()
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

void TestPermissionGrid::init()
{
    m_grid.reset();
    m_model.reset();
    m_draft = std::make_unique<RoleDraft>();
    m_model = std::make_unique<PermissionModel>(*m_draft);
    m_grid = std::make_unique<PermissionGrid>(*m_model, *m_draft);
    m_draft->setBase(hall, view().roles);
    m_model->setRights(Rights::of(view(), ann));
    m_grid->resize(900, 700);
    m_grid->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_grid.get()));
    m_grid->setFocus();
}

void TestPermissionGrid::space_turns_the_current_cell_over()
{
    choose(cell(Permission::ManageChannels, helpers));
    QTest::keyClick(m_grid.get(), Qt::Key_Space);
    QVERIFY(isOn(Permission::ManageChannels, helpers));
    QTest::keyClick(m_grid.get(), Qt::Key_Space);
    QVERIFY(!isOn(Permission::ManageChannels, helpers));
}

void TestPermissionGrid::a_gives_and_d_takes_a_whole_range_in_one_step()
{
    choose(cell(Permission::ViewChannel, moderators));
    for (int i = 0; i < 2; ++i)
        QTest::keyClick(m_grid.get(), Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(m_grid.get(), Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(m_grid->selectionModel()->selectedIndexes().size(), 6);
    QTest::keyClick(m_grid.get(), Qt::Key_A);
    for (const RoleId role : {moderators, helpers}) {
        QVERIFY(isOn(Permission::ViewChannel, role));
        QVERIFY(isOn(Permission::ManageChannels, role));
        QVERIFY(isOn(Permission::ManageRoles, role));
    }
    QCOMPARE(m_draft->undoStack().count(), 1);
    m_draft->undoStack().undo();
    QVERIFY(!isOn(Permission::ViewChannel, helpers));
    m_draft->undoStack().redo();
    QTest::keyClick(m_grid.get(), Qt::Key_D);
    QVERIFY(!isOn(Permission::ManageRoles, moderators));
}

void TestPermissionGrid::cells_out_of_reach_are_left_as_they_are()
{
    m_model->setRights(Rights::of(view(), bob));
    choose(cell(Permission::KickMembers, moderators)); // his own highest role
    QTest::keyClick(m_grid.get(), Qt::Key_Space);
    QVERIFY(isOn(Permission::KickMembers, moderators));
    QTest::keyClick(m_grid.get(), Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(m_grid.get(), Qt::Key_A);
    QVERIFY(isOn(Permission::KickMembers, helpers)); // of the two the one he may change
    QCOMPARE(m_draft->changeCount(), 1);
}

void TestPermissionGrid::arrows_walk_and_tab_leaves()
{
    choose(cell(Permission::Administrator, moderators));
    QTest::keyClick(m_grid.get(), Qt::Key_Down);
    QCOMPARE(m_grid->currentIndex(), cell(Permission::ViewChannel, moderators));
    QTest::keyClick(m_grid.get(), Qt::Key_Right);
    QCOMPARE(m_grid->currentIndex(), cell(Permission::ViewChannel, helpers));
    QVERIFY(!m_grid->tabKeyNavigation());
}

void TestPermissionGrid::a_click_on_the_box_turns_it_over()
{
    const QModelIndex target = cell(Permission::ManageGuild, helpers);
    QTest::mouseClick(m_grid->viewport(), Qt::LeftButton, {}, boxOf(target));
    QVERIFY(isOn(Permission::ManageGuild, helpers));
    QTest::mouseClick(m_grid->viewport(), Qt::LeftButton, {}, boxOf(target));
    QVERIFY(!isOn(Permission::ManageGuild, helpers));
}

void TestPermissionGrid::a_click_beside_the_box_only_chooses()
{
    const QModelIndex target = cell(Permission::ManageGuild, helpers);
    const QRect rect = m_grid->visualRect(target);
    QTest::mouseClick(m_grid->viewport(), Qt::LeftButton, {}, rect.center() + QPoint(40, 0));
    QCOMPARE(m_grid->currentIndex(), target);
    QCOMPARE(m_draft->changeCount(), 0);
}

void TestPermissionGrid::the_filter_hides_rows_and_empty_groups()
{
    m_grid->setFilterText(u"kick"_qs);
    QVERIFY(isShown(Permission::KickMembers));
    QVERIFY(!isShown(Permission::ViewChannel));
    QVERIFY(m_grid->isRowHidden(0)); // the heading of a group of which nothing is left
    m_grid->setFilterText({});
    QVERIFY(isShown(Permission::ViewChannel));
    QVERIFY(!m_grid->isRowHidden(0));
}

void TestPermissionGrid::dangerous_only_and_differing_only()
{
    m_grid->setDangerousOnly(true);
    QVERIFY(isShown(Permission::Administrator));
    QVERIFY(!isShown(Permission::SendMessages));
    m_grid->setDangerousOnly(false);
    m_grid->setDifferingOnly(true);
    QVERIFY(isShown(Permission::SendMessages)); // only @everyone has it
    QVERIFY(!isShown(Permission::Administrator)); // nobody has it
    m_draft->setPermissions(helpers, Permission::Administrator, true);
    QVERIFY(isShown(Permission::Administrator));
}

void TestPermissionGrid::hidden_cells_are_never_changed()
{
    m_grid->selectAll();
    m_grid->setFilterText(u"Ban members"_qs);
    choose(cell(Permission::BanMembers, helpers));
    m_grid->selectAll();
    QTest::keyClick(m_grid.get(), Qt::Key_A);
    QCOMPARE(m_draft->changeCount(), 3); // that one right, for three roles
}

void TestPermissionGrid::the_current_role_is_told()
{
    RoleId told;
    connect(m_grid.get(), &PermissionGrid::currentRoleChanged, this,
            [&](RoleId role) { told = role; });
    m_grid->showRole(everyoneRole);
    QCOMPARE(told, everyoneRole);
    QVERIFY(m_model->permissionAt(m_grid->currentIndex().row()));
}

void TestPermissionGrid::copy_takes_the_sentence()
{
    choose(cell(Permission::BanMembers, helpers));
    QTest::keySequence(m_grid.get(), QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"Ban members, Helpers: Off"_qs);
}

QTEST_MAIN(TestPermissionGrid)
#include "tst_permission_grid.moc"
