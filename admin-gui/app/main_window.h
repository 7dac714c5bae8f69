// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/app/layout_keeper.h"
#include "admin-gui/app/session.h"
#include "admin-gui/app/settings.h"

#include <QMainWindow>
#include <QPointer>
#include <QTimer>

#include <vector>

class QStackedWidget;
class QUndoGroup;

namespace guildhall::console {

class ConnectionLabel;
class DesktopScheme;
class DiscardDialog;
class NoticeBanner;
class Page;
class ReconnectBanner;
class Sidebar;
class SignInPage;

/// The frame: where to sign in, and afterwards the pages, the navigation beside them and the state
/// of the connection below them.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    MainWindow(Session &session, Settings &settings, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Comes back to where the person was, or asks who they are.
    void begin();
    void showPage(int number);
    /// The same, with the keyboard in the page.
    void openPage(int number);
    /// Asks first when changes would be lost.
    void chooseGuild(GuildId guild);

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void buildPages();
    QWidget *buildFrame();
    void buildMenus();
    void buildViewMenu();
    void buildSchemeMenu(QMenu *menu);
    void connectSession();
    void onState(Session::State state);
    void onLink(const LinkStatus &status);
    void onNotKept(KeychainReply::Outcome why);
    void onUnreadable(const QByteArray &event);
    void refetch();
    void onGuildsChanged();
    void onGuildAdded(GuildId guild);
    void goTo(GuildId guild);
    void showGuild();
    void askToDiscard(const Page &page, GuildId next);
    const Page *pageWithDraft() const;
    QString draftText(const Page &page) const;
    Page *currentPage() const;
    void saveLayout();
    void resetLayout();
    void applyScheme();
    void showShortcuts();
    void showAbout();
    void leave();
    bool mayLoseDrafts();

    Session &m_session;
    Settings &m_settings;
    LayoutKeeper m_layouts;
    DesktopScheme *m_desktop;
    SignInPage *m_signIn;
    QStackedWidget *m_outer;
    QStackedWidget *m_stack;
    std::vector<Page *> m_pages;
    Sidebar *m_sidebar = nullptr;
    ReconnectBanner *m_reconnect = nullptr;
    NoticeBanner *m_notice = nullptr;
    ConnectionLabel *m_connection = nullptr;
    QUndoGroup *m_undo;
    QAction *m_signOut = nullptr;
    QTimer m_refetchPause;
    bool m_refetchAgain = false; ///< something more was missed during the pause
    GuildId m_guild;
    GuildId m_added; ///< made or joined here, to be chosen as soon as it is known
    QPointer<DiscardDialog> m_question; ///< whether a draft may be discarded
};

} // namespace guildhall::console
