// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/pages/guilds/guilds_page.h"
#include "admin-gui/pages/members/members_page.h"
#include "admin-gui/pages/roles/roles_page.h"
#include "admin-gui/pages/sign_in/sign_in_page.h"
#include "admin-gui/widgets/notice_banner.h"
#include "admin-gui/widgets/reconnect_banner.h"
#include "tests/admin-gui/support/shown_window.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QTest>

using namespace guildhall;
using namespace guildhall::console;

class TestMainWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void it_begins_where_one_signs_in();
    void signed_in_it_shows_the_guilds();
    void pages_open_by_click_and_by_key();
    void a_lost_connection_is_told_and_comes_back();
    void the_banner_counts_down_and_retries_on_demand();
    void without_a_keychain_it_says_so();
    void another_guild_can_be_chosen();
    void the_guild_that_was_left_is_not_shown_any_more();
    void signing_out_hides_everything();
    void shortcuts_are_listed_and_can_be_searched();
    void every_control_has_a_name_for_those_who_do_not_see_it();
    void the_order_of_focus_has_no_trap();

private:
    template <typename T>
    T *find(const QString &name = {}) const
    {
        return m_shown->window.findChild<T *>(name);
    }
    void signIn()
    {
        m_shown->server.signIn();
        QTRY_VERIFY(find<GuildsPage>()->isVisible());
    }

    std::unique_ptr<ShownWindow> m_shown;
};

void TestMainWindow::init()
{
    m_shown.reset(); // there is one theme at a time
    m_shown = std::make_unique<ShownWindow>();
    QVERIFY(m_shown->isActive());
}

void TestMainWindow::it_begins_where_one_signs_in()
{
    m_shown->window.begin();
    QVERIFY(find<SignInPage>()->isVisible());
    QVERIFY(!find<GuildsPage>()->isVisible());
}

void TestMainWindow::signed_in_it_shows_the_guilds()
{
    signIn();
    QVERIFY(!find<SignInPage>()->isVisible());
    QCOMPARE(find<QLabel>(u"accountName"_qs)->text(), u"Ann"_qs);
    QCOMPARE(find<QComboBox>(u"guildChooser"_qs)->currentText(), u"The Hall"_qs);
}

void TestMainWindow::pages_open_by_click_and_by_key()
{
    signIn();
    QTest::mouseClick(find<QAbstractButton>(u"page2"_qs), Qt::LeftButton);
    QVERIFY(find<MembersPage>()->isVisible());
    QTest::keyClick(&m_shown->window, Qt::Key_3, Qt::AltModifier);
    QVERIFY(find<RolesPage>()->isVisible());
    QVERIFY(find<QAbstractButton>(u"page3"_qs)->isChecked());
    QTest::keyClick(&m_shown->window, Qt::Key_F5);
    QCOMPARE(m_shown->server.transport.lastLine(), "GET /api/v10/guilds/1000/roles");
    QTest::keyClick(&m_shown->window, Qt::Key_F, Qt::ControlModifier);
    QVERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()) != nullptr);
}

void TestMainWindow::a_lost_connection_is_told_and_comes_back()
{
    signIn();
    auto *banner = find<ReconnectBanner>();
    QVERIFY(!banner->isVisible());
    m_shown->server.socket->breakOff();
    QVERIFY(banner->isVisible());
    QTRY_COMPARE(m_shown->server.socket->urls.size(), 2);
    QVERIFY(banner->isVisible()); // until it is back
    m_shown->server.socket->hello();
    m_shown->server.socket->dispatch("RESUMED", "{}");
    QVERIFY(!banner->isVisible());
}

void TestMainWindow::the_banner_counts_down_and_retries_on_demand()
{
    ReconnectBanner banner;
    int retries = 0;
    connect(&banner, &ReconnectBanner::retryRequested, this, [&] { ++retries; });
    banner.setStatus({LinkStatus::Phase::Connecting, {}, {}});
    QVERIFY(!banner.isVisible()); // the first connection is no news
    banner.setStatus({LinkStatus::Phase::Live, {}, {}});
    banner.setStatus({LinkStatus::Phase::Waiting, std::chrono::seconds(8), {}});
    QVERIFY(banner.isVisible());
    QVERIFY2(banner.text().contains(u" 8 s"_qs), qPrintable(banner.text()));
    QVERIFY(banner.text().contains(u"Showing data of"_qs));
    QTRY_VERIFY(banner.text().contains(u" 7 s"_qs));
    QTest::mouseClick(banner.findChildren<QPushButton *>().front(), Qt::LeftButton);
    QCOMPARE(retries, 1);
    banner.setStatus({LinkStatus::Phase::Live, {}, {}});
    QVERIFY(!banner.isVisible());
}

