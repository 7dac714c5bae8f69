// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/pages/guilds/guilds_page.h"
#include "admin-gui/pages/roles/roles_page.h"
#include "admin-gui/widgets/error_banner.h"
#include "admin-gui/widgets/filter_box.h"
#include "admin-gui/widgets/notice_banner.h"
#include "admin-gui/widgets/permission_grid.h"
#include "tests/admin-gui/support/shown_window.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QTableView>
#include <QTest>
#include <QTimer>

using namespace guildhall;
using namespace guildhall::console;

/// Going from one guild to another: what is asked before, what stays behind, and the list of guilds
/// while it is open.
class TestGuildSwitch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void without_changes_nothing_is_asked();
    void a_draft_is_not_lost_without_a_question();
    void staying_keeps_the_draft_and_the_guild();
    void the_list_of_guilds_asks_too();
    void closing_asks_too();
    void a_guild_that_is_gone_takes_its_draft_along();
    void applying_waits_for_the_server_and_can_be_stopped();
    void what_is_applied_is_told_only_in_its_own_guild();
    void questions_about_roles_stay_with_their_guild();
    void the_open_chooser_keeps_its_place();
    void filtering_the_guilds_chooses_none();

private:
    template <typename T>
    T *find(const QString &name = {}) const
    {
        return m_shown->window.findChild<T *>(name);
    }
    QComboBox *chooser() const { return find<QComboBox>(u"guildChooser"_qs); }
    QDialog *question() const { return find<QDialog>(u"draftQuestion"_qs); }
    RolesPage *roles() const { return find<RolesPage>(); }
    ErrorBanner *errors() const { return roles()->findChild<ErrorBanner *>(); }
    NoticeBanner *notices() const { return roles()->findChild<NoticeBanner *>(); }
    void edit();
    void apply() { QTest::mouseClick(barButton(u"primary"_qs), Qt::LeftButton); }
    QPushButton *barButton(const QString &kind) const;
    void goToMill();
    void answer(const QString &button);
    void changePresence();

    static constexpr GuildId mill{5000};
    std::unique_ptr<ShownWindow> m_shown;
};

void TestGuildSwitch::init()
{
    m_shown.reset(); // there is one theme at a time
    m_shown = std::make_unique<ShownWindow>();
    QVERIFY(m_shown->isActive());
    m_shown->server.signIn();
    m_shown->server.ready(ann, {m_shown->server.guild, FakeServer::otherGuild(mill, u"Mill"_qs)});
    m_shown->window.chooseGuild(hall);
    m_shown->window.showPage(2);
    QCOMPARE(chooser()->currentText(), u"The Hall"_qs);
    m_shown->server.transport.forget();
}

/// Gives the helpers a permission in the draft.
void TestGuildSwitch::edit()
{
    auto *list = find<QTableView>(u"roleTable"_qs);
    list->setCurrentIndex(list->model()->index(1, 0));
    auto *grid = find<PermissionGrid>();
    grid->setFocus();
    QTest::keyClick(grid, Qt::Key_A);
    QVERIFY(roles()->hasDraft());
}

QPushButton *TestGuildSwitch::barButton(const QString &kind) const
{
    for (QPushButton *button : find<QWidget>(u"draftBar"_qs)->findChildren<QPushButton *>()) {
        if (button->property("kind").toString() == kind)
            return button;
    }
    return nullptr;
}

void TestGuildSwitch::goToMill()
{
    chooser()->setFocus();
    QTest::keyClick(chooser(), Qt::Key_Up); // Mill stands before The Hall
}

void TestGuildSwitch::answer(const QString &button)
{
    QVERIFY(question() != nullptr);
    QTest::mouseClick(question()->findChild<QPushButton *>(button), Qt::LeftButton);
    QTRY_VERIFY(question() == nullptr);
}

void TestGuildSwitch::changePresence()
{
    m_shown->server.socket->dispatch("PRESENCE_UPDATE",
                                     json::encode(samplePresence(cyn, u"dnd"_qs)));
    m_shown->server.session.directory().flush();
}

