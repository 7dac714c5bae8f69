// SPDX-License-Identifier: GPL-3.0-or-later
// Menus and shortcuts of the main window.
#include "admin-gui/app/main_window.h"
#include "admin-gui/app/shortcut_sheet.h"
#include "admin-gui/pages/page.h"

#include <QActionGroup>
#include <QApplication>
#include <QMenuBar>
#include <QMessageBox>
#include <QUndoGroup>

namespace guildhall::console {

void MainWindow::buildMenus()
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    for (const Page *page : m_pages) {
        for (QAction *action : page->fileActions())
            file->addAction(action);
    }
    file->addSeparator();
    m_signOut = file->addAction(tr("Sign &out"), this, &MainWindow::leave);
    file->addSeparator();
    QAction *quit = file->addAction(tr("&Quit"), this, &QWidget::close);
    quit->setShortcut(QKeySequence::Quit);

    QMenu *edit = menuBar()->addMenu(tr("&Edit"));
    QAction *undo = m_undo->createUndoAction(this, tr("&Undo"));
    undo->setShortcut(QKeySequence::Undo);
    QAction *redo = m_undo->createRedoAction(this, tr("&Redo"));
    redo->setShortcut(QKeySequence::Redo);
    edit->addActions({undo, redo});
    edit->addSeparator();
    QAction *find = edit->addAction(tr("&Filter"), this, [this] { currentPage()->focusFilter(); });
    find->setShortcut(QKeySequence::Find);

    buildViewMenu();

    QMenu *help = menuBar()->addMenu(tr("&Help"));
    QAction *keys = help->addAction(tr("&Keyboard shortcuts"), this, &MainWindow::showShortcuts);
    keys->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Slash));
    help->addAction(tr("&About Guildhall Console"), this, &MainWindow::showAbout);
}

void MainWindow::buildViewMenu()
{
    QMenu *view = menuBar()->addMenu(tr("&View"));
    QAction *refresh = view->addAction(tr("&Refresh"), this, [this] { currentPage()->refresh(); });
    refresh->setShortcut(QKeySequence(Qt::Key_F5));
    view->addSeparator();
    for (int i = 0; i < int(m_pages.size()); ++i) {
        QAction *page
            = view->addAction(m_pages[size_t(i)]->title(), this, [this, i] { openPage(i); });
        page->setShortcut(QKeySequence(Qt::ALT | Qt::Key(Qt::Key_1 + i)));
    }
    view->addSeparator();
    buildSchemeMenu(view->addMenu(tr("&Colours")));
    view->addAction(tr("Reset &layout"), this, &MainWindow::resetLayout);
}

void MainWindow::buildSchemeMenu(QMenu *menu)
{
    auto *group = new QActionGroup(this);
    const auto add = [&](const QString &text, Settings::Scheme scheme) {
        QAction *action = menu->addAction(text, this, [this, scheme] {
            m_settings.setScheme(scheme);
            applyScheme();
        });
        action->setCheckable(true);
        action->setChecked(m_settings.scheme() == scheme);
        group->addAction(action);
    };
    add(tr("As the &desktop"), Settings::Scheme::System);
    add(tr("&Light"), Settings::Scheme::Light);
    add(tr("D&ark"), Settings::Scheme::Dark);
}

void MainWindow::showShortcuts()
{
    auto *sheet = new ShortcutSheet(this);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->open();
}

void MainWindow::showAbout()
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("About Guildhall Console"),
                                tr("Guildhall Console %1").arg(QApplication::applicationVersion()),
                                QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIconPixmap(windowIcon().pixmap(64));
    box->setInformativeText(
        tr("For those who look after a Guildhall server.\nFree software under the GNU General "
           "Public License, version 3 or later."));
    box->open();
}

} // namespace guildhall::console
