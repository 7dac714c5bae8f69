// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/pages/guilds/guilds_page.h"

#include "admin-gui/api/on_answer.h"
#include "admin-gui/pages/guilds/guild_card.h"
#include "admin-gui/widgets/cell_delegates.h"
#include "admin-gui/widgets/console_table.h"
#include "admin-gui/widgets/error_banner.h"
#include "admin-gui/widgets/filter_box.h"
#include "admin-gui/widgets/state_panel.h"
#include "shared/api/user_api.h"

#include <QHeaderView>
#include <QSplitter>
#include <QVBoxLayout>

namespace guildhall::console {

GuildsPage::GuildsPage(Session &session, QWidget *parent)
    : Page(tr("Guilds"), QStringLiteral("guilds"), parent)
    , m_session(session)
    , m_model(session.directory())
    , m_filter(new FilterBox(tr("Filter guilds"), this))
    , m_table(new ConsoleTable)
    , m_card(new GuildCard)
{
    addTool(m_filter);
    buildTable();
    auto *split = new QSplitter;
    split->setChildrenCollapsible(false);
    split->setHandleWidth(12);
    split->addWidget(m_table);
    split->addWidget(m_card);
    split->setStretchFactor(0, 1);
    split->setObjectName(QStringLiteral("guildSplit"));
    m_filter->setObjectName(QStringLiteral("guildFilter"));
    keepLayoutOf({m_table, split, m_filter});
    m_state = new StatePanel(split);
    body()->addWidget(m_state, 1);
    buildActions();

    connect(m_filter, &FilterBox::filterChanged, &m_sorted,
            &QSortFilterProxyModel::setFilterFixedString);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &GuildsPage::onCurrentChanged);
    connect(m_table, &QTableView::activated, this, &GuildsPage::membersRequested);
    connect(m_card, &GuildCard::membersRequested, this, &GuildsPage::membersRequested);
    connect(m_card, &GuildCard::rolesRequested, this, &GuildsPage::rolesRequested);
    connect(m_state, &StatePanel::retryRequested, this, &GuildsPage::refresh);
    connect(&errors(), &ErrorBanner::retryRequested, this, &GuildsPage::refresh);
    connect(&session.directory(), &Directory::changed, this, &GuildsPage::updateState);
    connect(&session, &Session::stateChanged, this, &GuildsPage::onState);
    updateState();
}

void GuildsPage::buildTable()
{
    m_sorted.setSourceModel(&m_model);
    m_sorted.setFilterKeyColumn(GuildListModel::Name);
    m_sorted.setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_table->setObjectName(QStringLiteral("guildTable"));
    m_table->setAccessibleName(tr("Guilds"));
    // Before the selection hears of it, and after.
    connect(&m_sorted, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this] { m_rowsGo = true; });
    m_table->setModel(&m_sorted);
    connect(&m_sorted, &QAbstractItemModel::rowsRemoved, this, [this] {
        m_rowsGo = false;
        followGuild();
    });
    connect(&m_sorted, &QAbstractItemModel::rowsInserted, this, &GuildsPage::followGuild);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(GuildListModel::Name, Qt::AscendingOrder);
    m_table->setItemDelegateForColumn(GuildListModel::Name, new NameDelegate(m_table));
    QHeaderView *header = m_table->horizontalHeader();
    header->setSectionResizeMode(GuildListModel::Name, QHeaderView::Stretch);
    for (const int column :
         {GuildListModel::Members, GuildListModel::Online, GuildListModel::Roles})
        m_table->setColumnWidth(column, 84);
    m_table->setColumnWidth(GuildListModel::Created, 130);
    m_table->setColumnHidden(GuildListModel::IdColumn, true);
    m_table->setDefaultLayout();
}

void GuildsPage::setGuild(GuildId guild)
{
    m_guild = guild;
    followGuild();
}

void GuildsPage::followGuild()
{
    if (currentGuild() == m_guild)
        return;
    const QModelIndex index = m_sorted.mapFromSource(m_model.index(m_model.rowOf(m_guild), 0));
    if (index.isValid())
        m_table->setCurrentIndex(index);
    else
        m_table->selectionModel()->clear();
}

GuildId GuildsPage::currentGuild() const
{
    return m_model.guildAt(m_sorted.mapToSource(m_table->currentIndex()).row());
}

void GuildsPage::onCurrentChanged()
{
    const GuildId guild = currentGuild();
    m_card->show(m_session.directory().guild(guild), m_session.directory().self());
    if (guild && guild != m_guild && !m_rowsGo)
        Q_EMIT guildChosen(guild);
}

void GuildsPage::refresh()
{
    if (m_session.state() != Session::State::SignedIn)
        return;
    ListGuilds query;
    query.withCounts = true;
    onAnswer(m_session.api().call(api::listOwnGuilds, {}, query), this,
             [this](const CallResult<std::vector<GuildListItem>> &list) {
                 m_failed = !list;
                 if (list) {
                     errors().dismiss();
                     m_session.directory().takeGuildList(*list);
                 } else if (m_session.directory().isLoaded()) {
                     errors().showError(tr("Refreshing the list"), list.error(), true);
                 } else {
                     m_state->showError(tr("The guilds could not be loaded"), list.error());
                 }
             });
}

void GuildsPage::focusContent()
{
    m_state->takeFocus(m_table);
}

void GuildsPage::focusFilter()
{
    m_filter->take();
}

void GuildsPage::updateState()
{
    const int count = m_model.rowCount();
    setSubtitle(m_session.directory().isLoaded() ? tr("%n guild(s)", nullptr, count) : QString());
    m_card->show(m_session.directory().guild(currentGuild()), m_session.directory().self());
    if (count > 0)
        m_state->showContent();
    else if (m_session.directory().isLoaded())
        m_state->showEmpty(tr("No guilds yet"), tr("Guilds that you make or join appear here."));
    else if (!m_failed)
        m_state->showLoading();
}

} // namespace guildhall::console
