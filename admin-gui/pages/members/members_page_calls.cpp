// SPDX-License-Identifier: GPL-3.0-or-later
// What the members page asks of the server.
#include "admin-gui/api/on_answer.h"
#include "admin-gui/pages/members/members_page.h"
#include "admin-gui/widgets/error_banner.h"
#include "admin-gui/widgets/state_panel.h"
#include "shared/api/member_api.h"

namespace guildhall::console {

namespace {
constexpr int pageSize = 1000; // the most the server gives at once
constexpr int searchSize = 100;
} // namespace

void MembersPage::refresh()
{
    if (m_guild)
        loadMore(m_guild, UserId());
}

void MembersPage::loadMore(GuildId guild, UserId after)
{
    const auto query = ListMembers{pageSize, after};
    onAnswer(
        m_session.api().call(api::listMembers, {guild}, query), this,
        [this, guild](const CallResult<std::vector<Member>> &page) {
            if (guild != m_guild)
                return;
            if (!page) {
                m_model.moreArrived({});
                if (m_model.rowCount() == 0)
                    return m_state->showError(tr("The members could not be loaded"), page.error());
                m_retry = [this] {
                    refresh();
                };
                return errors().showError(tr("Loading members"), page.error(), true);
            }
            Directory &directory = m_session.directory();
            directory.takeMembers(guild, *page);
            m_model.moreArrived(page->empty() ? std::nullopt : std::optional(page->back().user.id));
            if (int(page->size()) < pageSize)
                directory.setMembersComplete(guild);
        });
}

void MembersPage::onFilter(const QString &text)
{
    m_filtered.setText(text);
    updateState();
    const GuildView *guild = m_session.directory().guild(m_guild);
    // What is not loaded can only be found by the server.
    if (guild != nullptr && !guild->membersComplete && !text.trimmed().isEmpty())
        search(text.trimmed());
}

void MembersPage::search(const QString &text)
{
    const GuildId guild = m_guild;
    const SearchMembers query{text.left(100), searchSize};
    onAnswer(m_session.api().call(api::searchMembers, {guild}, query), this,
             [this, guild](const CallResult<std::vector<Member>> &found) {
                 if (found)
                     m_session.directory().takeMembers(guild, *found);
                 else if (guild == m_guild)
                     errors().showError(tr("Searching members"), found.error());
             });
}

} // namespace guildhall::console
