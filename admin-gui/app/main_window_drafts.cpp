// SPDX-License-Identifier: GPL-3.0-or-later
// What the main window asks before changes are lost.
#include "admin-gui/app/discard_dialog.h"
#include "admin-gui/app/main_window.h"
#include "admin-gui/models/visible_text.h"
#include "admin-gui/pages/page.h"

#include <algorithm>

namespace guildhall::console {

const Page *MainWindow::pageWithDraft() const
{
    const auto found = std::find_if(m_pages.begin(), m_pages.end(),
                                    [](const Page *page) { return page->hasDraft(); });
    return found == m_pages.end() ? nullptr : *found;
}

QString MainWindow::draftText(const Page &page) const
{
    const GuildView *guild = m_session.directory().guild(m_guild);
    return tr("“%1” of “%2” has changes that are not applied.")
        .arg(page.title(), guild ? inSentence(guild->guild.name) : QString());
}

/// Does not wait for the answer: the question comes up in the middle of a click on a list.
void MainWindow::askToDiscard(const Page &page, GuildId next)
{
    if (m_question)
        return;
    const GuildView *there = m_session.directory().guild(next);
    m_question = new DiscardDialog(
        draftText(page), tr("Going to “%1” discards them.").arg(inSentence(there->guild.name)),
        this);
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_question, &QDialog::accepted, this, [this, next] { goTo(next); });
    m_question->open();
}

bool MainWindow::mayLoseDrafts()
{
    const Page *page = pageWithDraft();
    if (page == nullptr)
        return true;
    DiscardDialog question(draftText(*page), tr("Leaving discards them."), this);
    return question.exec() == QDialog::Accepted;
}

} // namespace guildhall::console
