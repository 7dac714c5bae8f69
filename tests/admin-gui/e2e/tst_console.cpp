// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/api/web_socket_transport.h"
#include "admin-gui/app/language.h"
#include "admin-gui/app/main_window.h"
#include "admin-gui/app/system_keychain.h"
#include "admin-gui/models/member_model.h"
#include "admin-gui/models/permission_model.h"
#include "admin-gui/pages/guilds/guilds_page.h"
#include "admin-gui/pages/sign_in/sign_in_page.h"
#include "admin-gui/widgets/permission_grid.h"
#include "admin-gui/widgets/reconnect_banner.h"
#include "admin-gui/widgets/theme.h"
#include "shared/api/channel_api.h"
#include "shared/api/guild_api.h"
#include "shared/api/invite_api.h"
#include "shared/api/member_api.h"
#include "shared/api/role_api.h"
#include "tests/admin-gui/e2e/desktop.h"
#include "tests/admin-gui/e2e/hands.h"
#include "tests/admin-gui/e2e/person.h"
#include "tests/admin-gui/e2e/real_daemon.h"
#include "tests/admin-gui/e2e/stall_watch.h"

#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace guildhall;
using namespace guildhall::console;

/// A moderator's morning, with a real mouse and keyboard against the real daemon. The slots are one
/// story and run in order.
class TestConsole : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init();
    void cleanup();
    void signing_in_by_mouse_and_keyboard();
    void the_guild_is_listed();
    void who_comes_online_is_seen();
    void who_goes_offline_is_seen();
    void a_role_is_created_and_named();
    void its_rights_are_edited_and_applied();
    void it_is_moved_up();
    void somebody_elses_change_is_seen();
    void it_is_deleted();
    void a_member_is_kicked();
    void a_restart_is_told_and_the_console_comes_back();
    void the_keychain_brings_the_sign_in_back();
    void signing_out_ends_the_token();

private:
    template <typename T>
    T *find(const QString &name = {}) const
    {
        return m_window->findChild<T *>(name);
    }
    QTableView *table(const QString &name) const { return find<QTableView>(name); }
    QModelIndex cell(const QString &tableName, const QString &name, int column = 0) const;
    QString status(const QString &name) const
    {
        return cell(u"memberTable"_qs, name, MemberModel::Status).data().toString();
    }
    void openWindow();
    void picture(const QString &name) const;
    std::vector<Role> rolesOnServer()
    {
        return m_ann->expect(m_ann->api().call(api::listRoles, {m_guild}));
    }
    std::optional<Role> roleOnServer(const QString &name);
    void applyDraft();
    /// There is no window manager that would do it when a dialog closes.
    void backToWindow();
    std::unique_ptr<RealDaemon> m_daemon;
    std::unique_ptr<Person> m_ann; ///< owns the guild and sits at the console
    std::unique_ptr<Person> m_bob;
    GuildId m_guild;
    QTemporaryDir m_folder;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Settings> m_settings;
    NetworkTransport m_network;
    SystemKeychain m_keychain;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
    StallWatch m_stalls;
    bool m_broken = false; ///< a chapter failed: the following ones have no ground to stand on
};

namespace {
constexpr int patience = 20000; // ms
}

void TestConsole::initTestCase()
{
    installLanguage();
    m_daemon = std::make_unique<RealDaemon>();
    QVERIFY2(m_daemon->start(), m_daemon->log().constData());
    m_ann = std::make_unique<Person>(m_daemon->url(), u"ann"_qs);
    m_bob = std::make_unique<Person>(m_daemon->url(), u"bob"_qs);
    CreateGuild body;
    body.name = u"The Hall"_qs;
    m_guild = m_ann->expect(m_ann->api().call(api::createGuild, {}, body)).id;
    const auto channels = m_ann->expect(m_ann->api().call(api::listChannels, {m_guild}));
    const auto text = std::find_if(channels.begin(), channels.end(), [](const Channel &channel) {
        return channel.type == ChannelType::Text;
    });
    QVERIFY(text != channels.end());
    const auto invite = m_ann->expect(m_ann->api().call(api::createInvite, {text->id}));
    m_bob->expect(m_bob->api().call(api::acceptInvite, {invite.code}));
    m_theme = std::make_unique<Theme>();
    m_settings = std::make_unique<Settings>(m_folder.filePath(u"console.ini"_qs));
    openWindow();
}

