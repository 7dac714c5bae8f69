// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/widgets/console_table.h"

#include "admin-gui/models/model_roles.h"
#include "admin-gui/widgets/cell_delegates.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDataStream>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>

#include <algorithm>

namespace guildhall::console {

namespace {
constexpr quint32 layoutMark = 0x47485401; // "GHT" and the version
} // namespace

ConsoleTable::ConsoleTable(QWidget *parent)
    : QTableView(parent)
    , m_copyRow(new QAction(tr("Copy row"), this))
    , m_copyId(new QAction(tr("Copy id"), this))
{
    setItemDelegate(new TextDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setAlternatingRowColors(true);
    setWordWrap(false);
    setTabKeyNavigation(false); // Tab leaves the table: no focus trap
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(40);
    QHeaderView *header = horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionsMovable(true);
    header->setMinimumSectionSize(64);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QHeaderView::customContextMenuRequested, this, &ConsoleTable::showHeaderMenu);
    m_copyRow->setShortcut(QKeySequence::Copy);
    m_copyId->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C));
    for (QAction *action : {m_copyRow, m_copyId}) {
        action->setShortcutContext(Qt::WidgetShortcut);
        addAction(action);
    }
    connect(m_copyRow, &QAction::triggered, this, &ConsoleTable::copyRows);
    connect(m_copyId, &QAction::triggered, this, &ConsoleTable::copyIds);
}

void ConsoleTable::setRowActions(const std::vector<QAction *> &actions)
{
    m_rowActions = actions;
}

std::vector<int> ConsoleTable::selectedRows() const
{
    std::vector<int> rows;
    if (selectionModel() != nullptr) {
        for (const QModelIndex &index : selectionModel()->selectedRows())
            rows.push_back(index.row());
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

void ConsoleTable::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    for (QAction *action : m_rowActions) {
        if (action == nullptr)
            menu.addSeparator();
        else
            menu.addAction(action);
    }
    if (!m_rowActions.empty())
        menu.addSeparator();
    menu.addAction(m_copyRow);
    menu.addAction(m_copyId);
    menu.setToolTipsVisible(true); // why something is disabled
    // The Menu key has no mouse position to speak of: the current row is where one looks.
    const QPoint at = event->reason() == QContextMenuEvent::Keyboard
        ? viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft())
        : event->globalPos();
    menu.exec(at);
}

void ConsoleTable::copyRows()
{
    QStringList lines;
    for (const int row : selectedRows()) {
        QStringList cells;
        for (int visual = 0; visual < horizontalHeader()->count(); ++visual) {
            const int column = horizontalHeader()->logicalIndex(visual);
            if (!isColumnHidden(column))
                cells.append(copiedText(model()->index(row, column)));
        }
        lines.append(cells.join(u'\t'));
    }
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

QString ConsoleTable::copiedText(const QModelIndex &cell)
{
    const QVariant exact = cell.data(CopyRole);
    return exact.isValid() ? exact.toString() : cell.data().toString();
}

QByteArray ConsoleTable::layoutState() const
{
    QByteArray out;
    QDataStream stream(&out, QIODevice::WriteOnly);
    stream << layoutMark << qint32(horizontalHeader()->count()) << horizontalHeader()->saveState();
    return out;
}

bool ConsoleTable::restoreLayoutState(const QByteArray &state)
{
    QDataStream stream(state);
    quint32 mark = 0;
    qint32 columns = 0;
    QByteArray header;
    stream >> mark >> columns >> header;
    return stream.status() == QDataStream::Ok && mark == layoutMark
        && columns == horizontalHeader()->count() && horizontalHeader()->restoreState(header);
}

void ConsoleTable::setDefaultLayout()
{
    m_defaultLayout = layoutState();
}

void ConsoleTable::copyIds()
{
    QStringList ids;
    for (const int row : selectedRows())
        ids.append(model()->index(row, 0).data(IdRole).toString());
    if (!ids.isEmpty())
        QGuiApplication::clipboard()->setText(ids.join(u'\n'));
}

void ConsoleTable::showHeaderMenu(const QPoint &position)
{
    QMenu menu(this);
    const int clicked = horizontalHeader()->logicalIndexAt(position);
    if (isSortingEnabled() && clicked >= 0) {
        menu.addAction(tr("Sort ascending"), this,
                       [this, clicked] { sortByColumn(clicked, Qt::AscendingOrder); });
        menu.addAction(tr("Sort descending"), this,
                       [this, clicked] { sortByColumn(clicked, Qt::DescendingOrder); });
        menu.addSeparator();
    }
    for (int column = 0; column < model()->columnCount(); ++column) {
        QAction *show = menu.addAction(model()->headerData(column, Qt::Horizontal).toString(), this,
                                       [this, column](bool on) { setColumnHidden(column, !on); });
        show->setCheckable(true);
        show->setChecked(!isColumnHidden(column));
        show->setEnabled(column != 0); // a table without names is lost
    }
    menu.addSeparator();
    menu.addAction(tr("Restore default"), this, [this] { restoreLayoutState(m_defaultLayout); })
        ->setEnabled(!m_defaultLayout.isEmpty());
    menu.exec(horizontalHeader()->mapToGlobal(position));
}

} // namespace guildhall::console
