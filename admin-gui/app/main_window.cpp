// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/app/main_window.h"

#include "admin-gui/app/desktop_scheme.h"
#include "admin-gui/app/server_address.h"
#include "admin-gui/app/sidebar.h"
#include "admin-gui/pages/guilds/guilds_page.h"
#include "admin-gui/pages/members/members_page.h"
#include "admin-gui/pages/roles/roles_page.h"
#include "admin-gui/pages/sign_in/sign_in_page.h"
#include "admin-gui/widgets/connection_label.h"
#include "admin-gui/widgets/notice_banner.h"
#include "admin-gui/widgets/reconnect_banner.h"
#include "admin-gui/widgets/theme.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QStatusBar>
#include <QUndoGroup>

#include <chrono>
#include <utility>

namespace guildhall::console {

namespace {
constexpr QSize usualSize(1240, 780);
const QString windowLayout = QStringLiteral("window");
} // namespace

MainWindow::MainWindow(Session &session, Settings &settings, QWidget *parent)
    : QMainWindow(parent)
    , m_session(session)
    , m_settings(settings)
    , m_layouts(settings)
    , m_desktop(new DesktopScheme(this))
    , m_signIn(new SignInPage(session, settings))
    , m_outer(new QStackedWidget)
    , m_stack(new QStackedWidget)
    , m_undo(new QUndoGroup(this))
{
    setWindowTitle(tr("Guildhall Console"));
    setWindowIcon(QIcon(QStringLiteral(":/console/icons/guildhall.svg")));
    buildPages();
    m_outer->addWidget(m_signIn);
    m_outer->addWidget(buildFrame());
    setCentralWidget(m_outer);
    m_connection = new ConnectionLabel;
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addPermanentWidget(m_connection);
    buildMenus();
    connectSession();
    connect(m_desktop, &DesktopScheme::changed, this, &MainWindow::applyScheme);
    applyScheme();
    onState(session.state());
    showPage(0);
    resize(usualSize);
    restoreGeometry(settings.layout(windowLayout));
}

MainWindow::~MainWindow() = default;

void MainWindow::buildPages()
{
    auto *guilds = new GuildsPage(m_session);
    m_pages = {guilds, new MembersPage(m_session), new RolesPage(m_session)};
    for (Page *page : m_pages) {
        m_stack->addWidget(page);
        for (QWidget *part : page->layoutParts())
            m_layouts.add(part);
        if (page->undoStack() != nullptr)
            m_undo->addStack(page->undoStack());
    }
    connect(guilds, &GuildsPage::guildChosen, this, &MainWindow::chooseGuild);
    connect(guilds, &GuildsPage::guildAdded, this, &MainWindow::onGuildAdded);
    connect(guilds, &GuildsPage::membersRequested, this, [this] { openPage(1); });
    connect(guilds, &GuildsPage::rolesRequested, this, [this] { openPage(2); });
}

QWidget *MainWindow::buildFrame()
{
    m_sidebar = new Sidebar(m_session.directory(), m_pages);
    m_reconnect = new ReconnectBanner;
    m_notice = new NoticeBanner;
    connect(m_sidebar, &Sidebar::pageChosen, this, &MainWindow::showPage);
    connect(m_sidebar, &Sidebar::guildChosen, this, &MainWindow::chooseGuild);
    connect(m_reconnect, &ReconnectBanner::retryRequested, &m_session.feed().link(),
            &GatewayLink::retryNow);
    auto *banners = new QVBoxLayout;
    banners->setContentsMargins(24, 0, 24, 12);
    banners->setSpacing(8);
    banners->addWidget(m_notice);
    banners->addWidget(m_reconnect);
    auto *work = new QVBoxLayout;
    work->setSpacing(0);
    work->addWidget(m_stack, 1);
    work->addLayout(banners);
    auto *frame = new QWidget;
    auto *row = new QHBoxLayout(frame);
    row->setContentsMargins({});
    row->setSpacing(0);
    row->addWidget(m_sidebar);
    row->addLayout(work, 1);
    return frame;
}

void MainWindow::connectSession()
{
    connect(&m_session, &Session::stateChanged, this, &MainWindow::onState);
    connect(&m_session, &Session::keptForSessionOnly, this, &MainWindow::onNotKept);
    connect(&m_session, &Session::notForgotten, this, [this](const QString &why) {
        if (m_session.state() == Session::State::SignedIn)
            m_notice->showText(tr("The keychain still has the earlier sign-in: %1").arg(why));
    });
    connect(&m_session.feed().link(), &GatewayLink::statusChanged, this, &MainWindow::onLink);
    connect(&m_session.feed().link(), &GatewayLink::latencyMeasured, m_connection,
            &ConnectionLabel::setLatency);
    connect(&m_session.feed(), &LiveFeed::unreadable, this, &MainWindow::onUnreadable);
    m_refetchPause.setSingleShot(true);
    m_refetchPause.setInterval(std::chrono::seconds(5));
    connect(&m_refetchPause, &QTimer::timeout, this, [this] {
        if (std::exchange(m_refetchAgain, false))
            refetch();
    });
    connect(&m_session.directory(), &Directory::changed, this, &MainWindow::onGuildsChanged);
}

void MainWindow::begin()
{
    m_signIn->begin();
}

void MainWindow::onState(Session::State state)
{
    const bool signedIn = state == Session::State::SignedIn;
    m_outer->setCurrentIndex(signedIn ? 1 : 0);
    m_signOut->setEnabled(signedIn);
    statusBar()->setVisible(signedIn);
    if (!signedIn) {
        m_layouts.close();
        m_notice->hide();
        m_added = {};
        return;
    }
    m_layouts.open(m_session.server());
    m_sidebar->setAccount(displayName(m_session.self()), serverText(m_session.server()));
    m_pages.front()->refresh();
    openPage(0);
}

void MainWindow::onLink(const LinkStatus &status)
{
    m_reconnect->setStatus(status);
    m_connection->setStatus(status);
    for (Page *page : m_pages)
        page->setWritable(status.isLive(), tr("Not possible while the connection is lost."));
}

void MainWindow::onNotKept(KeychainReply::Outcome why)
{
    m_notice->showText(
        why == KeychainReply::Outcome::Unavailable
            ? tr("There is no keychain on this computer. The sign-in is kept for this session, "
                 "until the console is closed.")
            : tr("The keychain did not take the sign-in. It is kept for this session, until the "
                 "console is closed."));
}

void MainWindow::onUnreadable(const QByteArray &event)
{
    m_notice->showText(tr("What is shown may be out of date: an event of the server (%1) could not "
                          "be read. The lists were fetched again.")
                           .arg(QString::fromLatin1(event)));
    // A server that sends many of them must not be asked for everything each time.
    if (m_refetchPause.isActive())
        m_refetchAgain = true;
    else
        refetch();
}

void MainWindow::refetch()
{
    m_refetchPause.start();
    for (Page *page : m_pages)
        page->refresh();
}

Page *MainWindow::currentPage() const
{
    return m_pages[size_t(m_stack->currentIndex())];
}

void MainWindow::showPage(int number)
{
    if (number < 0 || number >= int(m_pages.size()))
        return;
    if (m_pages[size_t(number)]->needsGuild() && !m_guild)
        return;
    saveLayout();
    m_stack->setCurrentIndex(number);
    m_sidebar->setPage(number);
    m_undo->setActiveStack(currentPage()->undoStack());
}

void MainWindow::openPage(int number)
{
    showPage(number);
    currentPage()->focusContent();
}

void MainWindow::saveLayout()
{
    if (isVisible())
        m_settings.setLayout(windowLayout, saveGeometry());
    m_layouts.save();
}

void MainWindow::resetLayout()
{
    m_settings.forgetLayouts();
    m_layouts.reset();
    setWindowState(windowState() & ~(Qt::WindowMaximized | Qt::WindowFullScreen));
    resize(usualSize);
}

void MainWindow::applyScheme()
{
    const auto choice = m_settings.scheme();
    const bool dark = choice == Settings::Scheme::Dark
        || (choice == Settings::Scheme::System && m_desktop->isDark());
    if (Theme *theme = Theme::current())
        theme->apply(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
}

void MainWindow::leave()
{
    if (mayLoseDrafts())
        m_session.signOut();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!mayLoseDrafts())
        return event->ignore();
    saveLayout();
    m_settings.sync();
    event->accept();
}

} // namespace guildhall::console
