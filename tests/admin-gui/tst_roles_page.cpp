// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/pages/roles/role_list.h"
#include "admin-gui/pages/roles/roles_page.h"
#include "admin-gui/widgets/draft_bar.h"
#include "admin-gui/widgets/error_banner.h"
#include "admin-gui/widgets/permission_grid.h"
#include "tests/admin-gui/support/fake_server.h"

#include <QCheckBox>
#include <QDialog>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace guildhall;
using namespace guildhall::console;

class TestRolesPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void list_form_and_grid_follow_each_other();
    void edits_are_collected_reviewed_and_applied();
    void what_is_refused_stays_in_the_draft();
    void discard_and_undo();
    void a_role_is_made_and_named();
    void a_role_is_deleted_only_after_typing_its_name();
    void roles_are_moved_by_key();
    void a_role_changed_by_others_keeps_the_edit();
    void a_role_deleted_by_others_says_what_is_lost();
    void deleting_a_role_oneself_is_no_such_news();
    void without_the_permission_everything_is_readable_and_nothing_editable();
    void while_the_connection_is_lost_edits_wait();

private:
    QTableView *list() const { return m_page->findChild<QTableView *>(u"roleTable"_qs); }
    PermissionGrid *grid() const { return m_page->findChild<PermissionGrid *>(); }
    QLineEdit *name() const { return m_page->findChild<QLineEdit *>(u"roleName"_qs); }
    DraftBar *bar() const { return m_page->findChild<DraftBar *>(); }
    RoleId current() const { return m_page->findChild<RoleList *>()->current(); }
    QPushButton *button(const QString &text) const
    {
        for (QPushButton *candidate : bar()->findChildren<QPushButton *>()) {
            if (candidate->text().remove(u'&').startsWith(text))
                return candidate;
        }
        return nullptr;
    }
    QStringList order() const
    {
        QStringList out;
        for (int row = 0; row < list()->model()->rowCount(); ++row)
            out.append(list()->model()->index(row, 0).data().toString());
        return out;
    }
    void choose(int row)
    {
        list()->setFocus();
        list()->setCurrentIndex(list()->model()->index(row, 0));
    }
    template <typename T>
    T *inDialog(const QString &dialog, const QString &child = {}) const
    {
        auto *found = m_page->findChild<QDialog *>(dialog);
        return found ? found->findChild<T *>(child) : nullptr;
    }
    void signInAs(UserId user);

    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<RolesPage> m_page;
};

void TestRolesPage::init()
{
    m_page.reset();
    m_server = std::make_unique<FakeServer>();
    signInAs(ann);
}

void TestRolesPage::signInAs(UserId user)
{
    m_server->signIn(user);
    m_page = std::make_unique<RolesPage>(m_server->session);
    m_page->resize(1100, 700);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_page->setWritable(true, {});
    m_page->setGuild(hall);
    m_server->transport.forget();
}

void TestRolesPage::list_form_and_grid_follow_each_other()
{
    QCOMPARE(current(), moderators);
    QCOMPARE(name()->text(), u"Moderators"_qs);
    choose(1);
    QCOMPARE(name()->text(), u"Helpers"_qs);
    QCOMPARE(grid()->currentIndex().column(), 1);
    grid()->setFocus();
    QTest::keyClick(grid(), Qt::Key_Right);
    QCOMPARE(current(), everyoneRole);
    QVERIFY(!name()->isEnabled());
    QVERIFY(!name()->toolTip().isEmpty());
}

void TestRolesPage::edits_are_collected_reviewed_and_applied()
{
    choose(1);
    QVERIFY(!bar()->isVisible());
    name()->setFocus();
    name()->selectAll();
    QTest::keyClicks(name(), u"Guides"_qs);
    grid()->setFocus();
    QTest::keyClick(grid(), Qt::Key_A); // Administrator is the first row
    QVERIFY(bar()->isVisible());
    QVERIFY(bar()->text().contains(u'2'));
    QVERIFY(m_server->transport.requests().empty());
    QTest::mouseClick(button(u"Review"_qs), Qt::LeftButton);
    QCOMPARE(inDialog<QListWidget>(u"reviewDialog"_qs)->count(), 2);
    Role saved = sampleRole(helpers, u"Guides"_qs, 1,
                            Permission::ManageMessages | Permission::Administrator);
    m_server->answerWith("PATCH /api/v10/guilds/1000/roles/2001", 200, json::encode(saved));
    m_page->findChild<QDialog *>(u"reviewDialog"_qs)->accept();
    QTRY_VERIFY(!bar()->isVisible());
    QCOMPARE(m_server->transport.lastLine(), "PATCH /api/v10/guilds/1000/roles/2001");
    QCOMPARE(m_server->transport.last().body.value_or(QByteArray()),
             "{\"name\":\"Guides\",\"permissions\":\"8200\"}");
    QCOMPARE(order(), (QStringList{u"Moderators"_qs, u"Guides"_qs, u"@everyone"_qs}));
}

