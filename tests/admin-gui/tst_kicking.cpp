// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/app/main_window.h"
#include "admin-gui/models/member_model.h"
#include "admin-gui/pages/members/member_card.h"
#include "admin-gui/pages/members/members_page.h"
#include "admin-gui/widgets/error_banner.h"
#include "admin-gui/widgets/notice_banner.h"
#include "admin-gui/widgets/theme.h"
#include "tests/admin-gui/support/fake_server.h"

#include <QDialog>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace guildhall;
using namespace guildhall::console;

/// Kicks that take a while: the guild in view changes, the server asks to slow down, somebody
/// changes their mind.
class TestKicking : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void a_result_is_told_only_in_its_own_guild();
    void trying_again_kicks_from_the_guild_it_failed_in();
    void a_question_about_a_guild_that_is_gone_goes_too();
    void a_server_that_asks_to_slow_down_is_waited_for();
    void the_wait_is_shown_and_can_be_cancelled();
    void signing_out_stops_it();
    void each_failure_names_its_request();
    void several_chosen_are_counted_and_kicked_by_the_button();

private:
    QTableView *table() const { return m_window->findChild<QTableView *>(u"memberTable"_qs); }
    MembersPage *page() const { return m_window->findChild<MembersPage *>(); }
    QDialog *dialog() const { return m_window->findChild<QDialog *>(u"kickDialog"_qs); }
    ErrorBanner *errors() const { return page()->findChild<ErrorBanner *>(); }
    NoticeBanner *notices() const { return page()->findChild<NoticeBanner *>(); }
    /// The only one of its buttons that has words and is shown.
    static QPushButton *button(const QWidget *banner)
    {
        for (QPushButton *candidate : banner->findChildren<QPushButton *>()) {
            if (candidate->isVisible())
                return candidate;
        }
        return nullptr;
    }
    std::vector<QByteArray> kicks() const
    {
        std::vector<QByteArray> out;
        for (const QByteArray &line : m_server->transport.lines()) {
            if (line.startsWith("DELETE"))
                out.push_back(line.mid(line.indexOf("guilds")));
        }
        return out;
    }
    void choose(int count);
    void kick(int count);

    static constexpr GuildId mill{5000};
    static constexpr auto slowDown = "{\"message\":\"You are being rate limited.\","
                                     "\"retry_after\":%1,\"global\":false}";
    static QByteArray slowDownFor(double seconds)
    {
        return QString::fromLatin1(slowDown).arg(seconds).toUtf8();
    }
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<MainWindow> m_window;
};

/// In the hall there are thirty more than Ann, Bob, Cyn and Dan; all sort behind them.
void TestKicking::init()
{
    m_window.reset();
    m_theme.reset();
    m_theme = std::make_unique<Theme>();
    m_server = std::make_unique<FakeServer>();
    for (quint64 i = 0; i < 30; ++i) {
        m_server->guild.members.push_back(
            sampleMember(UserId(100 + i), u"Zoe %1"_qs.arg(i, 2, 10, QLatin1Char('0'))));
    }
    m_server->guild.memberCount = int(m_server->guild.members.size());
    m_window = std::make_unique<MainWindow>(m_server->session, m_server->settings);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_server->signIn();
    m_server->ready(ann, {m_server->guild, FakeServer::otherGuild(mill, u"Mill"_qs)});
    m_window->chooseGuild(hall);
    m_window->showPage(1);
    QVERIFY(page()->isVisible());
    m_server->transport.forget();
}

