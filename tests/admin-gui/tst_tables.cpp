// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/app/main_window.h"
#include "admin-gui/models/guild_list_model.h"
#include "admin-gui/models/member_model.h"
#include "admin-gui/models/time_text.h"
#include "admin-gui/widgets/filter_box.h"
#include "admin-gui/widgets/theme.h"
#include "tests/admin-gui/support/fake_server.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QMenuBar>
#include <QSplitter>
#include <QTableView>
#include <QTest>
#include <QTimer>

using namespace guildhall;
using namespace guildhall::console;

/// How tables sort and copy, and what of their layout is kept between starts.
class TestTables : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void numbers_and_dates_sort_downwards_first_data();
    void numbers_and_dates_sort_downwards_first();
    void copied_times_are_exact();
    void the_layout_is_there_after_a_restart();
    void each_server_has_its_own_layout();
    void the_filters_are_there_after_a_restart();
    void the_layout_can_be_reset();
    void columns_can_be_reset_alone();
    void a_layout_of_another_version_is_left_alone();

private:
    QTableView *table(const QString &name) const { return m_window->findChild<QTableView *>(name); }
    template <typename T>
    T *find(const QString &name) const
    {
        return m_window->findChild<T *>(name);
    }
    void open();
    void restart();
    static void clickHeader(QTableView *view, int column);
    void dragColumn(QTableView *view, int column, int by);
    void chooseFromHeaderMenu(QTableView *view, const QString &text);
    void chooseFromMenu(const QString &text);

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<MainWindow> m_window;
};

void TestTables::init()
{
    m_window.reset();
    m_theme.reset();
    m_theme = std::make_unique<Theme>();
    m_server = std::make_unique<FakeServer>();
    open();
}

void TestTables::open()
{
    m_window = std::make_unique<MainWindow>(m_server->session, m_server->settings);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_server->signIn();
}

void TestTables::restart()
{
    m_window->close();
    m_window.reset();
    m_server->session.signOut();
    m_server->socket->urls.clear();
    open();
}

void TestTables::clickHeader(QTableView *view, int column)
{
    const QHeaderView *header = view->horizontalHeader();
    const int x = header->sectionViewportPosition(column) + header->sectionSize(column) / 2;
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, QPoint(x, header->height() / 2));
}

void TestTables::dragColumn(QTableView *view, int column, int by)
{
    QHeaderView *header = view->horizontalHeader();
    const int edge = header->sectionViewportPosition(column) + header->sectionSize(column) - 2;
    const int y = header->height() / 2;
    QTest::mouseMove(header->viewport(), QPoint(edge, y));
    QTest::mousePress(header->viewport(), Qt::LeftButton, {}, QPoint(edge, y));
    QTest::mouseMove(header->viewport(), QPoint(edge + by, y));
    QTest::mouseRelease(header->viewport(), Qt::LeftButton, {}, QPoint(edge + by, y));
}

void TestTables::chooseFromHeaderMenu(QTableView *view, const QString &text)
{
    bool chosen = false;
    QTimer::singleShot(0, this, [&chosen, &text] {
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        if (menu == nullptr)
            return;
        for (QAction *action : menu->actions()) {
            if (action->text() != text)
                continue;
            QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
            chosen = true;
            return;
        }
        menu->close();
    });
    Q_EMIT view->horizontalHeader()->customContextMenuRequested(QPoint(20, 10));
    QVERIFY2(chosen, qPrintable(text));
}

void TestTables::chooseFromMenu(const QString &text)
{
    for (QAction *action : m_window->findChildren<QAction *>()) {
        if (action->text().remove(u'&') == text)
            return action->trigger();
    }
    QFAIL(qPrintable(text));
}

void TestTables::numbers_and_dates_sort_downwards_first_data()
{
    QTest::addColumn<int>("page");
    QTest::addColumn<QString>("view");
    QTest::addColumn<int>("column");
    QTest::addColumn<bool>("downwards");
    const QString guilds = u"guildTable"_qs;
    const QString members = u"memberTable"_qs;
    QTest::newRow("members of a guild") << 0 << guilds << int(GuildListModel::Members) << true;
    QTest::newRow("online") << 0 << guilds << int(GuildListModel::Online) << true;
    QTest::newRow("created") << 0 << guilds << int(GuildListModel::Created) << true;
    QTest::newRow("standing") << 0 << guilds << int(GuildListModel::Standing) << false;
    QTest::newRow("joined") << 1 << members << int(MemberModel::Joined) << true;
    QTest::newRow("user name") << 1 << members << int(MemberModel::Username) << false;
}

void TestTables::numbers_and_dates_sort_downwards_first()
{
    QFETCH(int, page);
    QFETCH(QString, view);
    QFETCH(int, column);
    QFETCH(bool, downwards);
    m_window->showPage(page);
    const auto order = [&] {
        return table(view)->horizontalHeader()->sortIndicatorOrder();
    };
    clickHeader(table(view), column);
    QCOMPARE(table(view)->horizontalHeader()->sortIndicatorSection(), column);
    QCOMPARE(order(), downwards ? Qt::DescendingOrder : Qt::AscendingOrder);
    clickHeader(table(view), column);
    QCOMPARE(order(), downwards ? Qt::AscendingOrder : Qt::DescendingOrder);
}

void TestTables::copied_times_are_exact()
{
    m_window->showPage(1);
    QTableView *members = table(u"memberTable"_qs);
    members->selectRow(1);
    members->setFocus();
    QTest::keyClick(members, Qt::Key_C, Qt::ControlModifier);
    const QString joined = exactTime(sampleGuild().members[1].joinedAt);
    const QString text = QGuiApplication::clipboard()->text();
    QVERIFY2(text.endsWith(u'\t' + joined), qPrintable(text));
    QVERIFY2(!text.contains(u" ago"_qs), qPrintable(text));
    m_window->showPage(0);
    QTableView *guilds = table(u"guildTable"_qs);
    guilds->selectRow(0);
    guilds->setFocus();
    QTest::keyClick(guilds, Qt::Key_C, Qt::ControlModifier);
    QVERIFY(!QGuiApplication::clipboard()->text().contains(u" ago"_qs));
}

