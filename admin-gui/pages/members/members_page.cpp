// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/pages/members/members_page.h"

#include "admin-gui/models/visible_text.h"
#include "admin-gui/pages/members/kick_dialog.h"
#include "admin-gui/pages/members/member_card.h"
#include "admin-gui/widgets/cell_delegates.h"
#include "admin-gui/widgets/console_table.h"
#include "admin-gui/widgets/error_banner.h"
#include "admin-gui/widgets/filter_box.h"
#include "admin-gui/widgets/icon.h"
#include "admin-gui/widgets/notice_banner.h"
#include "admin-gui/widgets/state_panel.h"

#include <QAction>
#include <QComboBox>
#include <QHeaderView>
#include <QLocale>
#include <QSplitter>
#include <QVBoxLayout>

namespace guildhall::console {

MembersPage::MembersPage(Session &session, QWidget *parent)
    : Page(tr("Members"), QStringLiteral("members"), parent)
    , m_session(session)
    , m_model(session.directory())
    , m_kick(new QAction(themedIcon(QStringLiteral("kick")), tr("Kick…"), this))
    , m_presence(new QComboBox(this))
    , m_filter(new FilterBox(tr("Filter members"), this))
    , m_table(new ConsoleTable)
    , m_card(new MemberCard(m_kick))
{
    buildTools();
    buildTable();
    auto *split = new QSplitter;
    split->setChildrenCollapsible(false);
    split->setHandleWidth(12);
    split->addWidget(m_table);
    split->addWidget(m_card);
    split->setStretchFactor(0, 1);
    split->setObjectName(QStringLiteral("memberSplit"));
    keepLayoutOf({m_table, split, m_presence, m_filter});
    m_state = new StatePanel(split);
    body()->addWidget(m_state, 1);
    connectParts();
    onSelectionChanged();
    updateState();
}

void MembersPage::buildTools()
{
    m_presence->setObjectName(QStringLiteral("presenceFilter"));
    m_presence->setAccessibleName(tr("Show members by presence"));
    m_presence->addItem(tr("Everybody"), int(MemberFilter::Presence::Anybody));
    m_presence->addItem(tr("Here now"), int(MemberFilter::Presence::Online));
    m_presence->addItem(tr("Offline"), int(MemberFilter::Presence::Offline));
    m_filter->setObjectName(QStringLiteral("memberFilter"));
    m_kick->setObjectName(QStringLiteral("kick"));
    m_kick->setShortcut(QKeySequence::Delete);
    m_kick->setShortcutContext(Qt::WidgetShortcut);
    addTool(m_presence);
    addTool(m_filter);
}

void MembersPage::buildTable()
{
    m_filtered.setSourceModel(&m_model);
    m_table->setObjectName(QStringLiteral("memberTable"));
    m_table->setAccessibleName(tr("Members"));
    m_table->setModel(&m_filtered);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(MemberModel::Name, Qt::AscendingOrder);
    m_table->setItemDelegateForColumn(MemberModel::Name, new NameDelegate(m_table));
    m_table->setItemDelegateForColumn(MemberModel::Status, new PresenceDelegate(m_table));
    m_table->horizontalHeader()->setSectionResizeMode(MemberModel::Name, QHeaderView::Stretch);
    m_table->setColumnWidth(MemberModel::Username, 110);
    m_table->setColumnWidth(MemberModel::Status, 138);
    m_table->setColumnWidth(MemberModel::Roles, 130);
    m_table->setColumnWidth(MemberModel::Joined, 110);
    for (const int column : {MemberModel::Client, MemberModel::Created, MemberModel::IdColumn})
        m_table->setColumnHidden(column, true);
    m_table->setDefaultLayout();
    m_table->addAction(m_kick);
    m_table->setRowActions({m_kick});
}

void MembersPage::connectParts()
{
    connect(m_filter, &FilterBox::filterChanged, this, &MembersPage::onFilter);
    connect(m_presence, &QComboBox::currentIndexChanged, this, [this] {
        m_filtered.setPresence(MemberFilter::Presence(m_presence->currentData().toInt()));
        updateState();
    });
    connect(m_kick, &QAction::triggered, this, &MembersPage::askToKick);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &MembersPage::onSelectionChanged);
    connect(&m_model, &MemberModel::moreWanted, this, &MembersPage::loadMore);
    connect(m_state, &StatePanel::retryRequested, this, &MembersPage::refresh);
    connect(&errors(), &ErrorBanner::retryRequested, this, [this] {
        if (const auto retry = std::exchange(m_retry, {}))
            retry();
    });
    connect(&m_session, &Session::stateChanged, this, [this](Session::State state) {
        if (state != Session::State::SignedIn)
            dropKicks();
    });
    connect(&m_session.directory(), &Directory::changed, this, &MembersPage::onChanged);
}