/// The last `count` of the table, who are no moderators.
void TestKicking::choose(int count)
{
    table()->setFocus();
    table()->clearSelection();
    const int rows = table()->model()->rowCount();
    for (int row = rows - count; row < rows; ++row) {
        table()->selectionModel()->select(table()->model()->index(row, 0),
                                          QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
}

void TestKicking::kick(int count)
{
    choose(count);
    QTest::keyClick(table(), Qt::Key_Delete);
    QVERIFY(dialog() != nullptr);
    QTest::mouseClick(dialog()->findChild<QPushButton *>(u"confirmKick"_qs), Qt::LeftButton);
}

void TestKicking::a_result_is_told_only_in_its_own_guild()
{
    m_server->answerWith("DELETE /api/v10/guilds/1000/members/129", 403,
                         "{\"code\":50013,\"message\":\"Missing Permissions\"}");
    kick(30);
    m_window->chooseGuild(mill);
    QTRY_COMPARE(kicks().size(), size_t(30));
    QTest::qWait(50); // for what must not come
    QVERIFY2(!errors()->isVisible(), qPrintable(errors()->text()));
    QVERIFY2(!notices()->isVisible(), qPrintable(notices()->text()));
    m_window->chooseGuild(hall);
    QTRY_VERIFY(errors()->isVisible());
}

void TestKicking::trying_again_kicks_from_the_guild_it_failed_in()
{
    m_server->answerNext(1, "DELETE /api/v10/guilds/1000/members/129", 403,
                         "{\"code\":50013,\"message\":\"Missing Permissions\"}");
    kick(30);
    m_window->chooseGuild(mill);
    QTRY_COMPARE(kicks().size(), size_t(30));
    m_window->chooseGuild(hall);
    QTRY_VERIFY(errors()->isVisible());
    QTest::mouseClick(button(errors()), Qt::LeftButton);
    QTRY_COMPARE(kicks().size(), size_t(31));
    QCOMPARE(kicks().back(), "guilds/1000/members/129");
    for (const QByteArray &line : kicks())
        QVERIFY2(line.startsWith("guilds/1000/"), line.constData());
}

void TestKicking::a_question_about_a_guild_that_is_gone_goes_too()
{
    choose(2);
    QTest::keyClick(table(), Qt::Key_Delete);
    QVERIFY(dialog() != nullptr);
    const QPointer<QPushButton> confirm = dialog()->findChild<QPushButton *>(u"confirmKick"_qs);
    m_server->socket->dispatch("GUILD_DELETE", "{\"id\":\"1000\"}");
    m_server->session.directory().flush();
    if (confirm && confirm->isVisible())
        QTest::mouseClick(confirm, Qt::LeftButton);
    QTRY_VERIFY(dialog() == nullptr);
    QVERIFY(kicks().empty());
}

void TestKicking::a_server_that_asks_to_slow_down_is_waited_for()
{
    m_server->answerNext(2, "DELETE /api/v10/guilds/1000/members/120", 429, slowDownFor(0.05));
    kick(30);
    QTRY_COMPARE(kicks().size(), size_t(32)); // one of them three times
    QTRY_VERIFY(notices()->text().startsWith(u"30 "_qs));
    QVERIFY2(!errors()->isVisible(), qPrintable(errors()->text()));
    const auto all = kicks();
    QCOMPARE(std::count(all.begin(), all.end(), "guilds/1000/members/120"), 3);
}

void TestKicking::the_wait_is_shown_and_can_be_cancelled()
{
    m_server->answerWith("DELETE /api/v10/guilds/1000/members/105", 429, slowDownFor(7200));
    kick(30);
    QTRY_VERIFY(notices()->isVisible() && notices()->text().contains(u"wait"_qs));
    QVERIFY2(notices()->text().contains(u"5 of 30"_qs), qPrintable(notices()->text()));
    choose(1);
    QTest::keyClick(table(), Qt::Key_Delete);
    QVERIFY(dialog() == nullptr); // one thing after the other
    QTest::mouseClick(button(notices()), Qt::LeftButton);
    QTRY_VERIFY2(notices()->text().contains(u"25"_qs), qPrintable(notices()->text()));
    QCOMPARE(kicks().size(), size_t(6));
    QVERIFY(!errors()->isVisible());
}

void TestKicking::signing_out_stops_it()
{
    m_server->answerNext(1, "DELETE /api/v10/guilds/1000/members/105", 429, slowDownFor(0.05));
    kick(30);
    QTRY_COMPARE(kicks().size(), size_t(6));
    m_server->session.signOut();
    m_server->signIn();
    m_server->ready(ann, {m_server->guild});
    QTest::qWait(150); // for what must not come
    QCOMPARE(kicks().size(), size_t(6));
}

void TestKicking::each_failure_names_its_request()
{
    m_server->answerWith("DELETE /api/v10/guilds/1000/members/12", 403,
                         "{\"code\":50013,\"message\":\"Missing Permissions\"}");
    kick(12);
    QTRY_VERIFY(errors()->isVisible());
    const QString text = errors()->text();
    QVERIFY2(text.contains(u"Zoe 21: Missing Permissions"_qs), qPrintable(text));
    QVERIFY2(text.contains(u"Zoe 29: Missing Permissions"_qs), qPrintable(text));
    QCOMPARE(text.count(u"req-7"_qs), 10);
}

void TestKicking::several_chosen_are_counted_and_kicked_by_the_button()
{
    choose(5);
    auto *card = page()->findChild<MemberCard *>();
    QVERIFY(card->isVisible());
    QVERIFY(card->findChildren<QLabel *>().front()->text().startsWith(u"5 "_qs));
    QVERIFY(button(card)->text().contains(u"5"_qs));
    QTest::mouseClick(button(card), Qt::LeftButton);
    QVERIFY(dialog() != nullptr);
    QCOMPARE(dialog()->findChild<QListWidget *>()->count(), 5);
}

QTEST_MAIN(TestKicking)
#include "tst_kicking.moc"
