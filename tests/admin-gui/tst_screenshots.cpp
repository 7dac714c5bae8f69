// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/app/language.h"
#include "admin-gui/app/main_window.h"
#include "admin-gui/widgets/theme.h"
#include "tests/admin-gui/support/fake_server.h"

#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace guildhall;
using namespace guildhall::console;

/// Every page in both schemes: it must draw something in each, and not the same. With
/// GUILDHALL_SCREENSHOTS set to a folder the pictures are kept there to be looked at.
class TestScreenshots : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installLanguage(); }
    void every_page_draws_in_both_schemes_data();
    void every_page_draws_in_both_schemes();
    void what_comes_up_over_a_page_draws_too_data();
    void what_comes_up_over_a_page_draws_too();

private:
    static GatewayGuild busyGuild();
    static void keep(QWidget &widget, const QString &name);
    static void bringUp(const QString &scene, FakeServer &server, MainWindow &window);
    static void bringUpSignIn(const QString &scene, FakeServer &server, MainWindow &window);
    static void bringUpFirstRun(const QString &scene, FakeServer &server, MainWindow &window);
    static void bringUpKick(const QString &scene, FakeServer &server, MainWindow &window);
    static void bringUpRoles(const QString &scene, FakeServer &server, MainWindow &window);
    static void kickFive(MainWindow &window);
};

GatewayGuild TestScreenshots::busyGuild()
{
    GatewayGuild guild = sampleGuild();
    const QStringList names{u"Edda Brandt"_qs, u"Farid"_qs,        u"Grace H."_qs,    u"Hugo"_qs,
                            u"Ines"_qs,        u"Jun Watanabe"_qs, u"Kofi Mensah"_qs, u"Lena"_qs,
                            u"Mateo"_qs,       u"Nadia"_qs,        u"Olu"_qs,         u"Petra"_qs};
    const QStringList states{u"online"_qs, u"idle"_qs, u"dnd"_qs, u"offline"_qs};
    quint64 id = 187000000000000000;
    for (const QString &name : names) {
        id += 7300000000000000;
        guild.members.push_back(sampleMember(
            UserId(id), name, id % 3 == 0 ? std::vector{helpers} : std::vector<RoleId>{}));
        guild.members.back().joinedAt = Timestamp{1690000000000 + qint64(id % 4000) * 10000000};
        const QString status = states[qsizetype(guild.members.size()) % 4];
        if (status != u"offline")
            guild.presences.push_back(samplePresence(UserId(id), status));
    }
    guild.memberCount = int(guild.members.size());
    guild.roles[1].color = 0x3f8f5a;
    guild.roles[2].color = 0xc0563b;
    guild.description = u"Where the makers of the town meet."_qs;
    return guild;
}

void TestScreenshots::keep(QWidget &widget, const QString &name)
{
    const QString folder = qEnvironmentVariable("GUILDHALL_SCREENSHOTS");
    if (!folder.isEmpty() && QDir().mkpath(folder))
        QVERIFY(widget.grab().save(folder + u'/' + name + u".png"_qs));
}

void TestScreenshots::every_page_draws_in_both_schemes_data()
{
    QTest::addColumn<int>("page"); // 0 is where one signs in
    QTest::addColumn<QString>("name");
    QTest::newRow("sign in") << 0 << u"sign-in"_qs;
    QTest::newRow("guilds") << 1 << u"guilds"_qs;
    QTest::newRow("members") << 2 << u"members"_qs;
    QTest::newRow("roles") << 3 << u"roles"_qs;
}

void TestScreenshots::every_page_draws_in_both_schemes()
{
    QFETCH(int, page);
    QFETCH(QString, name);
    Theme theme;
    FakeServer server;
    server.guild = busyGuild();
    MainWindow window(server.session, server.settings);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    if (page > 0) {
        server.signIn();
        window.showPage(page - 1);
        if (auto *members = window.findChild<QTableView *>(u"memberTable"_qs))
            members->selectRow(2);
        if (auto *grid = window.findChild<QTableView *>(u"permissionGrid"_qs); page == 3) {
            grid->setFocus();
            QTest::keyClick(grid, Qt::Key_Space);
        }
    }
    theme.apply(Theme::Scheme::Light);
    QCoreApplication::processEvents();
    const QImage light = window.grab().toImage();
    keep(window, name + u"-light"_qs);
    if (page == 2) {
        server.socket->breakOff();
        QCoreApplication::processEvents();
    }
    theme.apply(Theme::Scheme::Dark);
    QCoreApplication::processEvents();
    const QImage dark = window.grab().toImage();
    keep(window, name + u"-dark"_qs);
    QVERIFY(light.size() == dark.size());
    const QPoint middle(light.width() / 2, light.height() - 60);
    QVERIFY(light.pixelColor(middle).lightness() > 180);
    QVERIFY(dark.pixelColor(middle).lightness() < 110);
}

