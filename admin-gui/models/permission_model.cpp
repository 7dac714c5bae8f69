// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/models/permission_model.h"

#include "admin-gui/models/guild_view.h"
#include "admin-gui/models/model_roles.h"
#include "admin-gui/models/visible_text.h"

#include <QFont>

#include <algorithm>

namespace guildhall::console {

PermissionModel::PermissionModel(RoleDraft &draft, QObject *parent)
    : QAbstractTableModel(parent)
    , m_draft(draft)
    , m_columns(draft.order())
{
    for (const PermissionInfo &info : permissionCatalog()) {
        if (m_rows.empty() || m_rows.back().group != info.group)
            m_rows.push_back({info.group, {}});
        m_rows.push_back({info.group, info.permission});
    }
    connect(&draft, &RoleDraft::edited, this, &PermissionModel::onEdited);
    connect(&draft, &RoleDraft::restructured, this, &PermissionModel::syncColumns);
}

void PermissionModel::setRights(const Rights &rights)
{
    m_rights = rights;
    onEdited();
}

std::optional<Permission> PermissionModel::permissionAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_rows[size_t(row)].permission : std::nullopt;
}

int PermissionModel::rowOf(Permission permission) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [&](const Row &row) { return row.permission == permission; });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

RoleId PermissionModel::roleAt(int column) const
{
    return column >= 0 && column < columnCount() ? m_columns[size_t(column)] : RoleId();
}

int PermissionModel::columnOf(RoleId role) const
{
    const auto found = std::find(m_columns.begin(), m_columns.end(), role);
    return found == m_columns.end() ? -1 : int(found - m_columns.begin());
}

int PermissionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int PermissionModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_columns.size());
}

bool PermissionModel::isOn(const QModelIndex &index) const
{
    const auto permission = permissionAt(index.row());
    const RoleId role = roleAt(index.column());
    return permission && m_draft.contains(role) && m_draft.role(role).permissions.has(*permission);
}

bool PermissionModel::isEditable(const QModelIndex &index) const
{
    const auto permission = permissionAt(index.row());
    const RoleId role = roleAt(index.column());
    return permission && m_draft.contains(role)
        && m_rights.whyNotSet(m_draft.base(role), *permission).isEmpty();
}

bool PermissionModel::isChanged(RoleId role, Permission permission) const
{
    const RoleEdit &edit = m_draft.edit(role);
    return edit.given.has(permission) || edit.taken.has(permission);
}

/// Administrators may everything, whatever else is on.
bool PermissionModel::isImplied(RoleId role, Permission permission) const
{
    const Permissions held = m_draft.role(role).permissions;
    return !held.has(permission) && held.has(Permission::Administrator);
}

QString PermissionModel::word(RoleId role, Permission permission) const
{
    if (m_draft.role(role).permissions.has(permission))
        return tr("On");
    return isImplied(role, permission) ? tr("Implied") : tr("Off");
}

QString PermissionModel::toolTip(RoleId role, Permission permission) const
{
    QStringList lines{permissionDescription(permission)};
    if (isImplied(role, permission))
        lines.append(
            tr("The role has it through “%1”.").arg(permissionName(Permission::Administrator)));
    if (const QString why = m_rights.whyNotSet(m_draft.base(role), permission); !why.isEmpty())
        lines.append(why);
    return lines.join(u'\n').toHtmlEscaped().replace(u'\n', QStringLiteral("<br>"));
}

QVariant PermissionModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto permission = permissionAt(index.row());
    const RoleId column = roleAt(index.column());
    if (role == HeadingRole)
        return !permission.has_value();
    if (!permission || !m_draft.contains(column))
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return word(column, *permission);
    case Qt::AccessibleTextRole:
        return tr("%1, %2: %3%4")
            .arg(permissionName(*permission), inSentence(m_draft.role(column).name),
                 word(column, *permission),
                 isChanged(column, *permission) ? tr(", changed, not applied yet") : QString());
    case Qt::CheckStateRole:
        return int(isOn(index) ? Qt::Checked : Qt::Unchecked);
    case Qt::ToolTipRole:
        return toolTip(column, *permission);
    case Qt::TextAlignmentRole:
        return int(Qt::AlignCenter);
    case ChangedRole:
        return isChanged(column, *permission);
    case DangerousRole:
        return permissionInfo(*permission).dangerous;
    case IdRole:
        return column.toString();
    default:
        return {};
    }
}

bool PermissionModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || !isEditable(index))
        return false;
    m_draft.setPermissions(roleAt(index.column()), *permissionAt(index.row()),
                           value.toInt() == Qt::Checked);
    return true;
}

QVariant PermissionModel::columnHeader(int section, int role) const
{
    const RoleId id = roleAt(section);
    if (!m_draft.contains(id))
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return displayName(m_draft.role(id));
    case Qt::ToolTipRole:
        return displayName(m_draft.role(id)).toHtmlEscaped();
    case ColorRole:
        return m_draft.role(id).color;
    default:
        return {};
    }
}

QVariant PermissionModel::rowHeader(int section, int role) const
{
    if (section < 0 || section >= rowCount())
        return {};
    const Row &row = m_rows[size_t(section)];
    switch (role) {
    case Qt::DisplayRole:
        return row.permission ? permissionName(*row.permission) : groupName(row.group);
    case Qt::ToolTipRole:
        return row.permission ? QVariant(permissionDescription(*row.permission)) : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    case HeadingRole:
        return !row.permission.has_value();
    case DangerousRole:
        return row.permission && permissionInfo(*row.permission).dangerous;
    default:
        return {};
    }
}

QVariant PermissionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return orientation == Qt::Horizontal ? columnHeader(section, role) : rowHeader(section, role);
}

Qt::ItemFlags PermissionModel::flags(const QModelIndex &index) const
{
    if (!permissionAt(index.row()))
        return Qt::NoItemFlags;
    // Cells that may not be changed can still be walked over and read out.
    const Qt::ItemFlags readable = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    return isEditable(index) ? readable | Qt::ItemIsUserCheckable : readable;
}

void PermissionModel::onEdited()
{
    if (m_columns.empty())
        return;
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void PermissionModel::syncColumns()
{
    const std::vector<RoleId> wanted = m_draft.order();
    const auto isWanted = [&](RoleId id) {
        return std::find(wanted.begin(), wanted.end(), id) != wanted.end();
    };
    for (int column = columnCount() - 1; column >= 0; --column) {
        if (isWanted(m_columns[size_t(column)]))
            continue;
        beginRemoveColumns({}, column, column);
        m_columns.erase(m_columns.begin() + column);
        endRemoveColumns();
    }
    for (int column = 0; column < int(wanted.size()); ++column) {
        const RoleId id = wanted[size_t(column)];
        const int from = columnOf(id);
        if (from < 0) {
            beginInsertColumns({}, column, column);
            m_columns.insert(m_columns.begin() + column, id);
            endInsertColumns();
        } else if (from != column) {
            beginMoveColumns({}, from, from, {}, column);
            std::rotate(m_columns.begin() + column, m_columns.begin() + from,
                        m_columns.begin() + from + 1);
            endMoveColumns();
        }
    }
    onEdited();
}

} // namespace guildhall::console
