// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/models/directory.h"

#include <QAbstractTableModel>

#include <vector>

namespace guildhall::console {

/// The members of one guild with their presence. Rows stand in the order of the server's list and
/// are patched by id, so that selection and scroll position survive whatever happens.
/// Large guilds come in parts: fetchMore() asks for the next one by `moreWanted`.
class MemberModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Username, Status, Client, Roles, Joined, Created, IdColumn, ColumnCount };

    explicit MemberModel(Directory &directory, QObject *parent = nullptr);

    void setGuild(GuildId guild);
    GuildId guild() const { return m_guild; }
    /// nullptr when the row's member is gone.
    const Member *memberAt(int row) const;
    int rowOf(UserId user) const;
    /// The wait for the part that moreWanted() asked for is over.
    /// @param last the last id of the part; none when it failed, and it will be asked for again
    void moreArrived(std::optional<UserId> last);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    /// The members after this one are wanted.
    void moreWanted(guildhall::GuildId guild, guildhall::UserId after);

private:
    void onChanged(const ChangeBatch &batch);
    void patch(const QSet<UserId> &users);
    void removeGone(const GuildView *view, const std::vector<UserId> &users);
    void insertNew(const GuildView &view, const std::vector<UserId> &users);
    QString statusOf(const GuildView &view, const Member &member) const;
    QString text(const GuildView &view, const Member &member, int column) const;
    QVariant sortValue(const GuildView &view, const Member &member, int column) const;
    QVariant toolTip(const GuildView &view, const Member &member, int column) const;

    Directory &m_directory;
    GuildId m_guild;
    std::vector<UserId> m_rows; ///< ascending
    UserId m_cursor; ///< up to here the server's list has been read
    bool m_fetching = false;
};

} // namespace guildhall::console
