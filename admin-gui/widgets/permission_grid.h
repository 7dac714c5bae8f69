// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/models/permission_model.h"

#include <QTableView>

namespace guildhall::console {

/// The matrix of rights by roles. Names and roles stay in view while it scrolls.
/// Keys: Space turns the chosen cells over, A gives them, D takes them; several cells are one step
/// of undo. The mouse turns a cell over by a click on its box or by a double click.
class PermissionGrid : public QTableView {
    Q_OBJECT

public:
    PermissionGrid(PermissionModel &model, RoleDraft &draft, QWidget *parent = nullptr);

    /// Shows only rights whose name or description has `text` in it.
    void setFilterText(const QString &text);
    void setDangerousOnly(bool on);
    /// Only rights in which the roles differ.
    void setDifferingOnly(bool on);
    /// Brings a role's column into view and makes it the current one.
    void showRole(RoleId role);

Q_SIGNALS:
    void currentRoleChanged(guildhall::RoleId role);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    void setUp();
    void onStructureChanged();
    void applyFilters();
    bool isWanted(int row) const;
    bool differs(int row) const;
    QModelIndexList chosenCells() const;
    void toggle();
    void setCells(bool on);
    bool isOnBox(const QPoint &position) const;

    PermissionModel &m_model;
    RoleDraft &m_draft;
    QString m_text;
    bool m_dangerousOnly = false;
    bool m_differingOnly = false;
};

} // namespace guildhall::console
