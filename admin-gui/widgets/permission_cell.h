// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>
#include <QStyledItemDelegate>

namespace guildhall::console {

/// A cell of the permission grid: a box that is ticked or not, and the word beside it.
class PermissionCellDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    /// Where the box of a cell is.
    static QRect boxIn(const QRect &cell);
};

/// The grid's row names: headings of groups stand out, and a sign marks what can do harm.
class PermissionRowHeader : public QHeaderView {
    Q_OBJECT

public:
    explicit PermissionRowHeader(QWidget *parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
};

/// The grid's role names, with their colours.
class PermissionColumnHeader : public QHeaderView {
    Q_OBJECT

public:
    explicit PermissionColumnHeader(QWidget *parent = nullptr);

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
};

} // namespace guildhall::console