void TestScreenshots::what_comes_up_over_a_page_draws_too_data()
{
    QTest::addColumn<QString>("scene");
    QTest::addColumn<QString>("shown"); // by its objectName
    QTest::newRow("kick dialog") << u"kick-dialog"_qs << u"kickDialog"_qs;
    QTest::newRow("kicks that wait") << u"kick-waits"_qs << u"noticeBanner"_qs;
    QTest::newRow("kicks that failed") << u"kick-failed"_qs << u"errorBanner"_qs;
    QTest::newRow("delete dialog") << u"delete-dialog"_qs << u"deleteRoleDialog"_qs;
    QTest::newRow("review") << u"review-dialog"_qs << u"reviewDialog"_qs;
    QTest::newRow("question about a draft") << u"draft-question"_qs << u"draftQuestion"_qs;
    QTest::newRow("keys") << u"shortcuts"_qs << u"shortcutSheet"_qs;
    QTest::newRow("kept sign-in") << u"sign-in-kept"_qs << u"errorBanner"_qs;
    QTest::newRow("empty form") << u"sign-in-empty"_qs << u"errorBanner"_qs;
    QTest::newRow("another service") << u"sign-in-foreign"_qs << u"errorBanner"_qs;
    QTest::newRow("no guilds yet") << u"no-guilds"_qs << QString();
    QTest::newRow("making a guild") << u"make-guild"_qs << u"addGuildDialog"_qs;
    QTest::newRow("a refused invite") << u"join-refused"_qs << u"addGuildDialog"_qs;
    QTest::newRow("a draft that is lost") << u"draft-lost"_qs << u"errorBanner"_qs;
    QTest::newRow("nobody found") << u"nobody-found"_qs << QString();
    QTest::newRow("an event that is not read") << u"out-of-date"_qs << u"noticeBanner"_qs;
}