void MembersPage::setGuild(GuildId guild)
{
    if (guild == m_guild)
        return;
    if (m_guild && guild) { // what was looked for is looked for in one guild
        m_filter->clear();
        m_filtered.setText({});
    }
    m_guild = guild;
    if (auto *question = findChild<KickDialog *>())
        question->reject(); // it is about the other guild
    m_retry = {};
    errors().dismiss();
    notices().hide();
    m_model.setGuild(guild);
    updateActions();
    updateState();
    showUnseenKicks();
}

void MembersPage::onChanged(const ChangeBatch &batch)
{
    const bool here = batch.guilds.contains(m_guild) || batch.roles.contains(m_guild)
        || batch.members.contains(m_guild);
    if (!here)
        return;
    updateState();
    onSelectionChanged();
}

std::vector<Member> MembersPage::chosen() const
{
    std::vector<Member> members;
    for (const int row : m_table->selectedRows()) {
        const QModelIndex source = m_filtered.mapToSource(m_filtered.index(row, 0));
        if (const Member *member = m_model.memberAt(source.row()))
            members.push_back(*member);
    }
    return members;
}

void MembersPage::onSelectionChanged()
{
    const Directory &directory = m_session.directory();
    m_card->show(directory.guild(m_guild), chosen(), directory.self());
    updateActions();
}

/// One of several who may not be kicked is left out; only if nobody may, there is nothing to do.
QString MembersPage::whyNotKick(const std::vector<Member> &members) const
{
    if (!m_writable)
        return m_whyNotWritable;
    if (m_kicks.contains(m_guild))
        return tr("Those chosen before are still being kicked.");
    if (members.empty())
        return tr("Choose who is to be kicked.");
    QString first;
    for (const Member &member : members) {
        const QString why = m_rights.whyNotKick(member);
        if (why.isEmpty())
            return {};
        if (first.isEmpty())
            first = why;
    }
    return first;
}

void MembersPage::updateActions()
{
    const GuildView *guild = m_session.directory().guild(m_guild);
    m_rights = guild ? Rights::of(*guild, m_session.directory().self()) : Rights();
    const std::vector<Member> members = chosen();
    const QString why = whyNotKick(members);
    m_kick->setEnabled(why.isEmpty());
    m_kick->setToolTip(why.isEmpty() ? tr("Remove from the guild (Del)") : why);
    m_kick->setText(members.size() > 1 ? tr("Kick %n member(s)…", nullptr, int(members.size()))
                                       : tr("Kick…"));
}

void MembersPage::updateState()
{
    const GuildView *guild = m_session.directory().guild(m_guild);
    if (guild == nullptr) {
        setSubtitle({});
        return m_state->showEmpty(tr("No guild chosen"),
                                  tr("Choose a guild to see who is in it and who is here now."));
    }
    const QLocale locale;
    const int here = guild->hereCount(m_session.directory().self());
    QString text = tr("%1 · %2 of %3 members here now")
                       .arg(inSentence(guild->guild.name), locale.toString(here),
                            locale.toString(guild->memberCount));
    if (!guild->membersComplete)
        text += tr(" · %1 loaded").arg(locale.toString(m_model.rowCount()));
    setSubtitle(text);
    if (m_model.rowCount() == 0 && !guild->membersComplete && errors().isHidden())
        m_state->showLoading();
    else if (m_filtered.rowCount() == 0 && m_model.rowCount() > 0)
        m_state->showEmpty(tr("Nobody found"), tr("No member fits this filter."));
    else
        m_state->showContent();
}

void MembersPage::setWritable(bool writable, const QString &why)
{
    m_writable = writable;
    m_whyNotWritable = why;
    updateActions();
}

void MembersPage::focusContent()
{
    m_state->takeFocus(m_table);
}

void MembersPage::focusFilter()
{
    m_filter->take();
}

} // namespace guildhall::console
