// SPDX-License-Identifier: GPL-3.0-or-later
// What the main window asks before changes are lost.
#include "admin-gui/app/main_window.h"
#include "admin-gui/models/visible_text.h"
#include "admin-gui/pages/page.h"

#include <QMessageBox>
#include <QPushButton>

#include <algorithm>

namespace guildhall::console {

const Page *MainWindow::pageWithDraft() const
{
    const auto found = std::find_if(m_pages.begin(), m_pages.end(),
                                    [](const Page *page) { return page->hasDraft(); });
    return found == m_pages.end() ? nullptr : *found;
}

/// Does not wait for the answer: the question comes up in the middle of a click on a list.
void MainWindow::askToDiscard(const Page &page, GuildId next)
{
    if (m_question)
        return;
    const GuildView *here = m_session.directory().guild(m_guild);
    const GuildView *there = m_session.directory().guild(next);
    m_question
        = new QMessageBox(QMessageBox::Question, tr("Changes are not applied"),
                          tr("“%1” of “%2” has changes that are not applied.")
                              .arg(page.title(), here ? inSentence(here->guild.name) : QString()),
                          QMessageBox::Discard | QMessageBox::Cancel, this);
    m_question->setObjectName(QStringLiteral("draftQuestion"));
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    m_question->setTextFormat(Qt::PlainText);
    m_question->setInformativeText(
        tr("Going to “%1” discards them.").arg(inSentence(there->guild.name)));
    m_question->button(QMessageBox::Discard)->setText(tr("Discard changes"));
    m_question->button(QMessageBox::Cancel)->setText(tr("Stay"));
    m_question->setDefaultButton(QMessageBox::Cancel);
    connect(m_question, &QMessageBox::buttonClicked, this,
            [this, next, box = m_question.data()](QAbstractButton *button) {
                if (box->standardButton(button) == QMessageBox::Discard)
                    goTo(next);
            });
    m_question->open();
}

bool MainWindow::mayLoseDrafts()
{
    const Page *page = pageWithDraft();
    if (page == nullptr)
        return true;
    const auto answer = QMessageBox::question(
        this, tr("Changes are not applied"),
        tr("“%1” has changes that are not applied. Discard them?").arg(page->title()),
        QMessageBox::Discard | QMessageBox::Cancel, QMessageBox::Cancel);
    return answer == QMessageBox::Discard;
}

} // namespace guildhall::console