void TestRolesPage::what_is_refused_stays_in_the_draft()
{
    m_server->answerWith("PATCH /api/v10/guilds/1000/roles/2001", 403,
                         "{\"code\":50013,\"message\":\"Missing Permissions\"}");
    m_server->answerWith("PATCH /api/v10/guilds/1000/roles/2002", 200,
                         json::encode(sampleRole(moderators, u"Wardens"_qs, 2)));
    choose(0);
    m_page->findChild<QLineEdit *>(u"roleName"_qs)->setFocus();
    name()->selectAll();
    QTest::keyClicks(name(), u"Wardens"_qs);
    choose(1);
    QTest::mouseClick(m_page->findChild<QCheckBox *>(u"roleHoist"_qs), Qt::LeftButton, {},
                      QPoint(8, 10));
    QTest::mouseClick(button(u"Apply"_qs), Qt::LeftButton);
    auto *errors = m_page->findChild<ErrorBanner *>();
    QTRY_VERIFY(errors->isVisible());
    QCOMPARE(errors->text(), u"Not applied: Helpers: Missing Permissions"_qs);
    QVERIFY(bar()->isVisible());
    QVERIFY(bar()->text().startsWith(u'1'));
}

void TestRolesPage::discard_and_undo()
{
    choose(1);
    grid()->setFocus();
    QTest::keyClick(grid(), Qt::Key_A);
    QVERIFY(m_page->hasDraft());
    QTest::mouseClick(button(u"Discard"_qs), Qt::LeftButton);
    QVERIFY(!m_page->hasDraft());
    m_page->undoStack()->undo(); // of the discarding
    QVERIFY(m_page->hasDraft());
    m_page->undoStack()->undo();
    QVERIFY(!m_page->hasDraft());
}

void TestRolesPage::a_role_is_made_and_named()
{
    const RoleId fresh(2010);
    m_server->answerWith("POST /api/v10/guilds/1000/roles", 200,
                         json::encode(sampleRole(fresh, u"new role"_qs, 1)));
    auto roles = m_server->guild.roles;
    roles.push_back(sampleRole(fresh, u"new role"_qs, 1));
    roles[1].position = 2;
    roles[2].position = 3;
    m_server->answerWith("GET /api/v10/guilds/1000/roles", 200, json::encode(roles));
    QTest::mouseClick(m_page->findChild<QToolButton *>(u"createRole"_qs), Qt::LeftButton);
    QTRY_COMPARE(current(), fresh);
    QTRY_COMPARE(order(),
                 (QStringList{u"Moderators"_qs, u"Helpers"_qs, u"new role"_qs, u"@everyone"_qs}));
    auto *editor = list()->viewport()->findChild<QLineEdit *>();
    QVERIFY(editor != nullptr); // its name is open at once
    QTest::keyClicks(editor, u"Heralds"_qs);
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(name()->text(), u"Heralds"_qs);
    QVERIFY(m_page->hasDraft());
}

void TestRolesPage::a_role_is_deleted_only_after_typing_its_name()
{
    choose(1);
    QTest::keyClick(list(), Qt::Key_Delete);
    auto *confirm = inDialog<QPushButton>(u"deleteRoleDialog"_qs, u"confirmDelete"_qs);
    auto *typed = inDialog<QLineEdit>(u"deleteRoleDialog"_qs, u"typedName"_qs);
    QVERIFY(confirm && typed);
    QVERIFY(!confirm->isEnabled());
    QTest::keyClicks(typed, u"Helper"_qs);
    QVERIFY(!confirm->isEnabled());
    QTest::keyClicks(typed, u"s"_qs);
    QVERIFY(confirm->isEnabled());
    QTest::mouseClick(confirm, Qt::LeftButton);
    QTRY_COMPARE(order(), (QStringList{u"Moderators"_qs, u"@everyone"_qs}));
    QCOMPARE(m_server->transport.lastLine(), "DELETE /api/v10/guilds/1000/roles/2001");
}

