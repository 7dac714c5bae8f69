// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/app/language.h"
#include "admin-gui/app/main_window.h"
#include "admin-gui/widgets/theme.h"
#include "tests/admin-gui/support/fake_server.h"

#include <QDir>
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

private:
    static GatewayGuild busyGuild();
    static void keep(QWidget &widget, const QString &name);
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

QTEST_MAIN(TestScreenshots)
#include "tst_screenshots.moc"
