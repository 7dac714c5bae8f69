// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/app/main_window.h"
#include "admin-gui/models/role_draft.h"
#include "admin-gui/models/visible_text.h"
#include "admin-gui/widgets/theme.h"
#include "tests/admin-gui/support/fake_server.h"

#include <QAbstractItemModel>
#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QTableView>
#include <QTest>

using namespace guildhall;
using namespace guildhall::console;

/// Names are written by strangers: what cannot be seen in them, and what would turn the text
/// around them, is shown.
class TestVisibleText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void what_cannot_be_seen_is_written_out_data();
    void what_cannot_be_seen_is_written_out();
    void in_a_sentence_a_name_keeps_to_itself();
    void nothing_on_the_screen_is_turned_around();
    void the_kick_preview_is_not_turned_around();
    void a_role_keeps_its_real_name_for_editing();
    void a_role_with_such_a_name_can_be_deleted();
    void a_name_with_a_placeholder_stays_itself();

private:
    template <typename T>
    T *find(const QString &name) const
    {
        return m_window->findChild<T *>(name);
    }
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<MainWindow> m_window;
};

namespace {
const QString turned = u"admin\u202Etxet"_qs;
const QString shown = u"admin[U+202E]txet"_qs;
} // namespace

void TestVisibleText::init()
{
    m_window.reset();
    m_theme.reset();
    m_theme = std::make_unique<Theme>();
    m_server = std::make_unique<FakeServer>();
    GatewayGuild &guild = m_server->guild;
    guild.name = turned;
    guild.description = turned;
    guild.roles[1].name = turned;
    guild.members[2].nick = turned;
    guild.members[2].user.username = u"cyn\u200B"_qs;
    guild.members[2].roles = {helpers};
    m_window = std::make_unique<MainWindow>(m_server->session, m_server->settings);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_server->signIn();
}

void TestVisibleText::what_cannot_be_seen_is_written_out_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("seen");
    const auto same = [](const char *what, const QString &name) {
        QTest::newRow(what) << name << name;
    };
    QTest::newRow("override") << turned << shown;
    QTest::newRow("isolate") << u"a\u2066b\u2069"_qs << u"a[U+2066]b[U+2069]"_qs;
    QTest::newRow("marks") << u"a\u200Eb\u200Fc\u061C"_qs << u"a[U+200E]b[U+200F]c[U+061C]"_qs;
    QTest::newRow("no width") << u"a\u200Bb\uFEFF"_qs << u"a[U+200B]b[U+FEFF]"_qs;
    QTest::newRow("lines") << u"a\nb\u2028c"_qs << u"a[U+000A]b[U+2028]c"_qs;
    same("plain", u"Ann"_qs);
    same("Hebrew", u"\u05D0\u05E0\u05D4"_qs);
    same("joined emoji", u"\U0001F469\u200D\U0001F680"_qs);
    same("Persian", u"\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645"_qs);
    same("empty", QString());
}

void TestVisibleText::what_cannot_be_seen_is_written_out()
{
    QFETCH(QString, name);
    QFETCH(QString, seen);
    QCOMPARE(visibleText(name), seen);
    QCOMPARE(visibleText(seen), seen);
}

void TestVisibleText::in_a_sentence_a_name_keeps_to_itself()
{
    QCOMPARE(inSentence(u"Ann"_qs), u"Ann"_qs);
    QCOMPARE(inSentence(turned), shown);
    QCOMPARE(inSentence(u"\u05D0\u05E0\u05D4"_qs), u"\u2068\u05D0\u05E0\u05D4\u2069"_qs);
    QCOMPARE(inSentence(u"Ann \u05D0"_qs), u"\u2068Ann \u05D0\u2069"_qs);
}

void TestVisibleText::nothing_on_the_screen_is_turned_around()
{
    const auto sound = [](const QString &text) {
        return !text.contains(QChar(0x202E)) && !text.contains(QChar(0x200B));
    };
    find<QTableView>(u"memberTable"_qs)->selectRow(2);
    for (const QLabel *label : m_window->findChildren<QLabel *>())
        QVERIFY2(sound(label->text()), qPrintable(label->objectName() + label->text()));
    for (const QString &name :
         {u"guildTable"_qs, u"memberTable"_qs, u"roleTable"_qs, u"permissionGrid"_qs}) {
        const QAbstractItemModel *model = find<QTableView>(name)->model();
        QVERIFY(model->rowCount() > 0);
        for (int row = 0; row < model->rowCount(); ++row) {
            for (int column = 0; column < model->columnCount(); ++column) {
                for (const int role : {Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleTextRole}) {
                    QVERIFY2(sound(model->index(row, column).data(role).toString()),
                             qPrintable(name));
                }
                QVERIFY(sound(model->headerData(column, Qt::Horizontal).toString()));
            }
        }
    }
    QVERIFY(find<QComboBox>(u"guildChooser"_qs)->currentText() == shown);
}

void TestVisibleText::the_kick_preview_is_not_turned_around()
{
    m_window->showPage(1);
    auto *table = find<QTableView>(u"memberTable"_qs);
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        if (table->model()->index(row, 0).data().toString() == shown)
            table->selectRow(row);
    }
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Delete);
    auto *dialog = find<QDialog>(u"kickDialog"_qs);
    QVERIFY(dialog != nullptr);
    QCOMPARE(dialog->findChild<QListWidget *>()->item(0)->text(), shown + u" (cyn[U+200B])"_qs);
}

void TestVisibleText::a_role_keeps_its_real_name_for_editing()
{
    const QAbstractItemModel *model = find<QTableView>(u"roleTable"_qs)->model();
    QCOMPARE(model->index(1, 0).data(Qt::DisplayRole).toString(), shown);
    QCOMPARE(model->index(1, 0).data(Qt::EditRole).toString(), turned);
}

void TestVisibleText::a_role_with_such_a_name_can_be_deleted()
{
    m_window->showPage(2);
    auto *list = find<QTableView>(u"roleTable"_qs);
    list->setFocus();
    list->setCurrentIndex(list->model()->index(1, 0));
    QTest::keyClick(list, Qt::Key_Delete);
    auto *dialog = find<QDialog>(u"deleteRoleDialog"_qs);
    QVERIFY(dialog != nullptr);
    auto *typed = dialog->findChild<QLineEdit *>(u"typedName"_qs);
    QCOMPARE(typed->placeholderText(), shown);
    typed->setText(shown);
    QVERIFY(dialog->findChild<QWidget *>(u"confirmDelete"_qs)->isEnabled());
}

void TestVisibleText::a_name_with_a_placeholder_stays_itself()
{
    RoleDraft draft;
    Role role = sampleRole(helpers, u"%2 of %1"_qs, 1);
    draft.setBase(hall,
                  {{everyoneRole, sampleRole(everyoneRole, u"@everyone"_qs, 0)},
                   {helpers, role},
                   {moderators, sampleRole(moderators, u"Moderators"_qs, 2)}});
    draft.setColor(helpers, 0x123456);
    draft.move(helpers, 0);
    const QString all = draft.describe().join(u'\n');
    QVERIFY2(all.contains(u"%2 of %1: colour becomes #123456"_qs), qPrintable(all));
    QVERIFY2(all.contains(u"%2 of %1: becomes number 1"_qs), qPrintable(all));
}

QTEST_MAIN(TestVisibleText)
#include "tst_visible_text.moc"
