// SPDX-License-Identifier: GPL-3.0-or-later
// Which guild the main window looks at.
#include "admin-gui/app/discard_dialog.h"
#include "admin-gui/app/main_window.h"
#include "admin-gui/app/server_address.h"
#include "admin-gui/app/sidebar.h"
#include "admin-gui/pages/page.h"

#include <utility>

namespace guildhall::console {

void MainWindow::onGuildsChanged()
{
    const Directory &directory = m_session.directory();
    if (directory.guild(m_guild) == nullptr) {
        const auto ids = directory.guildIds();
        m_guild = ids.empty() ? GuildId() : ids.front();
        if (m_question)
            m_question->reject(); // the draft went with its guild
    }
    showGuild();
    if (m_added && directory.guild(m_added) != nullptr)
        chooseGuild(std::exchange(m_added, {}));
    if (!m_guild && currentPage()->needsGuild())
        showPage(0);
    m_sidebar->setAccount(displayName(m_session.self()), serverText(m_session.server()));
}

/// The gateway tells of it, before or after this; the list is asked for in case it does not.
void MainWindow::onGuildAdded(GuildId guild)
{
    m_added = guild;
    openPage(0);
    m_pages.front()->refresh();
    m_session.directory().flush();
    onGuildsChanged();
}

void MainWindow::showGuild()
{
    m_sidebar->setGuild(m_guild);
    for (Page *page : m_pages)
        page->setGuild(m_guild);
}

void MainWindow::chooseGuild(GuildId guild)
{
    if (guild == m_guild || m_session.directory().guild(guild) == nullptr)
        return;
    if (const Page *page = pageWithDraft()) {
        showGuild(); // until there is an answer, the old one stays the chosen one
        return askToDiscard(*page, guild);
    }
    goTo(guild);
}

void MainWindow::goTo(GuildId guild)
{
    if (m_session.directory().guild(guild) == nullptr)
        return; // it went while it was asked about
    m_guild = guild;
    showGuild();
}

} // namespace guildhall::console