void TestRolesPage::roles_are_moved_by_key()
{
    choose(1);
    QTest::keyClick(list(), Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(order(), (QStringList{u"Helpers"_qs, u"Moderators"_qs, u"@everyone"_qs}));
    QCOMPARE(current(), helpers); // the choice moves along
    m_server->answerWith("PATCH /api/v10/guilds/1000/roles", 200,
                         json::encode(std::vector{sampleRole(everyoneRole, u"@everyone"_qs, 0),
                                                  sampleRole(moderators, u"Moderators"_qs, 1),
                                                  sampleRole(helpers, u"Helpers"_qs, 2)}));
    QTest::mouseClick(button(u"Apply"_qs), Qt::LeftButton);
    QTRY_VERIFY(!bar()->isVisible());
    QCOMPARE(m_server->transport.last().body.value_or(QByteArray()),
             "[{\"id\":\"2001\",\"position\":2},{\"id\":\"2002\",\"position\":1}]");
    QCOMPARE(order(), (QStringList{u"Helpers"_qs, u"Moderators"_qs, u"@everyone"_qs}));
}

void TestRolesPage::a_role_changed_by_others_keeps_the_edit()
{
    choose(1);
    grid()->setFocus();
    QTest::keyClick(grid(), Qt::Key_A);
    m_server->socket->dispatch(
        "GUILD_ROLE_UPDATE",
        "{\"guild_id\":\"1000\",\"role\":"
            + json::encode(sampleRole(helpers, u"Guides"_qs, 1, Permission::ManageThreads)) + '}');
    QTRY_COMPARE(name()->text(), u"Guides"_qs);
    QVERIFY(m_page->hasDraft());
    QCOMPARE(current(), helpers);
}

void TestRolesPage::a_role_deleted_by_others_says_what_is_lost()
{
    choose(1);
    grid()->setFocus();
    QTest::keyClick(grid(), Qt::Key_A);
    QVERIFY(m_page->hasDraft());
    m_server->socket->dispatch("GUILD_ROLE_DELETE", "{\"guild_id\":\"1000\",\"role_id\":\"2001\"}");
    auto *banner = m_page->findChild<ErrorBanner *>();
    QTRY_VERIFY(banner->isVisible());
    QVERIFY2(banner->text().contains(u"“Helpers”"_qs), qPrintable(banner->text()));
    QVERIFY(!m_page->hasDraft());
    banner->dismiss();
    m_server->socket->dispatch("GUILD_ROLE_DELETE", "{\"guild_id\":\"1000\",\"role_id\":\"2002\"}");
    QTRY_COMPARE(order(), QStringList{u"@everyone"_qs});
    QVERIFY(!banner->isVisible()); // nothing was changed there
}

void TestRolesPage::deleting_a_role_oneself_is_no_such_news()
{
    choose(1);
    grid()->setFocus();
    QTest::keyClick(grid(), Qt::Key_A);
    list()->setFocus();
    QTest::keyClick(list(), Qt::Key_Delete);
    QTest::keyClicks(inDialog<QLineEdit>(u"deleteRoleDialog"_qs, u"typedName"_qs), u"Helpers"_qs);
    QTest::mouseClick(inDialog<QPushButton>(u"deleteRoleDialog"_qs, u"confirmDelete"_qs),
                      Qt::LeftButton);
    QTRY_COMPARE(order(), (QStringList{u"Moderators"_qs, u"@everyone"_qs}));
    QVERIFY(!m_page->findChild<ErrorBanner *>()->isVisible());
}

void TestRolesPage::without_the_permission_everything_is_readable_and_nothing_editable()
{
    m_page.reset();
    m_server = std::make_unique<FakeServer>();
    signInAs(cyn);
    choose(1);
    QVERIFY(!name()->isEnabled());
    QVERIFY(name()->toolTip().contains(u"Manage roles"_qs));
    auto *create = m_page->findChild<QToolButton *>(u"createRole"_qs);
    QVERIFY(!create->isEnabled());
    QVERIFY(create->toolTip().contains(u"Manage roles"_qs));
    grid()->setFocus();
    QTest::keyClick(grid(), Qt::Key_A);
    QVERIFY(!m_page->hasDraft());
}

void TestRolesPage::while_the_connection_is_lost_edits_wait()
{
    choose(1);
    grid()->setFocus();
    m_page->setWritable(false, u"no connection"_qs);
    QTest::keyClick(grid(), Qt::Key_A); // a draft can still be written
    QVERIFY(m_page->hasDraft());
    QVERIFY(!button(u"Apply"_qs)->isEnabled());
    QCOMPARE(button(u"Apply"_qs)->toolTip(), u"no connection"_qs);
    m_page->setWritable(true, {});
    QVERIFY(button(u"Apply"_qs)->isEnabled());
}

QTEST_MAIN(TestRolesPage)
#include "tst_roles_page.moc"
