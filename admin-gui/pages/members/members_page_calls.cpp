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
    MemberPart part{after, {}, false, m_session.directory().membersAfter(guild, after)};
    onAnswer(m_session.api().call(api::listMembers, {guild}, ListMembers{pageSize, after}), this,
             [this, guild,
              part = std::move(part)](const CallResult<std::vector<Member>> &members) mutable {
                 if (guild != m_guild)
                     return;
                 if (!members)
                     return onNotLoaded(members.error());
                 part.members = *members;
                 part.isLast = int(members->size()) < pageSize;
                 onLoaded(part);
             });
}

void MembersPage::onLoaded(const MemberPart &part)
{
    Directory &directory = m_session.directory();
    const GuildView *view = directory.guild(m_guild);
    const bool wasComplete = view != nullptr && view->membersComplete;
    directory.takeMemberPart(m_guild, part);
    m_model.moreArrived(part.members.empty() ? std::nullopt
                                             : std::optional(part.members.back().user.id));
    // A list that was complete is read to its end: scrolling asks only for what is not known.
    if (wasComplete && !part.isLast)
        loadMore(m_guild, part.members.back().user.id);
}

void MembersPage::onNotLoaded(const CallError &error)
{
    m_model.moreArrived({});
    if (m_model.rowCount() == 0)
        return m_state->showError(tr("The members could not be loaded"), error);
    m_retry = [this] {
        refresh();
    };
    errors().showError(tr("Loading members"), error, true);
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
