// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/models/model_roles.h"
#include "admin-gui/models/permission_model.h"
#include "admin-gui/models/role_model.h"
#include "tests/admin-gui/support/fake_server.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace guildhall;
using namespace guildhall::console;

/// The list of roles and the matrix of rights, both over one draft.
class TestRoleModels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void roles_stand_highest_first_with_their_holders();
    void a_name_is_edited_in_place();
    void a_role_out_of_reach_is_not_editable_and_says_why();
    void a_moved_role_moves_its_row_and_its_column();
    void every_permission_has_a_row_under_its_heading();
    void cells_are_on_off_or_implied();
    void cells_read_as_sentences();
    void a_cell_turned_over_is_a_draft();
    void a_cell_that_may_not_be_changed_stays();
    void roles_that_come_and_go_are_columns_that_come_and_go();

private:
    QModelIndex cell(Permission permission, RoleId role) const
    {
        return m_matrix->index(m_matrix->rowOf(permission), m_matrix->columnOf(role));
    }
    void actAs(UserId user);

    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<RoleDraft> m_draft;
    std::unique_ptr<RoleModel> m_list;
    std::unique_ptr<PermissionModel> m_matrix;
    std::vector<std::unique_ptr<QAbstractItemModelTester>> m_testers;
};

void TestRoleModels::init()
{
    m_testers.clear();
    m_list.reset();
    m_matrix.reset();
    m_server = std::make_unique<FakeServer>();
    m_server->signIn();
    m_draft = std::make_unique<RoleDraft>();
    m_list = std::make_unique<RoleModel>(*m_draft, m_server->session.directory());
    m_matrix = std::make_unique<PermissionModel>(*m_draft);
    for (QAbstractItemModel *model :
         std::initializer_list<QAbstractItemModel *>{m_list.get(), m_matrix.get()}) {
        m_testers.push_back(std::make_unique<QAbstractItemModelTester>(
            model, QAbstractItemModelTester::FailureReportingMode::QtTest));
    }
    m_draft->setBase(hall, m_server->session.directory().guild(hall)->roles);
    actAs(ann);
}

void TestRoleModels::actAs(UserId user)
{
    const Rights rights = Rights::of(*m_server->session.directory().guild(hall), user);
    m_list->setRights(rights);
    m_matrix->setRights(rights);
}

void TestRoleModels::roles_stand_highest_first_with_their_holders()
{
    QCOMPARE(m_list->rowCount(), 3);
    QStringList cells;
    for (int row = 0; row < 3; ++row) {
        cells.append(m_list->index(row, RoleModel::Name).data().toString());
        cells.append(m_list->index(row, RoleModel::Holders).data().toString());
    }
    QCOMPARE(
        cells,
        (QStringList{u"Moderators"_qs, u"1"_qs, u"Helpers"_qs, u"1"_qs, u"@everyone"_qs, u"4"_qs}));
}

void TestRoleModels::a_name_is_edited_in_place()
{
    const QModelIndex name = m_list->index(m_list->rowOf(helpers), RoleModel::Name);
    QVERIFY(m_list->setData(name, u"  Guides "_qs, Qt::EditRole));
    QCOMPARE(m_draft->role(helpers).name, u"Guides"_qs);
    QVERIFY(name.data(ChangedRole).toBool());
    QVERIFY(!m_list->setData(name, u"   "_qs, Qt::EditRole));
    QVERIFY(!(m_list->flags(m_list->index(2, RoleModel::Name)) & Qt::ItemIsEditable));
}

void TestRoleModels::a_role_out_of_reach_is_not_editable_and_says_why()
{
    actAs(bob);
    const QModelIndex own = m_list->index(m_list->rowOf(moderators), RoleModel::Name);
    QVERIFY(!(own.flags() & Qt::ItemIsEditable));
    QVERIFY(!own.data(Qt::ToolTipRole).toString().isEmpty());
    QVERIFY(!m_list->setData(own, u"Bosses"_qs, Qt::EditRole));
    QVERIFY(m_list->index(m_list->rowOf(helpers), RoleModel::Name).flags() & Qt::ItemIsEditable);
}

