// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/models/directory.h"
#include "admin-gui/models/rights.h"
#include "admin-gui/models/role_draft.h"

#include <QAbstractTableModel>

namespace guildhall::console {

/// A guild's roles in their order, as the draft has them. The name can be edited in place.
class RoleModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Holders, ColumnCount };

    RoleModel(RoleDraft &draft, Directory &directory, QObject *parent = nullptr);

    void setRights(const Rights &rights);
    RoleId roleAt(int row) const;
    int rowOf(RoleId role) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    void syncRows();
    void onEdited();
    QVariant text(RoleId id, int column) const;
    QString sentence(RoleId id, int column) const;

    RoleDraft &m_draft;
    Directory &m_directory;
    Rights m_rights;
    std::vector<RoleId> m_rows;
};

} // namespace guildhall::console
