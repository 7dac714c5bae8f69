// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/pages/members/members_page.h"
#include "admin-gui/widgets/error_banner.h"
#include "admin-gui/widgets/filter_box.h"
#include "admin-gui/widgets/state_panel.h"
#include "tests/admin-gui/support/fake_server.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace guildhall;
using namespace guildhall::console;

class TestMembersPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void it_shows_members_and_who_is_here();
    void a_presence_changes_under_the_eyes();
    void kicking_shows_what_will_happen_and_then_does_it();
    void the_preview_names_who_is_left_out();
    void escape_kicks_nobody();
    void what_failed_is_told_and_can_be_tried_again();
    void without_the_permission_it_is_disabled_and_says_why();
    void while_the_connection_is_lost_it_is_disabled_and_says_why();
    void rows_and_ids_are_copied_by_key();
    void the_filter_narrows_and_nothing_found_says_so();
    void a_large_guild_is_searched_on_the_server();
    void refresh_asks_again();
    void a_failure_to_load_is_shown_with_its_request();

private:
    QTableView *table() const { return m_page->findChild<QTableView *>(u"memberTable"_qs); }
    QAction *kick() const { return m_page->findChild<QAction *>(u"kick"_qs); }
    QStringList names() const
    {
        QStringList out;
        for (int row = 0; row < table()->model()->rowCount(); ++row)
            out.append(table()->model()->index(row, MemberModel::Name).data().toString());
        return out;
    }
    void choose(const QStringList &wanted)
    {
        table()->clearSelection();
        for (const QString &name : wanted) {
            const QModelIndex cell = table()->model()->index(int(names().indexOf(name)), 0);
            table()->selectionModel()->select(
                cell, QItemSelectionModel::Select | QItemSelectionModel::Rows);
            table()->selectionModel()->setCurrentIndex(cell, QItemSelectionModel::NoUpdate);
        }
        table()->setFocus();
    }
    QDialog *dialog() const { return m_page->findChild<QDialog *>(u"kickDialog"_qs); }
    void signInAs(UserId user);

    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<MembersPage> m_page;
};

void TestMembersPage::init()
{
    m_page.reset();
    m_server = std::make_unique<FakeServer>();
    signInAs(ann);
}

void TestMembersPage::signInAs(UserId user)
{
    m_server->signIn(user);
    m_page = std::make_unique<MembersPage>(m_server->session);
    m_page->resize(1000, 600);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_page->setWritable(true, {});
    m_page->setGuild(hall);
}

void TestMembersPage::it_shows_members_and_who_is_here()
{
    QCOMPARE(names(), (QStringList{u"Ann"_qs, u"Bob"_qs, u"Cyn"_qs, u"Dan"_qs}));
    const auto labels = m_page->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
        return label->text() == u"The Hall · 3 of 4 members here now";
    }));
    auto *presence = m_page->findChild<QComboBox *>(u"presenceFilter"_qs);
    QTest::keyClick(presence, Qt::Key_Down);
    QCOMPARE(names(), (QStringList{u"Ann"_qs, u"Bob"_qs, u"Dan"_qs}));
}

void TestMembersPage::a_presence_changes_under_the_eyes()
{
    choose({u"Cyn"_qs});
    m_server->socket->dispatch("PRESENCE_UPDATE", json::encode(samplePresence(cyn, u"dnd"_qs)));
    const auto status = [this] {
        return table()->model()->index(2, MemberModel::Status).data().toString();
    };
    QTRY_COMPARE(status(), u"Do not disturb"_qs);
    QCOMPARE(table()->selectionModel()->selectedRows().size(), 1); // the choice stays
}

void TestMembersPage::kicking_shows_what_will_happen_and_then_does_it()
{
    choose({u"Cyn"_qs, u"Dan"_qs});
    QVERIFY(kick()->isEnabled());
    QTest::keyClick(table(), Qt::Key_Delete);
    QVERIFY(dialog() != nullptr);
    QCOMPARE(m_server->transport.lines().back().left(6), "GET /a"); // nothing happened yet
    auto *reason = dialog()->findChild<QLineEdit *>();
    QTest::keyClicks(reason, u"spam"_qs);
    QTest::mouseClick(dialog()->findChild<QPushButton *>(u"confirmKick"_qs), Qt::LeftButton);
    QTRY_COMPARE(m_server->transport.lastLine(), "DELETE /api/v10/guilds/1000/members/14");
    QCOMPARE(m_server->transport.last().auditReason, u"spam"_qs);
    const auto lines = m_server->transport.lines();
    QCOMPARE(lines[lines.size() - 2], "DELETE /api/v10/guilds/1000/members/13");
    for (const UserId user : {cyn, dan}) {
        m_server->socket->dispatch(
            "GUILD_MEMBER_REMOVE",
            "{\"guild_id\":\"1000\",\"user\":" + json::encode(sampleUser(user, u"X"_qs)) + '}');
    }
    QTRY_COMPARE(names(), (QStringList{u"Ann"_qs, u"Bob"_qs}));
}

void TestMembersPage::the_preview_names_who_is_left_out()
{
    choose({u"Ann"_qs, u"Cyn"_qs}); // Ann is oneself
    QVERIFY(kick()->isEnabled());
    kick()->trigger();
    auto *list = dialog()->findChild<QListWidget *>();
    QCOMPARE(list->count(), 2);
    QVERIFY(list->item(0)->text().startsWith(u"Not Ann"_qs));
    QVERIFY(list->item(0)->text().contains(u"yourself"_qs));
    QTest::mouseClick(dialog()->findChild<QPushButton *>(u"confirmKick"_qs), Qt::LeftButton);
    QTRY_COMPARE(m_server->transport.lastLine(), "DELETE /api/v10/guilds/1000/members/13");
}

