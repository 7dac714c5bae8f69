// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/models/member_model.h"

#include "admin-gui/models/member_text.h"
#include "admin-gui/models/model_roles.h"
#include "admin-gui/models/time_text.h"
#include "admin-gui/models/visible_text.h"
#include "shared/core/snowflake.h"

#include <algorithm>

namespace guildhall::console {

namespace {
bool isTime(int column)
{
    return column == MemberModel::Joined || column == MemberModel::Created;
}
} // namespace

MemberModel::MemberModel(Directory &directory, QObject *parent)
    : QAbstractTableModel(parent)
    , m_directory(directory)
{
    connect(&directory, &Directory::changed, this, &MemberModel::onChanged);
}

void MemberModel::setGuild(GuildId guild)
{
    beginResetModel();
    m_guild = guild;
    m_rows.clear();
    m_cursor = {};
    m_fetching = false;
    if (const GuildView *view = m_directory.guild(guild)) {
        for (const auto &[id, member] : view->members)
            m_rows.push_back(id);
    }
    endResetModel();
}

const Member *MemberModel::memberAt(int row) const
{
    const GuildView *view = m_directory.guild(m_guild);
    if (view == nullptr || row < 0 || row >= int(m_rows.size()))
        return nullptr;
    const auto found = view->members.find(m_rows[size_t(row)]);
    return found == view->members.end() ? nullptr : &found->second;
}

int MemberModel::rowOf(UserId user) const
{
    const auto found = std::lower_bound(m_rows.begin(), m_rows.end(), user);
    return found != m_rows.end() && *found == user ? int(found - m_rows.begin()) : -1;
}

int MemberModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int MemberModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString MemberModel::statusOf(const GuildView &view, const Member &member) const
{
    return shownStatus(view, member.user.id, m_directory.self());
}

QString MemberModel::text(const GuildView &view, const Member &member, int column) const
{
    switch (column) {
    case Name:
        return displayName(member);
    case Username:
        return member.user.isBot() ? tr("%1 (bot)").arg(inSentence(member.user.username))
                                   : userName(member.user);
    case Status:
        return statusText(statusOf(view, member));
    case Client:
        return clientText(view.presences.value(member.user.id));
    case Roles:
        return rolesText(view, member);
    case Joined:
        return relativeTime(member.joinedAt);
    case Created:
        return relativeTime(createdAt(member.user.id));
    case IdColumn:
        return member.user.id.toString();
    default:
        return {};
    }
}

QVariant MemberModel::sortValue(const GuildView &view, const Member &member, int column) const
{
    switch (column) {
    case Status:
        return statusRank(statusOf(view, member));
    case Joined:
        return member.joinedAt.ms;
    case Created:
    case IdColumn:
        return member.user.id.value();
    default:
        return text(view, member, column);
    }
}

QVariant MemberModel::toolTip(const GuildView &view, const Member &member, int column) const
{
    switch (column) {
    case Status: {
        if (statusOf(view, member) == u"unseen")
            return tr("You are here; the console does not show you to others.");
        const QString activity = activityText(view.presences.value(member.user.id));
        return activity.isEmpty() ? QVariant() : activity.toHtmlEscaped();
    }
    case Roles:
        return text(view, member, column).toHtmlEscaped();
    case Joined:
        return exactTime(member.joinedAt);
    case Created:
        return exactTime(createdAt(member.user.id));
    default:
        return {};
    }
}

QVariant MemberModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const GuildView *view = m_directory.guild(m_guild);
    const Member *member = memberAt(index.row());
    if (view == nullptr || member == nullptr)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(*view, *member, index.column());
    case Qt::AccessibleTextRole:
        return tr("%1, %2: %3")
            .arg(inSentence(displayName(*member)),
                 headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(),
                 text(*view, *member, index.column()));
    case Qt::ToolTipRole:
        return toolTip(*view, *member, index.column());
    case CopyRole:
        return isTime(index.column()) ? toolTip(*view, *member, index.column()) : QVariant();
    case IdRole:
        return member->user.id.toString();
    case StatusRole:
        return statusOf(*view, *member);
    case SortRole:
        return sortValue(*view, *member, index.column());
    default:
        return {};
    }
}

QVariant MemberModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role == Qt::InitialSortOrderRole) // the newest first
        return isTime(section) || section == IdColumn ? Qt::DescendingOrder : Qt::AscendingOrder;
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case Username:
        return tr("User name");
    case Status:
        return tr("Status");
    case Client:
        return tr("Client");
    case Roles:
        return tr("Roles");
    case Joined:
        return tr("Joined");
    case Created:
        return tr("Account made");
    case IdColumn:
        return tr("Id");
    default:
        return {};
    }
}

bool MemberModel::canFetchMore(const QModelIndex &parent) const
{
    const GuildView *view = m_directory.guild(m_guild);
    return !parent.isValid() && !m_fetching && view != nullptr && !view->membersComplete;
}

void MemberModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    m_fetching = true;
    Q_EMIT moreWanted(m_guild, m_cursor);
}

void MemberModel::moreArrived(std::optional<UserId> last)
{
    m_fetching = false;
    m_cursor = last.value_or(m_cursor);
}

void MemberModel::onChanged(const ChangeBatch &batch)
{
    const GuildView *view = m_directory.guild(m_guild);
    if (view == nullptr && !m_rows.empty())
        return setGuild(m_guild);
    if (const auto found = batch.members.constFind(m_guild); found != batch.members.cend())
        patch(*found);
    if (batch.roles.contains(m_guild) && !m_rows.empty()) // their names stand in a column
        Q_EMIT dataChanged(index(0, Roles), index(rowCount() - 1, Roles));
}

void MemberModel::patch(const QSet<UserId> &users)
{
    const GuildView *view = m_directory.guild(m_guild);
    std::vector<UserId> sorted(users.begin(), users.end());
    std::sort(sorted.begin(), sorted.end());
    removeGone(view, sorted);
    if (view == nullptr)
        return;
    for (const UserId user : sorted) {
        if (const int row = rowOf(user); row >= 0)
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
    insertNew(*view, sorted);
}

void MemberModel::removeGone(const GuildView *view, const std::vector<UserId> &users)
{
    for (const UserId user : users) {
        const int row = rowOf(user);
        if (row < 0 || (view != nullptr && view->members.contains(user)))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
}

void MemberModel::insertNew(const GuildView &view, const std::vector<UserId> &users)
{
    std::vector<UserId> fresh;
    std::copy_if(users.begin(), users.end(), std::back_inserter(fresh),
                 [&](UserId user) { return view.members.contains(user) && rowOf(user) < 0; });
    for (size_t i = 0; i < fresh.size();) {
        // Neighbours go in together: a page of the server's list is one insertion, not a thousand.
        const auto place = std::lower_bound(m_rows.begin(), m_rows.end(), fresh[i]);
        size_t end = i + 1;
        while (end < fresh.size() && (place == m_rows.end() || fresh[end] < *place))
            ++end;
        const int row = int(place - m_rows.begin());
        beginInsertRows({}, row, row + int(end - i) - 1);
        m_rows.insert(place, fresh.begin() + qsizetype(i), fresh.begin() + qsizetype(end));
        endInsertRows();
        i = end;
    }
}

} // namespace guildhall::console