void TestConsole::openWindow()
{
    m_window.reset();
    m_session = std::make_unique<Session>(m_network, std::make_unique<WebSocketTransport>(),
                                          m_keychain, *m_settings);
    m_window = std::make_unique<MainWindow>(*m_session, *m_settings);
    m_window->move(20, 20);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestConsole::cleanupTestCase()
{
    qInfo("the longest stall of the event loop: %lld ms", m_stalls.longestMs());
    m_window.reset();
    m_session.reset();
}

void TestConsole::init()
{
    if (m_broken)
        QSKIP("a chapter before this one failed");
}

void TestConsole::cleanup()
{
    if (!QTest::currentTestFailed())
        return;
    m_broken = true;
    picture(u"failed-"_qs + QString::fromLatin1(QTest::currentTestFunction()));
}

void TestConsole::picture(const QString &name) const
{
    const QString folder = qEnvironmentVariable("GUILDHALL_SCREENSHOTS");
    if (!folder.isEmpty() && QDir().mkpath(folder))
        QGuiApplication::primaryScreen()->grabWindow(0).save(folder + u'/' + name + u".png"_qs);
}

QModelIndex TestConsole::cell(const QString &tableName, const QString &name, int column) const
{
    const QAbstractItemModel *model = table(tableName)->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        if (model->index(row, 0).data().toString() == name)
            return model->index(row, column);
    }
    return {};
}

std::optional<Role> TestConsole::roleOnServer(const QString &name)
{
    for (const Role &role : rolesOnServer()) {
        if (role.name == name)
            return role;
    }
    return std::nullopt;
}

void TestConsole::applyDraft()
{
    auto *bar = find<QWidget>(u"draftBar"_qs);
    QVERIFY(bar->isVisible());
    for (QPushButton *button : bar->findChildren<QPushButton *>()) {
        if (button->property("kind").toString() == u"primary")
            hands::click(button);
    }
    QTRY_VERIFY_WITH_TIMEOUT(!bar->isVisible(), patience);
}

void TestConsole::backToWindow()
{
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestConsole::signing_in_by_mouse_and_keyboard()
{
    m_window->begin();
    hands::click(find<QComboBox>(u"server"_qs)->lineEdit());
    hands::type(u"127.0.0.1:"_qs + QString::number(m_daemon->url().port()));
    hands::press(u"Tab"_qs);
    hands::type(u"ann"_qs);
    hands::click(find<QLineEdit>(u"password"_qs));
    hands::type(u"wrong horse"_qs);
    hands::press(u"Return"_qs);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), Session::State::SignedOut, patience);
    QTRY_VERIFY_WITH_TIMEOUT(
        find<SignInPage>()->findChild<QWidget *>(u"errorBanner"_qs)->isVisible(), patience);
    picture(u"e2e-1-refused"_qs);
    QVERIFY(find<QLineEdit>(u"password"_qs)->hasFocus());
    hands::type(u"correct horse"_qs); // over the selected one
    hands::click(find<QPushButton>(u"submit"_qs));
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), Session::State::SignedIn, patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_session->feed().link().status().isLive(), patience);
    QVERIFY(find<GuildsPage>()->isVisible());
}

