// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

#include <vector>

class QAction;

namespace guildhall::console {

/// A table as every page has it: whole rows, sorting by header click or header menu, columns that
/// can be hidden, Ctrl+C for the rows and Ctrl+Shift+C for their ids, and one context menu that
/// holds the page's actions first and copying last.
class ConsoleTable : public QTableView {
    Q_OBJECT

public:
    explicit ConsoleTable(QWidget *parent = nullptr);

    /// Shown in the context menu, in this order; nullptr is a separator.
    void setRowActions(const std::vector<QAction *> &actions);
    /// Rows of the selection, ascending.
    std::vector<int> selectedRows() const;
    /// Widths, order and choice of columns, and the sorting.
    QByteArray layoutState() const;
    /// False, and nothing is changed, when `state` is of a table with other columns.
    bool restoreLayoutState(const QByteArray &state);
    /// What is there now is what the header's menu can bring back.
    void setDefaultLayout();
    QAction *copyRowAction() const { return m_copyRow; }
    QAction *copyIdAction() const { return m_copyId; }

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void copyRows();
    void copyIds();
    static QString copiedText(const QModelIndex &cell);
    void showHeaderMenu(const QPoint &position);

    QAction *m_copyRow;
    QAction *m_copyId;
    std::vector<QAction *> m_rowActions;
    QByteArray m_defaultLayout;
};

} // namespace guildhall::console