void TestGuildSwitch::without_changes_nothing_is_asked()
{
    goToMill();
    QVERIFY(question() == nullptr);
    QCOMPARE(chooser()->currentText(), u"Mill"_qs);
}

void TestGuildSwitch::a_draft_is_not_lost_without_a_question()
{
    edit();
    goToMill();
    QVERIFY(question() != nullptr);
    QVERIFY(question()->findChild<QPushButton *>(u"stay"_qs)->isDefault());
    const auto labels = question()->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
        return label->text().contains(u"The Hall"_qs);
    }));
    QVERIFY(roles()->hasDraft());
    QCOMPARE(chooser()->currentText(), u"The Hall"_qs); // as long as it is a question
    answer(u"discard"_qs);
    QVERIFY(!roles()->hasDraft());
    QCOMPARE(chooser()->currentText(), u"Mill"_qs);
}

void TestGuildSwitch::staying_keeps_the_draft_and_the_guild()
{
    edit();
    goToMill();
    answer(u"stay"_qs);
    QVERIFY(roles()->hasDraft());
    QCOMPARE(chooser()->currentText(), u"The Hall"_qs);
    roles()->undoStack()->undo(); // its steps are still there as well
    QVERIFY(!roles()->hasDraft());
}

void TestGuildSwitch::the_list_of_guilds_asks_too()
{
    edit();
    m_shown->window.showPage(0);
    auto *table = find<QTableView>(u"guildTable"_qs);
    QCOMPARE(table->currentIndex().row(), 1);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                      table->visualRect(table->model()->index(0, 0)).center());
    answer(u"stay"_qs);
    QVERIFY(roles()->hasDraft());
    QCOMPARE(table->currentIndex().row(), 1);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                      table->visualRect(table->model()->index(0, 0)).center());
    answer(u"discard"_qs);
    QCOMPARE(chooser()->currentText(), u"Mill"_qs);
    QCOMPARE(table->currentIndex().row(), 0);
}

void TestGuildSwitch::closing_asks_too()
{
    edit();
    for (const QString &button : {u"stay"_qs, u"discard"_qs}) {
        bool asked = false;
        QTimer::singleShot(0, this, [&] {
            asked = question() != nullptr;
            if (asked)
                QTest::mouseClick(question()->findChild<QPushButton *>(button), Qt::LeftButton);
        });
        m_shown->window.close();
        QVERIFY(asked);
        QCOMPARE(m_shown->window.isVisible(), button == u"stay");
    }
}

void TestGuildSwitch::a_guild_that_is_gone_takes_its_draft_along()
{
    edit();
    goToMill();
    QVERIFY(question() != nullptr);
    m_shown->server.socket->dispatch("GUILD_DELETE", "{\"id\":\"1000\"}");
    m_shown->server.session.directory().flush();
    QTRY_VERIFY(question() == nullptr); // there is nothing left to decide
    QCOMPARE(chooser()->currentText(), u"Mill"_qs);
    QVERIFY(!roles()->hasDraft());
}

void TestGuildSwitch::applying_waits_for_the_server_and_can_be_stopped()
{
    const QByteArray line = "PATCH /api/v10/guilds/1000/roles/2001";
    const Role saved = sampleRole(helpers, u"Helpers"_qs, 1,
                                  Permission::ManageMessages | Permission::Administrator);
    m_shown->server.answerWith(line, 200, json::encode(saved));
    m_shown->server.answerNext(1, line, 429,
                               "{\"message\":\"\",\"retry_after\":7200,\"global\":false}");
    edit();
    apply();
    QTRY_VERIFY(notices()->isVisible() && notices()->text().contains(u"wait"_qs));
    auto *stop = notices()->findChild<QPushButton *>();
    QVERIFY(stop->isVisible());
    QTest::mouseClick(stop, Qt::LeftButton);
    QTRY_VERIFY(barButton(u"primary"_qs)->isEnabled());
    QVERIFY(roles()->hasDraft()); // nothing was sent, nothing is lost
    QVERIFY(!errors()->isVisible());
    m_shown->server.answerNext(2, line, 429,
                               "{\"message\":\"\",\"retry_after\":0.05,\"global\":false}");
    apply();
    QTRY_VERIFY(!roles()->hasDraft());
    QVERIFY(!errors()->isVisible());
    QCOMPARE(m_shown->server.transport.requests().size(), size_t(4));
}