void TestRoleModels::a_moved_role_moves_its_row_and_its_column()
{
    QSignalSpy rows(m_list.get(), &QAbstractItemModel::rowsMoved);
    QSignalSpy columns(m_matrix.get(), &QAbstractItemModel::columnsMoved);
    m_draft->move(helpers, 0);
    QCOMPARE(rows.size(), 1);
    QCOMPARE(columns.size(), 1);
    QCOMPARE(m_list->rowOf(helpers), 0);
    QCOMPARE(m_matrix->columnOf(helpers), 0);
}

void TestRoleModels::every_permission_has_a_row_under_its_heading()
{
    int headings = 0;
    Permissions seen;
    for (int row = 0; row < m_matrix->rowCount(); ++row) {
        if (const auto permission = m_matrix->permissionAt(row))
            seen |= *permission;
        else
            ++headings;
    }
    QCOMPARE(headings, 6);
    QVERIFY(seen == Permissions::all());
    QVERIFY(!m_matrix->permissionAt(0)); // a heading comes first
    QVERIFY(m_matrix->index(0, 0).data(HeadingRole).toBool());
    QCOMPARE(m_matrix->index(0, 0).flags(), Qt::NoItemFlags);
}

void TestRoleModels::cells_are_on_off_or_implied()
{
    QCOMPARE(cell(Permission::KickMembers, moderators).data().toString(), u"On"_qs);
    QCOMPARE(cell(Permission::BanMembers, moderators).data().toString(), u"Off"_qs);
    m_draft->setPermissions(moderators, Permission::Administrator, true);
    QCOMPARE(cell(Permission::BanMembers, moderators).data().toString(), u"Implied"_qs);
    QCOMPARE(cell(Permission::KickMembers, moderators).data().toString(), u"On"_qs);
}

void TestRoleModels::cells_read_as_sentences()
{
    const QModelIndex ban = cell(Permission::BanMembers, helpers);
    QCOMPARE(ban.data(Qt::AccessibleTextRole).toString(), u"Ban members, Helpers: Off"_qs);
    m_draft->setPermissions(helpers, Permission::BanMembers, true);
    QCOMPARE(ban.data(Qt::AccessibleTextRole).toString(),
             u"Ban members, Helpers: On, changed, not applied yet"_qs);
}

void TestRoleModels::a_cell_turned_over_is_a_draft()
{
    const QModelIndex ban = cell(Permission::BanMembers, helpers);
    QVERIFY(m_matrix->setData(ban, int(Qt::Checked), Qt::CheckStateRole));
    QVERIFY(ban.data(ChangedRole).toBool());
    QCOMPARE(m_draft->changeCount(), 1);
    QVERIFY(m_matrix->setData(ban, int(Qt::Unchecked), Qt::CheckStateRole));
    QCOMPARE(m_draft->changeCount(), 0);
}

void TestRoleModels::a_cell_that_may_not_be_changed_stays()
{
    actAs(bob);
    const QModelIndex ban = cell(Permission::BanMembers, helpers); // Bob has no such right
    QVERIFY(!(ban.flags() & Qt::ItemIsUserCheckable));
    QVERIFY(ban.flags() & Qt::ItemIsSelectable); // but it can be read
    QVERIFY(!m_matrix->setData(ban, int(Qt::Checked), Qt::CheckStateRole));
    QVERIFY(ban.data(Qt::ToolTipRole).toString().contains(u"Ban members"_qs));
    QVERIFY(cell(Permission::KickMembers, helpers).flags() & Qt::ItemIsUserCheckable);
    QVERIFY(!(cell(Permission::KickMembers, moderators).flags() & Qt::ItemIsUserCheckable));
}

void TestRoleModels::roles_that_come_and_go_are_columns_that_come_and_go()
{
    auto roles = m_server->session.directory().guild(hall)->roles;
    roles.erase(helpers);
    const RoleId top(2009);
    roles.emplace(top, sampleRole(top, u"Top"_qs, 5));
    m_draft->setBase(hall, roles);
    QCOMPARE(m_matrix->columnCount(), 3);
    QCOMPARE(m_matrix->columnOf(top), 0);
    QCOMPARE(m_matrix->columnOf(helpers), -1);
    QCOMPARE(m_matrix->headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), u"Top"_qs);
    m_draft->setBase(hall, {});
    QCOMPARE(m_matrix->columnCount(), 0);
    QCOMPARE(m_list->rowCount(), 0);
}

QTEST_MAIN(TestRoleModels)
#include "tst_role_models.moc"