void TestScreenshots::kickFive(MainWindow &window)
{
    window.showPage(1);
    auto *members = window.findChild<QTableView *>(u"memberTable"_qs);
    members->clearSelection();
    for (int row = 3; row < 8; ++row) {
        members->selectionModel()->select(members->model()->index(row, 0),
                                          QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
    members->setFocus();
    window.findChild<QAction *>(u"kick"_qs)->trigger();
}

void TestScreenshots::bringUp(const QString &scene, FakeServer &server, MainWindow &window)
{
    if (scene.startsWith(u"sign-in"_qs))
        return bringUpSignIn(scene, server, window);
    server.signIn();
    if (scene == u"no-guilds" || scene == u"make-guild" || scene == u"join-refused")
        return bringUpFirstRun(scene, server, window);
    server.ready(ann, {server.guild, FakeServer::otherGuild(GuildId(5000), u"Mill"_qs)});
    window.chooseGuild(hall);
    if (scene.startsWith(u"kick"_qs))
        return bringUpKick(scene, server, window);
    if (scene == u"shortcuts")
        return QTest::keyClick(&window, Qt::Key_Slash, Qt::ControlModifier);
    if (scene == u"out-of-date") {
        server.socket->dispatch("GUILD_ROLE_UPDATE", "{}");
        return;
    }
    if (scene == u"nobody-found") {
        window.showPage(1);
        return window.findChild<QLineEdit *>(u"memberFilter"_qs)->setText(u"nobody"_qs);
    }
    bringUpRoles(scene, server, window);
}

void TestScreenshots::bringUpSignIn(const QString &scene, FakeServer &server, MainWindow &window)
{
    if (scene == u"sign-in-kept") {
        server.settings.putServer({QUrl(u"https://chat.example.org"_qs), u"ann"_qs, true});
        server.keychain.entries.insert(u"ann@https://chat.example.org"_qs, u"token"_qs);
        server.answerWith("GET /api/v10/users/@me", 503,
                          "{\"code\":0,\"message\":\"The server is being maintained.\"}");
        return window.begin();
    }
    if (scene == u"sign-in-foreign") {
        server.answerWith("POST /api/v10/auth/login", 405, "<html>");
        window.findChild<QComboBox *>(u"server"_qs)->setEditText(u"localhost:8080"_qs);
        window.findChild<QLineEdit *>(u"account"_qs)->setText(u"ann"_qs);
        window.findChild<QLineEdit *>(u"password"_qs)->setText(u"correct horse"_qs);
    }
    QTest::mouseClick(window.findChild<QPushButton *>(u"submit"_qs), Qt::LeftButton);
}

void TestScreenshots::bringUpFirstRun(const QString &scene, FakeServer &server, MainWindow &window)
{
    server.answerWith("GET /api/v10/users/@me/guilds", 200, "[]");
    server.answerWith("POST /api/v10/invites", 404,
                      "{\"code\":10006,\"message\":\"Unknown Invite\"}");
    server.ready(ann, {});
    if (scene == u"no-guilds")
        return;
    const bool join = scene == u"join-refused";
    window.findChild<QAction *>(join ? u"joinGuild"_qs : u"makeGuild"_qs)->trigger();
    if (join) {
        window.findChild<QLineEdit *>(u"line"_qs)->setText(u"mistyped"_qs);
        QTest::mouseClick(window.findChild<QPushButton *>(u"confirmAdd"_qs), Qt::LeftButton);
    }
}

void TestScreenshots::bringUpKick(const QString &scene, FakeServer &server, MainWindow &window)
{
    if (scene == u"kick-waits")
        server.answerWith("DELETE", 429, "{\"message\":\"\",\"retry_after\":7}");
    if (scene == u"kick-failed")
        server.answerWith("DELETE", 403, "{\"code\":50013,\"message\":\"Missing Permissions\"}");
    kickFive(window);
    if (scene != u"kick-dialog")
        QTest::mouseClick(window.findChild<QPushButton *>(u"confirmKick"_qs), Qt::LeftButton);
}

void TestScreenshots::bringUpRoles(const QString &scene, FakeServer &server, MainWindow &window)
{
    window.showPage(2);
    auto *roles = window.findChild<QTableView *>(u"roleTable"_qs);
    roles->setCurrentIndex(roles->model()->index(1, 0));
    roles->setFocus();
    if (scene == u"delete-dialog")
        return QTest::keyClick(roles, Qt::Key_Delete);
    auto *grid = window.findChild<QTableView *>(u"permissionGrid"_qs);
    grid->setFocus();
    QTest::keyClick(grid, Qt::Key_Space);
    QTest::keyClick(roles, Qt::Key_Up, Qt::AltModifier);
    if (scene == u"draft-lost") {
        server.socket->dispatch("GUILD_ROLE_DELETE",
                                "{\"guild_id\":\"1000\",\"role_id\":\"2001\"}");
        return;
    }
    if (scene == u"draft-question")
        return window.chooseGuild(GuildId(5000));
    QTest::mouseClick(window.findChild<QPushButton *>(u"review"_qs), Qt::LeftButton);
}

void TestScreenshots::what_comes_up_over_a_page_draws_too()
{
    QFETCH(QString, scene);
    QFETCH(QString, shown);
    Theme theme;
    FakeServer server;
    server.guild = busyGuild();
    MainWindow window(server.session, server.settings);
    theme.apply(Theme::Scheme::Light);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    window.activateWindow(); // there may be no window manager to do it
    bringUp(scene, server, window);
    QWidget *found = nullptr;
    const auto isThere = [&] {
        if (shown.isEmpty())
            found = &window;
        for (QWidget *candidate : window.findChildren<QWidget *>(shown)) {
            if (candidate->isVisible())
                found = candidate->window();
        }
        return found != nullptr;
    };
    QTRY_VERIFY2(isThere(), qPrintable(shown));
    QTest::qWait(250); // a filter tells a moment after the last key
    const QImage light = found->grab().toImage();
    keep(*found, scene + u"-light"_qs);
    theme.apply(Theme::Scheme::Dark);
    QCoreApplication::processEvents();
    const QImage dark = found->grab().toImage();
    keep(*found, scene + u"-dark"_qs);
    const QPoint corner(8, light.height() / 2);
    QVERIFY(light.pixelColor(corner).lightness() > 180);
    QVERIFY(dark.pixelColor(corner).lightness() < 110);
}

QTEST_MAIN(TestScreenshots)
#include "tst_screenshots.moc"