void TestConsole::the_guild_is_listed()
{
    QTRY_COMPARE_WITH_TIMEOUT(table(u"guildTable"_qs)->model()->rowCount(), 1, patience);
    const auto text = [this](int column) {
        return cell(u"guildTable"_qs, u"The Hall"_qs, column).data().toString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(text(GuildListModel::Members), u"2"_qs, patience);
    QCOMPARE(text(GuildListModel::Standing), u"Owner"_qs);
    hands::clickCell(table(u"guildTable"_qs), cell(u"guildTable"_qs, u"The Hall"_qs));
    picture(u"e2e-2-guilds"_qs);
}

void TestConsole::who_comes_online_is_seen()
{
    hands::click(find<QWidget>(u"page2"_qs));
    QTRY_COMPARE_WITH_TIMEOUT(table(u"memberTable"_qs)->model()->rowCount(), 2, patience);
    QTRY_COMPARE_WITH_TIMEOUT(status(u"bob"_qs), u"Offline"_qs, patience);
    hands::clickCell(table(u"memberTable"_qs), cell(u"memberTable"_qs, u"bob"_qs));
    m_bob->comeOnline();
    QTRY_COMPARE_WITH_TIMEOUT(status(u"bob"_qs), u"Online"_qs, patience);
    QCOMPARE(table(u"memberTable"_qs)->selectionModel()->selectedRows().size(), 1);
    picture(u"e2e-3-members"_qs);
}

void TestConsole::who_goes_offline_is_seen()
{
    m_bob->goOffline();
    QTRY_COMPARE_WITH_TIMEOUT(status(u"bob"_qs), u"Offline"_qs, patience);
}

void TestConsole::a_role_is_created_and_named()
{
    hands::press(u"alt+3"_qs);
    QTRY_COMPARE_WITH_TIMEOUT(table(u"roleTable"_qs)->model()->rowCount(), 1, patience);
    for (int i = 0; i < 2; ++i) {
        hands::click(find<QToolButton>(u"createRole"_qs));
        QTRY_COMPARE_WITH_TIMEOUT(table(u"roleTable"_qs)->model()->rowCount(), 2 + i, patience);
        QTRY_VERIFY_WITH_TIMEOUT(qobject_cast<QLineEdit *>(QApplication::focusWidget()) != nullptr,
                                 patience);
        hands::press(u"ctrl+a"_qs);
        hands::type(i == 0 ? u"Helpers"_qs : u"Wardens"_qs);
        hands::press(u"Return"_qs);
        applyDraft();
    }
    QVERIFY(roleOnServer(u"Helpers"_qs).has_value());
    QVERIFY(roleOnServer(u"Wardens"_qs).has_value());
}

void TestConsole::its_rights_are_edited_and_applied()
{
    hands::clickCell(table(u"roleTable"_qs), cell(u"roleTable"_qs, u"Wardens"_qs), {60, 0});
    auto *grid = find<PermissionGrid>();
    const auto *model = qobject_cast<PermissionModel *>(grid->model());
    const int column = model->columnOf(roleOnServer(u"Wardens"_qs)->id);
    QVERIFY(column >= 0);
    hands::clickCell(grid, model->index(model->rowOf(Permission::KickMembers), column));
    hands::press(u"Down"_qs);
    hands::press(u"space"_qs); // Ban members
    picture(u"e2e-4-roles"_qs);
    QVERIFY(!roleOnServer(u"Wardens"_qs)->permissions.has(Permission::KickMembers));
    applyDraft();
    const Permissions now = roleOnServer(u"Wardens"_qs)->permissions;
    QVERIFY(now.has(Permission::KickMembers | Permission::BanMembers));
    hands::press(u"d"_qs); // takes Ban members away again
    hands::press(u"ctrl+z"_qs); // … and does not
    QVERIFY(!find<QWidget>(u"draftBar"_qs)->isVisible());
}

void TestConsole::it_is_moved_up()
{
    const bool helpersAbove
        = roleOnServer(u"Helpers"_qs)->position > roleOnServer(u"Wardens"_qs)->position;
    const QString lower = helpersAbove ? u"Wardens"_qs : u"Helpers"_qs;
    const QString higher = helpersAbove ? u"Helpers"_qs : u"Wardens"_qs;
    hands::clickCell(table(u"roleTable"_qs), cell(u"roleTable"_qs, lower), {60, 0});
    hands::press(u"alt+Up"_qs);
    QCOMPARE(cell(u"roleTable"_qs, lower).row(), 0);
    applyDraft();
    QVERIFY(roleOnServer(lower)->position > roleOnServer(higher)->position);
    QTRY_COMPARE_WITH_TIMEOUT(cell(u"roleTable"_qs, lower).row(), 0, patience);
}

void TestConsole::somebody_elses_change_is_seen()
{
    RoleInput input;
    input.name = u"Guides"_qs;
    m_ann->expect(
        m_ann->api().call(api::modifyRole, {m_guild, roleOnServer(u"Helpers"_qs)->id}, input));
    QTRY_VERIFY_WITH_TIMEOUT(cell(u"roleTable"_qs, u"Guides"_qs).isValid(), patience);
}

void TestConsole::it_is_deleted()
{
    hands::clickCell(table(u"roleTable"_qs), cell(u"roleTable"_qs, u"Guides"_qs), {60, 0});
    hands::press(u"Delete"_qs);
    QTRY_VERIFY_WITH_TIMEOUT(find<QDialog>(u"deleteRoleDialog"_qs) != nullptr, patience);
    auto *dialog = find<QDialog>(u"deleteRoleDialog"_qs);
    QVERIFY(QTest::qWaitForWindowExposed(dialog));
    hands::click(dialog->findChild<QLineEdit *>(u"typedName"_qs));
    hands::type(u"Guides"_qs);
    picture(u"e2e-5-delete"_qs);
    hands::click(dialog->findChild<QPushButton *>(u"confirmDelete"_qs));
    QTRY_VERIFY_WITH_TIMEOUT(!cell(u"roleTable"_qs, u"Guides"_qs).isValid(), patience);
    QVERIFY(!roleOnServer(u"Guides"_qs));
    backToWindow();
}

void TestConsole::a_member_is_kicked()
{
    hands::press(u"alt+2"_qs);
    hands::clickCell(table(u"memberTable"_qs), cell(u"memberTable"_qs, u"bob"_qs));
    hands::press(u"Delete"_qs);
    QTRY_VERIFY_WITH_TIMEOUT(find<QDialog>(u"kickDialog"_qs) != nullptr, patience);
    auto *dialog = find<QDialog>(u"kickDialog"_qs);
    QVERIFY(QTest::qWaitForWindowExposed(dialog));
    picture(u"e2e-6-kick"_qs);
    hands::click(dialog->findChild<QPushButton *>(u"confirmKick"_qs));
    QTRY_COMPARE_WITH_TIMEOUT(table(u"memberTable"_qs)->model()->rowCount(), 1, patience);
    backToWindow();
    const auto left
        = m_ann->expect(m_ann->api().call(api::listMembers, {m_guild}, ListMembers{10, UserId()}));
    QCOMPARE(left.size(), size_t(1));
}

void TestConsole::a_restart_is_told_and_the_console_comes_back()
{
    auto *banner = find<ReconnectBanner>();
    QVERIFY(!banner->isVisible());
    m_daemon->stop();
    QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), patience);
    QCOMPARE(cell(u"memberTable"_qs, u"ann"_qs).isValid(), true); // old data stays readable
    picture(u"e2e-7-lost"_qs);
    QVERIFY2(m_daemon->start(), m_daemon->log().constData());
    QTRY_VERIFY_WITH_TIMEOUT(m_session->feed().link().status().isLive(), 3 * patience);
    QVERIFY(!banner->isVisible());
    m_ann->expect(m_ann->api().call(api::createRole, {m_guild}));
    hands::press(u"alt+3"_qs);
    QTRY_VERIFY_WITH_TIMEOUT(cell(u"roleTable"_qs, u"new role"_qs).isValid(), patience);
}

void TestConsole::the_keychain_brings_the_sign_in_back()
{
    QVERIFY(m_settings->servers().front().remembered);
    openWindow(); // as after a restart of the console
    QCOMPARE(m_session->state(), Session::State::SignedOut);
    m_window->begin();
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), Session::State::SignedIn, patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_session->feed().link().status().isLive(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(table(u"guildTable"_qs)->model()->rowCount(), 1, patience);
}

void TestConsole::signing_out_ends_the_token()
{
    m_session->signOut();
    QVERIFY(find<SignInPage>()->isVisible());
    QVERIFY(!m_settings->servers().front().remembered);
    const QString key = u"ann@"_qs + m_daemon->url().toString();
    const auto kept = [this, &key] {
        const auto future = m_keychain.read(key);
        const bool done = QTest::qWaitFor([&future] { return future.isFinished(); });
        return done ? future.result().outcome : KeychainReply::Outcome::Failed;
    };
    QTRY_COMPARE_WITH_TIMEOUT(kept(), KeychainReply::Outcome::NotFound, patience);
}

int main(int argc, char *argv[])
{
    if (!isInDesktop())
        return runInDesktop(argc, argv);
    QApplication application(argc, argv);
    TestConsole test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_console.moc"
