// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/models/directory.h"

#include <QAbstractTableModel>

#include <vector>

namespace guildhall::console {

/// The account's guilds.
class GuildListModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Members, Online, Roles, Standing, Created, IdColumn, ColumnCount };

    explicit GuildListModel(Directory &directory, QObject *parent = nullptr);

    GuildId guildAt(int row) const;
    /// -1 when it is not in the list.
    int rowOf(GuildId guild) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void onChanged(const ChangeBatch &batch);
    void syncRows();
    QVariant text(const GuildView &view, int column) const;
    QVariant sortValue(const GuildView &view, int column) const;

    Directory &m_directory;
    std::vector<GuildId> m_rows;
};

} // namespace guildhall::console
