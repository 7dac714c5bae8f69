// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/permission_grid.h"

#include "admin-gui/models/model_roles.h"
#include "admin-gui/widgets/permission_cell.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>

namespace guildhall::console {

PermissionGrid::PermissionGrid(PermissionModel &model, RoleDraft &draft, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
    , m_draft(draft)
{
    setUp();
    setModel(&model);
    connect(&model, &QAbstractItemModel::columnsInserted, this,
            &PermissionGrid::onStructureChanged);
    connect(&model, &QAbstractItemModel::columnsRemoved, this, &PermissionGrid::onStructureChanged);
    connect(&model, &QAbstractItemModel::dataChanged, this, [this] {
        if (m_differingOnly)
            applyFilters();
    });
    applyFilters();
}

void PermissionGrid::setUp()
{
    setObjectName(QStringLiteral("permissionGrid"));
    setAccessibleName(tr("Permissions by role"));
    setVerticalHeader(new PermissionRowHeader(this));
    setHorizontalHeader(new PermissionColumnHeader(this));
    setItemDelegate(new PermissionCellDelegate(this));
    setSelectionBehavior(SelectItems);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
}

void PermissionGrid::onStructureChanged()
{
    applyFilters();
}

void PermissionGrid::setFilterText(const QString &text)
{
    m_text = text.trimmed();
    applyFilters();
}

void PermissionGrid::setDangerousOnly(bool on)
{
    m_dangerousOnly = on;
    applyFilters();
}

void PermissionGrid::setDifferingOnly(bool on)
{
    m_differingOnly = on;
    applyFilters();
}

bool PermissionGrid::differs(int row) const
{
    for (int column = 1; column < m_model.columnCount(); ++column) {
        if (m_model.isOn(m_model.index(row, column)) != m_model.isOn(m_model.index(row, 0)))
            return true;
    }
    return false;
}

bool PermissionGrid::isWanted(int row) const
{
    const auto permission = m_model.permissionAt(row);
    if (!permission)
        return false;
    if (m_dangerousOnly && !permissionInfo(*permission).dangerous)
        return false;
    if (m_differingOnly && !differs(row))
        return false;
    return permissionName(*permission).contains(m_text, Qt::CaseInsensitive)
        || permissionDescription(*permission).contains(m_text, Qt::CaseInsensitive);
}

void PermissionGrid::applyFilters()
{
    // From below, so that a heading knows whether anything is left of its group.
    bool groupHasRows = false;
    for (int row = m_model.rowCount() - 1; row >= 0; --row) {
        const bool heading = !m_model.permissionAt(row);
        const bool shown = heading ? groupHasRows : isWanted(row);
        setRowHidden(row, !shown);
        groupHasRows = heading ? false : groupHasRows || shown;
    }
}

void PermissionGrid::showRole(RoleId role)
{
    const int column = m_model.columnOf(role);
    if (column < 0 || currentIndex().column() == column)
        return;
    int row = currentIndex().isValid() ? currentIndex().row() : 0;
    while (row < m_model.rowCount() && (isRowHidden(row) || !m_model.permissionAt(row)))
        ++row;
    const QModelIndex cell = m_model.index(row, column);
    selectionModel()->setCurrentIndex(cell, QItemSelectionModel::ClearAndSelect);
    scrollTo(cell);
}

QModelIndexList PermissionGrid::chosenCells() const
{
    QModelIndexList cells;
    for (const QModelIndex &cell : selectionModel()->selectedIndexes()) {
        if (!isRowHidden(cell.row()) && m_model.isEditable(cell))
            cells.append(cell);
    }
    return cells;
}

void PermissionGrid::toggle()
{
    // As in a spreadsheet: the current cell decides, so that a mixed choice becomes one thing.
    setCells(!m_model.isOn(currentIndex()));
}

void PermissionGrid::setCells(bool on)
{
    const QModelIndexList cells = chosenCells();
    if (cells.isEmpty()) {
        QApplication::beep();
        return;
    }
    m_draft.undoStack().beginMacro(on ? tr("give permissions") : tr("take permissions"));
    for (const QModelIndex &cell : cells)
        m_model.setData(cell, int(on ? Qt::Checked : Qt::Unchecked), Qt::CheckStateRole);
    m_draft.undoStack().endMacro();
}

void PermissionGrid::keyPressEvent(QKeyEvent *event)
{
    const bool plain = !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier));
    if (event->matches(QKeySequence::Copy)) {
        QApplication::clipboard()->setText(currentIndex().data(Qt::AccessibleTextRole).toString());
    } else if (plain && event->key() == Qt::Key_Space) {
        toggle();
    } else if (plain && event->key() == Qt::Key_A) {
        setCells(true);
    } else if (plain && event->key() == Qt::Key_D) {
        setCells(false);
    } else {
        QTableView::keyPressEvent(event);
    }
}

bool PermissionGrid::isOnBox(const QPoint &position) const
{
    const QModelIndex cell = indexAt(position);
    return cell.isValid()
        && PermissionCellDelegate::boxIn(visualRect(cell))
               .adjusted(-4, -4, 4, 4)
               .contains(position);
}

void PermissionGrid::mouseReleaseEvent(QMouseEvent *event)
{
    QTableView::mouseReleaseEvent(event);
    const bool plain = event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier;
    // A drag over several boxes chooses them; only a click on one turns it over.
    if (plain && isOnBox(event->pos()) && selectionModel()->selectedIndexes().size() == 1)
        toggle();
}

void PermissionGrid::mouseDoubleClickEvent(QMouseEvent *event)
{
    QTableView::mouseDoubleClickEvent(event);
    if (event->button() == Qt::LeftButton && !isOnBox(event->pos()))
        toggle();
}

void PermissionGrid::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    horizontalHeader()->viewport()->update();
    if (current.isValid() && current.column() != previous.column())
        Q_EMIT currentRoleChanged(m_model.roleAt(current.column()));
}

} // namespace guildhall::console