void TestGuildSwitch::what_is_applied_is_told_only_in_its_own_guild()
{
    m_shown->server.answerWith("PATCH /api/v10/guilds/1000/roles/2001", 403,
                               "{\"code\":50013,\"message\":\"Missing Permissions\"}");
    edit();
    apply();
    goToMill();
    answer(u"discard"_qs);
    QCOMPARE(m_shown->server.transport.requests().size(), size_t(1));
    QTest::qWait(50); // for what must not come
    QVERIFY2(!errors()->isVisible(), qPrintable(errors()->text()));
    QVERIFY2(!notices()->isVisible(), qPrintable(notices()->text()));
}

void TestGuildSwitch::questions_about_roles_stay_with_their_guild()
{
    auto *list = find<QTableView>(u"roleTable"_qs);
    list->setFocus();
    list->setCurrentIndex(list->model()->index(1, 0));
    QTest::keyClick(list, Qt::Key_Delete);
    QVERIFY(find<QDialog>(u"deleteRoleDialog"_qs) != nullptr);
    m_shown->server.socket->dispatch("GUILD_DELETE", "{\"id\":\"1000\"}");
    m_shown->server.session.directory().flush();
    QTRY_VERIFY(find<QDialog>(u"deleteRoleDialog"_qs) == nullptr);
}

void TestGuildSwitch::the_open_chooser_keeps_its_place()
{
    std::vector<GatewayGuild> guilds{m_shown->server.guild};
    for (quint64 i = 0; i < 60; ++i) {
        guilds.push_back(FakeServer::otherGuild(GuildId(6000 + i),
                                                u"Guild %1"_qs.arg(i, 2, 10, QLatin1Char('0'))));
    }
    m_shown->server.ready(ann, guilds);
    QTest::mouseClick(chooser(), Qt::LeftButton);
    QAbstractItemView *list = chooser()->view();
    QTRY_VERIFY(list->isVisible());
    list->setCurrentIndex(list->model()->index(30, chooser()->modelColumn()));
    QTest::keyClick(list, Qt::Key_Down);
    const int scrolled = list->verticalScrollBar()->value();
    QCOMPARE(list->currentIndex().data().toString(), u"Guild 31"_qs);
    changePresence();
    QCOMPARE(list->currentIndex().data().toString(), u"Guild 31"_qs);
    QCOMPARE(list->verticalScrollBar()->value(), scrolled);
    m_shown->server.socket->dispatch("GUILD_DELETE", "{\"id\":\"6000\"}");
    m_shown->server.session.directory().flush();
    QCOMPARE(chooser()->count(), 60);
    QCOMPARE(list->currentIndex().data().toString(), u"Guild 31"_qs);
    QTest::keyClick(list, Qt::Key_Return);
    QTRY_COMPARE(chooser()->currentText(), u"Guild 31"_qs);
}

void TestGuildSwitch::filtering_the_guilds_chooses_none()
{
    m_shown->window.showPage(0);
    auto *table = find<QTableView>(u"guildTable"_qs);
    auto *filter = find<GuildsPage>()->findChild<FilterBox *>();
    QTest::keyClicks(filter, u"mill"_qs);
    QTRY_COMPARE(table->model()->rowCount(), 1);
    QCOMPARE(chooser()->currentText(), u"The Hall"_qs);
    QVERIFY(!table->currentIndex().isValid());
    filter->clear();
    QTRY_COMPARE(table->model()->rowCount(), 2);
    QCOMPARE(table->currentIndex().data().toString(), u"The Hall"_qs);
}

QTEST_MAIN(TestGuildSwitch)
#include "tst_guild_switch.moc"