void TestMembersPage::escape_kicks_nobody()
{
    choose({u"Cyn"_qs});
    kick()->trigger();
    const size_t before = m_server->transport.requests().size();
    QTest::keyClick(dialog(), Qt::Key_Escape);
    QTRY_VERIFY(dialog() == nullptr);
    QCOMPARE(m_server->transport.requests().size(), before);
}

void TestMembersPage::what_failed_is_told_and_can_be_tried_again()
{
    m_server->answerWith("DELETE /api/v10/guilds/1000/members/13", 403,
                         "{\"code\":50013,\"message\":\"Missing Permissions\"}");
    choose({u"Cyn"_qs, u"Dan"_qs});
    kick()->trigger();
    QTest::mouseClick(dialog()->findChild<QPushButton *>(u"confirmKick"_qs), Qt::LeftButton);
    auto *errors = m_page->findChild<ErrorBanner *>();
    QTRY_VERIFY(errors->isVisible());
    QCOMPARE(errors->text(), u"Not kicked: Cyn: Missing Permissions"_qs);
    m_server->transport.forget();
    m_server->answerWith("DELETE /api/v10/guilds/1000/members/13", 204);
    QTest::mouseClick(errors->findChild<QPushButton *>(), Qt::LeftButton);
    QTRY_COMPARE(m_server->transport.lines(),
                 std::vector<QByteArray>{"DELETE /api/v10/guilds/1000/members/13"});
    QVERIFY(!errors->isVisible());
}

void TestMembersPage::without_the_permission_it_is_disabled_and_says_why()
{
    m_page.reset();
    m_server = std::make_unique<FakeServer>();
    signInAs(dan);
    choose({u"Cyn"_qs});
    QVERIFY(!kick()->isEnabled());
    QVERIFY2(kick()->toolTip().contains(u"Kick members"_qs), qPrintable(kick()->toolTip()));
    QTest::keyClick(table(), Qt::Key_Delete);
    QVERIFY(dialog() == nullptr);
}

void TestMembersPage::while_the_connection_is_lost_it_is_disabled_and_says_why()
{
    choose({u"Cyn"_qs});
    m_page->setWritable(false, u"no connection"_qs);
    QVERIFY(!kick()->isEnabled());
    QCOMPARE(kick()->toolTip(), u"no connection"_qs);
    m_page->setWritable(true, {});
    QVERIFY(kick()->isEnabled());
}

void TestMembersPage::rows_and_ids_are_copied_by_key()
{
    choose({u"Bob"_qs, u"Cyn"_qs});
    QTest::keyClick(table(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"12\n13"_qs);
    QTest::keyClick(table(), Qt::Key_C, Qt::ControlModifier);
    const QString text = QGuiApplication::clipboard()->text();
    QCOMPARE(text.count(u'\n'), 1);
    QVERIFY2(text.startsWith(u"Bob\tbob\tOnline\tModerators\t"_qs), qPrintable(text));
}

void TestMembersPage::the_filter_narrows_and_nothing_found_says_so()
{
    m_page->focusFilter();
    auto *filter = m_page->findChild<FilterBox *>();
    QVERIFY(filter->hasFocus());
    QTest::keyClicks(filter, u"bob"_qs);
    QTRY_COMPARE(names(), QStringList{u"Bob"_qs});
    QTest::keyClicks(filter, u"zzz"_qs);
    auto *state = m_page->findChild<StatePanel *>();
    QTRY_VERIFY(!state->message().isEmpty());
    QTest::keyClick(filter, Qt::Key_Escape);
    QTRY_COMPARE(names().size(), 4);
    QVERIFY(state->showsContent());
}

void TestMembersPage::a_large_guild_is_searched_on_the_server()
{
    m_server->answerWith("GET /api/v10/guilds/1000/members/search", 200,
                         json::encode(std::vector{sampleMember(UserId(99), u"Zed"_qs)}));
    m_server->answerWith("GET /api/v10/guilds/1000/members?", 503);
    GatewayGuild large = sampleGuild();
    large.memberCount = 9000;
    m_server->ready(ann, {large});
    auto *filter = m_page->findChild<FilterBox *>();
    QTest::keyClicks(filter, u"ze"_qs);
    QTRY_COMPARE(names(), QStringList{u"Zed"_qs});
    const auto lines = m_server->transport.lines();
    QVERIFY(std::any_of(lines.begin(), lines.end(),
                        [](const QByteArray &line) { return line.contains("query=ze"); }));
}

void TestMembersPage::refresh_asks_again()
{
    m_page->refresh();
    QCOMPARE(m_server->transport.lastLine(), "GET /api/v10/guilds/1000/members?limit=1000&after=0");
}

void TestMembersPage::a_failure_to_load_is_shown_with_its_request()
{
    m_server->answerWith("GET /api/v10/guilds/1000/members", 500,
                         "{\"code\":0,\"message\":\"500: Internal Server Error\"}");
    m_page->refresh();
    auto *errors = m_page->findChild<ErrorBanner *>();
    QTRY_VERIFY(errors->isVisible());
    const auto labels = errors->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
        return label->isVisible() && label->text().contains(u"req-7"_qs);
    }));
    QCOMPARE(names().size(), 4); // what was there stays
}

QTEST_MAIN(TestMembersPage)
#include "tst_members_page.moc"