void TestTables::the_layout_is_there_after_a_restart()
{
    m_window->showPage(1);
    QTableView *members = table(u"memberTable"_qs);
    const int before = members->columnWidth(MemberModel::Roles);
    dragColumn(members, MemberModel::Roles, 70);
    const int wide = members->columnWidth(MemberModel::Roles);
    QCOMPARE(wide, before + 70);
    clickHeader(members, MemberModel::Joined);
    chooseFromHeaderMenu(members, u"Client"_qs);
    QVERIFY(!members->isColumnHidden(MemberModel::Client));
    restart();
    members = table(u"memberTable"_qs);
    m_window->showPage(1);
    QCOMPARE(members->columnWidth(MemberModel::Roles), wide);
    QVERIFY(!members->isColumnHidden(MemberModel::Client));
    QCOMPARE(members->horizontalHeader()->sortIndicatorSection(), int(MemberModel::Joined));
    QCOMPARE(members->model()->index(0, 0).data().toString(), u"Dan"_qs); // and sorted by it
}

void TestTables::each_server_has_its_own_layout()
{
    m_window->showPage(1);
    dragColumn(table(u"memberTable"_qs), MemberModel::Roles, 70);
    const int wide = table(u"memberTable"_qs)->columnWidth(MemberModel::Roles);
    m_server->session.signOut();
    m_server->session.signIn(QUrl(u"https://other.example"_qs), u"ann"_qs, u"correct horse"_qs,
                             false);
    QTRY_COMPARE(m_server->session.state(), Session::State::SignedIn);
    QCOMPARE(table(u"memberTable"_qs)->columnWidth(MemberModel::Roles), wide - 70);
    m_server->session.signOut();
    m_server->socket->urls.clear();
    m_server->signIn();
    QCOMPARE(table(u"memberTable"_qs)->columnWidth(MemberModel::Roles), wide);
}

void TestTables::the_filters_are_there_after_a_restart()
{
    m_window->showPage(1);
    QTest::keyClick(find<QComboBox>(u"presenceFilter"_qs), Qt::Key_Down);
    QTest::keyClicks(find<QWidget>(u"memberFilter"_qs), u"dan"_qs);
    QTRY_COMPARE(table(u"memberTable"_qs)->model()->rowCount(), 1);
    m_window->showPage(2);
    QTest::mouseClick(find<QCheckBox>(u"dangerousOnly"_qs), Qt::LeftButton, {}, QPoint(8, 10));
    restart();
    QCOMPARE(find<QComboBox>(u"presenceFilter"_qs)->currentText(), u"Here now"_qs);
    QTRY_COMPARE(table(u"memberTable"_qs)->model()->rowCount(), 1);
    QVERIFY(find<QCheckBox>(u"dangerousOnly"_qs)->isChecked());
}

void TestTables::the_layout_can_be_reset()
{
    const QSize usual = m_window->size();
    m_window->showPage(1);
    QTableView *members = table(u"memberTable"_qs);
    const int before = members->columnWidth(MemberModel::Roles);
    dragColumn(members, MemberModel::Roles, 70);
    clickHeader(members, MemberModel::Joined);
    chooseFromHeaderMenu(members, u"Client"_qs);
    QTest::keyClick(find<QComboBox>(u"presenceFilter"_qs), Qt::Key_Down);
    m_window->resize(usual - QSize(60, 40));
    m_window->showPage(0); // which also keeps the layout
    QVERIFY(!m_server->settings.layout(u"window"_qs).isEmpty());
    m_window->showPage(1);
    chooseFromMenu(u"Reset layout"_qs);
    QVERIFY(m_server->settings.layout(u"window"_qs).isEmpty());
    QCOMPARE(members->columnWidth(MemberModel::Roles), before);
    QVERIFY(members->isColumnHidden(MemberModel::Client));
    QCOMPARE(members->horizontalHeader()->sortIndicatorSection(), int(MemberModel::Name));
    QCOMPARE(members->model()->rowCount(), 4);
    QCOMPARE(m_window->size(), usual);
}

void TestTables::columns_can_be_reset_alone()
{
    m_window->showPage(1);
    QTableView *members = table(u"memberTable"_qs);
    const int before = members->columnWidth(MemberModel::Roles);
    dragColumn(members, MemberModel::Roles, 70);
    chooseFromHeaderMenu(members, u"Client"_qs);
    chooseFromHeaderMenu(members, u"Restore default"_qs);
    QCOMPARE(members->columnWidth(MemberModel::Roles), before);
    QVERIFY(members->isColumnHidden(MemberModel::Client));
}

void TestTables::a_layout_of_another_version_is_left_alone()
{
    m_window->showPage(1);
    const int before = table(u"memberTable"_qs)->columnWidth(MemberModel::Roles);
    m_window->close();
    QFile file(m_server->folder.filePath(u"console.ini"_qs));
    m_server->settings.sync();
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("memberTable"));
    m_window.reset();
    m_server->settings.setLayout(u"http%3A%2F%2Flocalhost%3A3000/memberTable"_qs, "not a layout");
    m_server->session.signOut();
    m_server->socket->urls.clear();
    open();
    QCOMPARE(table(u"memberTable"_qs)->columnWidth(MemberModel::Roles), before);
}

QTEST_MAIN(TestTables)
#include "tst_tables.moc"
