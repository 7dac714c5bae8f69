// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/pages/page.h"
#include "tests/admin-gui/support/shown_window.h"

#include <QComboBox>
#include <QLineEdit>
#include <QTableView>
#include <QTest>

using namespace guildhall;
using namespace guildhall::console;

/// Where the keyboard is, and that the window fits on a small screen.
class TestFocus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void a_shortcut_to_a_page_leads_into_it_data();
    void a_shortcut_to_a_page_leads_into_it();
    void tab_goes_as_one_reads_data();
    void tab_goes_as_one_reads();
    void the_window_fits_on_a_small_screen();

private:
    QWidget *find(const QString &name) const { return m_shown->window.findChild<QWidget *>(name); }
    Page *visiblePage() const;
    QList<QWidget *> stopsOfTab() const;
    static bool isBackwards(const QRect &from, const QRect &to);

    std::unique_ptr<ShownWindow> m_shown;
};

void TestFocus::init()
{
    m_shown.reset(); // there is one theme at a time
    m_shown = std::make_unique<ShownWindow>();
    QVERIFY(m_shown->isActive());
    m_shown->server.signIn();
    QTRY_VERIFY(find(u"guildTable"_qs)->isVisible());
}

Page *TestFocus::visiblePage() const
{
    for (Page *page : m_shown->window.findChildren<Page *>()) {
        if (page->isVisible())
            return page;
    }
    return nullptr;
}

/// What Tab stops at in the page, in its order.
QList<QWidget *> TestFocus::stopsOfTab() const
{
    const Page *page = visiblePage();
    QList<QWidget *> stops;
    QWidget *start = find(u"guildChooser"_qs);
    for (QWidget *w = start->nextInFocusChain(); w != start; w = w->nextInFocusChain()) {
        if (page->isAncestorOf(w) && w->isVisible() && w->isEnabled() && !w->focusProxy()
            && (w->focusPolicy() & Qt::TabFocus) == Qt::TabFocus)
            stops.append(w);
    }
    return stops;
}

/// Left in the same row; or up, unless it is the top of a column further to the right.
bool TestFocus::isBackwards(const QRect &from, const QRect &to)
{
    const bool sameRow = to.top() <= from.bottom() && from.top() <= to.bottom();
    const bool leftwards = to.right() < from.left();
    const bool up = to.bottom() < from.top();
    return (sameRow && leftwards) || (up && to.left() <= from.right());
}

void TestFocus::a_shortcut_to_a_page_leads_into_it_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<QString>("table");
    QTest::newRow("guilds") << int(Qt::Key_1) << u"guildTable"_qs;
    QTest::newRow("members") << int(Qt::Key_2) << u"memberTable"_qs;
    QTest::newRow("roles") << int(Qt::Key_3) << u"roleTable"_qs;
}

void TestFocus::a_shortcut_to_a_page_leads_into_it()
{
    QFETCH(int, key);
    QFETCH(QString, table);
    find(u"guildChooser"_qs)->setFocus();
    QTest::keyClick(&m_shown->window, Qt::Key(key), Qt::AltModifier);
    QVERIFY2(find(table)->hasFocus(), qPrintable(QApplication::focusWidget()->objectName()));
    const auto *view = qobject_cast<QTableView *>(find(table));
    QVERIFY(view->currentIndex().isValid()); // arrows have somewhere to go from
}

void TestFocus::tab_goes_as_one_reads_data()
{
    QTest::addColumn<int>("page");
    QTest::newRow("guilds") << 0;
    QTest::newRow("members") << 1;
    QTest::newRow("roles") << 2;
}

void TestFocus::tab_goes_as_one_reads()
{
    QFETCH(int, page);
    m_shown->window.showPage(page);
    QCoreApplication::processEvents();
    const QList<QWidget *> stops = stopsOfTab();
    QVERIFY(stops.size() > 1);
    for (int i = 1; i < stops.size(); ++i) {
        const auto where = [](const QWidget *w) {
            return QRect(w->mapToGlobal(QPoint()), w->size());
        };
        const auto name = [](const QWidget *w) {
            return QString::fromLatin1(w->metaObject()->className()) + u' ' + w->objectName();
        };
        QVERIFY2(!isBackwards(where(stops[i - 1]), where(stops[i])),
                 qPrintable(name(stops[i - 1]) + u" → "_qs + name(stops[i])));
    }
}

void TestFocus::the_window_fits_on_a_small_screen()
{
    for (const int page : {0, 1, 2}) {
        m_shown->window.showPage(page);
        QCoreApplication::processEvents();
        const int width = m_shown->window.minimumSizeHint().width();
        QVERIFY2(width <= 1000, qPrintable(QString::number(width)));
    }
}

QTEST_MAIN(TestFocus)
#include "tst_focus.moc"
