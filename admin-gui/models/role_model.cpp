// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/models/role_model.h"

#include "admin-gui/models/model_roles.h"
#include "admin-gui/models/visible_text.h"

#include <QFont>
#include <QLocale>

#include <algorithm>

namespace guildhall::console {

RoleModel::RoleModel(RoleDraft &draft, Directory &directory, QObject *parent)
    : QAbstractTableModel(parent)
    , m_draft(draft)
    , m_directory(directory)
    , m_rows(draft.order())
{
    connect(&draft, &RoleDraft::edited, this, &RoleModel::onEdited);
    connect(&draft, &RoleDraft::restructured, this, &RoleModel::syncRows);
    connect(&directory, &Directory::changed, this, [this](const ChangeBatch &batch) {
        if (!batch.members.value(m_draft.guild()).isEmpty())
            onEdited();
    });
}

void RoleModel::setRights(const Rights &rights)
{
    m_rights = rights;
    onEdited();
}

RoleId RoleModel::roleAt(int row) const
{
    return row >= 0 && row < int(m_rows.size()) ? m_rows[size_t(row)] : RoleId();
}

int RoleModel::rowOf(RoleId role) const
{
    const auto found = std::find(m_rows.begin(), m_rows.end(), role);
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

int RoleModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int RoleModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RoleModel::text(RoleId id, int column) const
{
    if (column == Name)
        return displayName(m_draft.role(id));
    const GuildView *view = m_directory.guild(m_draft.guild());
    if (view == nullptr || (!view->membersComplete && id != m_draft.everyone()))
        return tr("–", "number of holders is not known");
    return QLocale().toString(view->holdersOf(id));
}

QString RoleModel::sentence(RoleId id, int column) const
{
    const QString name = inSentence(m_draft.role(id).name);
    if (column == Holders)
        return tr("%1, members: %2").arg(name, text(id, column).toString());
    const bool changed = !m_draft.edit(id).isEmpty() || m_draft.isMoved(id);
    return changed ? tr("%1, changed, not applied yet").arg(name) : name;
}

QVariant RoleModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RoleId id = roleAt(index.row());
    if (!m_draft.contains(id))
        return {};
    const bool changed = !m_draft.edit(id).isEmpty() || m_draft.isMoved(id);
    switch (role) {
    case Qt::DisplayRole:
        return text(id, index.column());
    case Qt::EditRole:
        return index.column() == Name ? m_draft.role(id).name : text(id, index.column());
    case Qt::AccessibleTextRole:
        return sentence(id, index.column());
    case Qt::ToolTipRole:
        return m_rights.whyNotEditRole(m_draft.base(id)).toHtmlEscaped();
    case Qt::TextAlignmentRole:
        return index.column() == Holders ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::FontRole: {
        QFont font;
        font.setBold(changed && index.column() == Name);
        return font;
    }
    case IdRole:
        return id.toString();
    case ColorRole:
        return m_draft.role(id).color;
    case ChangedRole:
        return changed;
    default:
        return {};
    }
}

bool RoleModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const QString name = value.toString().trimmed();
    if (role != Qt::EditRole || !(flags(index) & Qt::ItemIsEditable) || name.isEmpty())
        return false;
    m_draft.setName(roleAt(index.row()), name);
    return true;
}

QVariant RoleModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) {
        return QVariant((section == Holders ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole)
        return {};
    return section == Name ? tr("Role") : tr("Members");
}

Qt::ItemFlags RoleModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    const RoleId id = roleAt(index.row());
    const bool named = index.column() == Name && id != m_draft.everyone();
    if (named && m_draft.contains(id) && m_rights.whyNotEditRole(m_draft.base(id)).isEmpty())
        flags |= Qt::ItemIsEditable;
    return flags;
}

void RoleModel::onEdited()
{
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void RoleModel::syncRows()
{
    const std::vector<RoleId> wanted = m_draft.order();
    const auto isWanted = [&](RoleId id) {
        return std::find(wanted.begin(), wanted.end(), id) != wanted.end();
    };
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (isWanted(m_rows[size_t(row)]))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
    for (int row = 0; row < int(wanted.size()); ++row) {
        const RoleId id = wanted[size_t(row)];
        const int from = rowOf(id);
        if (from < 0) {
            beginInsertRows({}, row, row);
            m_rows.insert(m_rows.begin() + row, id);
            endInsertRows();
        } else if (from != row) {
            beginMoveRows({}, from, from, {}, row);
            std::rotate(m_rows.begin() + row, m_rows.begin() + from, m_rows.begin() + from + 1);
            endMoveRows();
        }
    }
    onEdited();
}

} // namespace guildhall::console