void TestMainWindow::without_a_keychain_it_says_so()
{
    m_shown->server.keychain.available = false;
    m_shown->server.session.signIn(QUrl(u"http://localhost:3000"_qs), u"ann"_qs,
                                   u"correct horse"_qs, true);
    QTRY_VERIFY(!m_shown->server.socket->urls.isEmpty());
    auto *frame = find<QLabel>(u"accountName"_qs);
    QTRY_VERIFY(frame->isVisible());
    bool said = false;
    for (const NoticeBanner *notice : m_shown->window.findChildren<NoticeBanner *>())
        said = said
            || (notice->isVisible() && notice->text().startsWith(u"There is no keychain"_qs)
                && notice->text().contains(u"this session"_qs));
    QVERIFY(said);
}

void TestMainWindow::another_guild_can_be_chosen()
{
    GatewayGuild other = sampleGuild();
    other.id = GuildId(5000);
    other.name = u"Mill"_qs;
    other.roles = {sampleRole(RoleId(5000), u"@everyone"_qs, 0)};
    signIn();
    m_shown->server.ready(ann, {m_shown->server.guild, other});
    auto *chooser = find<QComboBox>(u"guildChooser"_qs);
    QTRY_COMPARE(chooser->count(), 2);
    chooser->setFocus();
    QTest::keyClick(chooser, Qt::Key_Up); // Mill stands before The Hall
    QTRY_COMPARE(find<QTableView>(u"roleTable"_qs)->model()->rowCount(), 1);
    QCOMPARE(chooser->currentText(), u"Mill"_qs);
}

void TestMainWindow::the_guild_that_was_left_is_not_shown_any_more()
{
    signIn();
    m_shown->window.showPage(1);
    QVERIFY(find<MembersPage>()->isVisible());
    m_shown->server.socket->dispatch("GUILD_DELETE", "{\"id\":\"1000\"}");
    QTRY_VERIFY(find<GuildsPage>()->isVisible());
    QVERIFY(!find<QAbstractButton>(u"page2"_qs)->isEnabled());
}

void TestMainWindow::signing_out_hides_everything()
{
    signIn();
    m_shown->server.session.signOut();
    QVERIFY(find<SignInPage>()->isVisible());
    QVERIFY(!find<GuildsPage>()->isVisible());
    QCOMPARE(find<QTableView>(u"guildTable"_qs)->model()->rowCount(), 0);
}

void TestMainWindow::shortcuts_are_listed_and_can_be_searched()
{
    signIn();
    QTest::keyClick(&m_shown->window, Qt::Key_Slash, Qt::ControlModifier);
    auto *sheet = find<QDialog>(u"shortcutSheet"_qs);
    QVERIFY(sheet != nullptr);
    auto *table = sheet->findChild<QTableWidget *>();
    QStringList keys;
    for (int row = 0; row < table->rowCount(); ++row)
        keys.append(table->item(row, 1)->text());
    for (const QString &expected : {u"F5"_qs, u"F2"_qs, u"Del"_qs, u"Ctrl+Shift+C"_qs, u"Alt+1"_qs})
        QVERIFY2(keys.contains(expected), qPrintable(expected));
    QTest::keyClicks(sheet->findChild<QLineEdit *>(), u"refresh"_qs);
    const auto shown = [table] {
        int rows = 0;
        for (int row = 0; row < table->rowCount(); ++row)
            rows += table->isRowHidden(row) ? 0 : 1;
        return rows;
    };
    QTRY_COMPARE(shown(), 1);
}

void TestMainWindow::every_control_has_a_name_for_those_who_do_not_see_it()
{
    signIn();
    const auto isBuddy = [this](const QWidget *widget) {
        for (const QLabel *label : m_shown->window.findChildren<QLabel *>()) {
            if (label->buddy() == widget)
                return true;
        }
        return false;
    };
    for (const QWidget *widget : m_shown->window.findChildren<QWidget *>()) {
        if (widget->isHidden() || widget->focusPolicy() == Qt::NoFocus
            || widget->objectName().startsWith(u"qt_"_qs))
            continue;
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        const bool control = button || qobject_cast<const QLineEdit *>(widget)
            || qobject_cast<const QComboBox *>(widget) || qobject_cast<const QTableView *>(widget);
        // The line inside an editable box is read with the box.
        if (!control || qobject_cast<const QComboBox *>(widget->parentWidget()))
            continue;
        const bool named = !widget->accessibleName().isEmpty() || isBuddy(widget)
            || (button && !button->text().isEmpty());
        QVERIFY2(named,
                 qPrintable(QString::fromLatin1(widget->metaObject()->className()) + u' '
                            + widget->objectName()));
    }
}

void TestMainWindow::the_order_of_focus_has_no_trap()
{
    signIn();
    m_shown->window.showPage(2);
    find<QComboBox>(u"guildChooser"_qs)->setFocus();
    QStringList visited;
    for (int i = 0; i < 80; ++i) {
        QWidget *here = QApplication::focusWidget();
        QVERIFY(here != nullptr);
        visited.append(here->objectName());
        QTest::keyClick(here, Qt::Key_Tab);
    }
    // Of the pages' buttons the chosen one; from there arrows go to the others.
    for (const QString &name : {u"permissionGrid"_qs, u"roleTable"_qs, u"roleName"_qs, u"page3"_qs})
        QVERIFY2(visited.contains(name), qPrintable(name + u" is not in "_qs + visited.join(u' ')));
}

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
