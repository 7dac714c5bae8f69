// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/models/permission_catalog.h"
#include "admin-gui/models/rights.h"
#include "admin-gui/models/role_draft.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace guildhall::console {

/// Rights by roles: a row per right, grouped under headings, and a column per role from the highest
/// to @everyone. Cells are on or off, as the draft has them.
class PermissionModel : public QAbstractTableModel {
    Q_OBJECT

public:
    explicit PermissionModel(RoleDraft &draft, QObject *parent = nullptr);

    void setRights(const Rights &rights);
    /// nullopt for a heading.
    std::optional<Permission> permissionAt(int row) const;
    int rowOf(Permission permission) const;
    RoleId roleAt(int column) const;
    int columnOf(RoleId role) const;
    bool isOn(const QModelIndex &index) const;
    /// Whether the account may change the cell; the tooltip says why not.
    bool isEditable(const QModelIndex &index) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Row {
        PermissionGroup group;
        std::optional<Permission> permission;
    };
    void syncColumns();
    void onEdited();
    QVariant columnHeader(int section, int role) const;
    QVariant rowHeader(int section, int role) const;
    bool isChanged(RoleId role, Permission permission) const;
    bool isImplied(RoleId role, Permission permission) const;
    QString word(RoleId role, Permission permission) const;
    QString toolTip(RoleId role, Permission permission) const;

    RoleDraft &m_draft;
    Rights m_rights;
    std::vector<Row> m_rows;
    std::vector<RoleId> m_columns;
};

} // namespace guildhall::console
