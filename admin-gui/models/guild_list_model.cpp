// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/models/guild_list_model.h"

#include "admin-gui/models/model_roles.h"
#include "admin-gui/models/time_text.h"
#include "shared/core/snowflake.h"

#include <QLocale>

#include <algorithm>

namespace guildhall::console {

namespace {
bool isNumber(int column)
{
    return column >= GuildListModel::Members && column <= GuildListModel::Roles;
}
} // namespace

GuildListModel::GuildListModel(Directory &directory, QObject *parent)
    : QAbstractTableModel(parent)
    , m_directory(directory)
    , m_rows(directory.guildIds())
{
    connect(&directory, &Directory::changed, this, &GuildListModel::onChanged);
}

GuildId GuildListModel::guildAt(int row) const
{
    return row >= 0 && row < int(m_rows.size()) ? m_rows[size_t(row)] : GuildId();
}

int GuildListModel::rowOf(GuildId guild) const
{
    const auto found = std::find(m_rows.begin(), m_rows.end(), guild);
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

int GuildListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int GuildListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant GuildListModel::text(const GuildView &view, int column) const
{
    const QLocale locale;
    const bool owner = view.statedOwner || view.guild.ownerId == m_directory.self();
    switch (column) {
    case Name:
        return displayName(view.guild);
    case Members:
        return locale.toString(view.memberCount);
    case Online:
        return locale.toString(view.hereCount(m_directory.self()));
    case Roles:
        return locale.toString(int(view.roles.size()));
    case Standing:
        return owner ? tr("Owner") : tr("Member");
    case Created:
        return relativeTime(createdAt(view.guild.id));
    case IdColumn:
        return view.guild.id.toString();
    default:
        return {};
    }
}

QVariant GuildListModel::sortValue(const GuildView &view, int column) const
{
    switch (column) {
    case Members:
        return view.memberCount;
    case Online:
        return view.hereCount(m_directory.self());
    case Roles:
        return int(view.roles.size());
    case Created:
    case IdColumn:
        return view.guild.id.value();
    default:
        return text(view, column);
    }
}

QVariant GuildListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const GuildView *view = m_directory.guild(guildAt(index.row()));
    if (view == nullptr)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(*view, index.column());
    case Qt::AccessibleTextRole:
        return tr("%1: %2").arg(
            headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(),
            text(*view, index.column()).toString());
    case Qt::ToolTipRole:
        return index.column() == Created ? QVariant(exactTime(createdAt(view->guild.id)))
                                         : QVariant();
    case Qt::TextAlignmentRole:
        return isNumber(index.column()) ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case CopyRole:
        return index.column() == Created ? QVariant(exactTime(createdAt(view->guild.id)))
                                         : QVariant();
    case IdRole:
        return view->guild.id.toString();
    case SortRole:
        return sortValue(*view, index.column());
    default:
        return {};
    }
}

QVariant GuildListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) {
        return isNumber(section) ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                 : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    }
    if (role == Qt::InitialSortOrderRole) {
        const bool downwards = isNumber(section) || section == Created || section == IdColumn;
        return downwards ? Qt::DescendingOrder : Qt::AscendingOrder;
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Guild");
    case Members:
        return tr("Members");
    case Online:
        return tr("Online");
    case Roles:
        return tr("Roles");
    case Standing:
        return tr("You are");
    case Created:
        return tr("Created");
    case IdColumn:
        return tr("Id");
    default:
        return {};
    }
}

void GuildListModel::onChanged(const ChangeBatch &batch)
{
    if (batch.guildList || !batch.guilds.isEmpty())
        syncRows();
    QSet<GuildId> touched = batch.guilds;
    touched.unite(batch.roles);
    for (const GuildId guild : touched) {
        if (const int row = rowOf(guild); row >= 0)
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

void GuildListModel::syncRows()
{
    const std::vector<GuildId> wanted = m_directory.guildIds();
    for (int row = int(m_rows.size()) - 1; row >= 0; --row) {
        if (m_directory.guild(m_rows[size_t(row)]) != nullptr)
            continue;
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
    for (size_t row = 0; row < wanted.size(); ++row) {
        const int from = rowOf(wanted[row]);
        const int to = int(row);
        if (from < 0) {
            beginInsertRows({}, to, to);
            m_rows.insert(m_rows.begin() + to, wanted[row]);
            endInsertRows();
        } else if (from != to) { // renamed; it can only have been further down
            beginMoveRows({}, from, from, {}, to);
            std::rotate(m_rows.begin() + to, m_rows.begin() + from, m_rows.begin() + from + 1);
            endMoveRows();
        }
    }
}

} // namespace guildhall::console
