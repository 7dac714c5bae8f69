// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/pages/roles/role_list.h"

#include "admin-gui/widgets/cell_delegates.h"
#include "admin-gui/widgets/console_table.h"
#include "admin-gui/widgets/icon.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QToolButton>

namespace guildhall::console {

namespace {

QToolButton *toolButton(QAction *action, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setProperty("flat", true);
    button->setDefaultAction(action);
    button->setIconSize(QSize(18, 18));
    button->setAccessibleName(action->text());
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace

RoleList::RoleList(RoleModel &model, RoleDraft &draft, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_draft(draft)
    , m_table(new ConsoleTable)
    , m_create(makeAction(QStringLiteral("plus"), tr("New role"), {}))
    , m_rename(makeAction({}, tr("Rename"), QKeySequence(Qt::Key_F2)))
    , m_up(
          makeAction(QStringLiteral("arrow-up"), tr("Move up"), QKeySequence(Qt::ALT | Qt::Key_Up)))
    , m_down(makeAction(QStringLiteral("arrow-down"), tr("Move down"),
                        QKeySequence(Qt::ALT | Qt::Key_Down)))
    , m_delete(makeAction(QStringLiteral("trash"), tr("Delete…"), QKeySequence::Delete))
{
    setUpTable();
    auto *tools = new QHBoxLayout;
    tools->setSpacing(2);
    auto *create = toolButton(m_create, this);
    create->setObjectName(QStringLiteral("createRole"));
    create->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    tools->addWidget(create);
    tools->addStretch();
    for (QAction *action : {m_up, m_down, m_delete})
        tools->addWidget(toolButton(action, this));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(8);
    column->addLayout(tools);
    column->addWidget(m_table, 1); // a child from here on: Tab comes to what is above it first
    connectActions();
    updateActions();
}

void RoleList::setUpTable()
{
    m_table->setObjectName(QStringLiteral("roleTable"));
    m_table->setAccessibleName(tr("Roles, highest first"));
    m_table->setModel(&m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked);
    m_table->setItemDelegateForColumn(RoleModel::Name, new RoleDelegate(m_table));
    m_table->verticalHeader()->setDefaultSectionSize(34);
    m_table->horizontalHeader()->setSectionResizeMode(RoleModel::Name, QHeaderView::Stretch);
    m_table->setColumnWidth(RoleModel::Holders, 92);
    m_table->setDefaultLayout();
    m_table->setRowActions({m_rename, m_up, m_down, nullptr, m_delete});
    for (QAction *action : {m_rename, m_up, m_down, m_delete})
        m_table->addAction(action);
}

QAction *RoleList::makeAction(const QString &icon, const QString &text, const QKeySequence &keys)
{
    auto *action = new QAction(icon.isEmpty() ? QIcon() : themedIcon(icon), text, this);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    return action;
}

void RoleList::connectActions()
{
    connect(m_create, &QAction::triggered, this, &RoleList::createRequested);
    connect(m_rename, &QAction::triggered, this, &RoleList::editName);
    connect(m_up, &QAction::triggered, this, [this] { move(-1); });
    connect(m_down, &QAction::triggered, this, [this] { move(1); });
    connect(m_delete, &QAction::triggered, this, [this] { Q_EMIT deleteRequested(current()); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        updateActions();
        Q_EMIT currentChanged(current());
    });
    connect(&m_draft, &RoleDraft::restructured, this, &RoleList::updateActions);
    connect(&m_draft, &RoleDraft::edited, this, &RoleList::updateActions);
}

void RoleList::setRights(const Rights &rights, bool writable, const QString &whyNotWritable)
{
    m_rights = rights;
    m_writable = writable;
    m_whyNotWritable = whyNotWritable;
    updateActions();
}

RoleId RoleList::current() const
{
    return m_model.roleAt(m_table->currentIndex().row());
}

void RoleList::setCurrent(RoleId role)
{
    const int row = m_model.rowOf(role);
    if (row >= 0 && row != m_table->currentIndex().row())
        m_table->setCurrentIndex(m_model.index(row, RoleModel::Name));
}

void RoleList::editName()
{
    const QModelIndex name = m_model.index(m_table->currentIndex().row(), RoleModel::Name);
    if (m_model.flags(name) & Qt::ItemIsEditable)
        m_table->edit(name);
}

void RoleList::setAction(QAction *action, const QString &tip, const QString &whyNot)
{
    action->setEnabled(whyNot.isEmpty());
    const QString keys = action->shortcut().toString(QKeySequence::NativeText);
    const QString help = keys.isEmpty() ? tip : tr("%1 (%2)").arg(tip, keys);
    action->setToolTip(whyNot.isEmpty() ? help : whyNot);
}

/// Both roles that change places must be the account's to move.
QString RoleList::whyNotMove(int step) const
{
    const int row = m_model.rowOf(current());
    const RoleId other = m_model.roleAt(row + step);
    if (!m_draft.contains(other))
        return tr("It cannot go further.");
    const QString why = m_rights.whyNotMoveRole(m_draft.base(current()));
    return why.isEmpty() ? m_rights.whyNotMoveRole(m_draft.base(other)) : why;
}

void RoleList::updateActions()
{
    setAction(m_create, tr("Make a role above @everyone"),
              m_writable ? m_rights.whyNotCreateRole() : m_whyNotWritable);
    if (!m_draft.contains(current())) {
        for (QAction *action : {m_rename, m_up, m_down, m_delete})
            setAction(action, action->text(), tr("Choose a role."));
        return;
    }
    const Role &role = m_draft.base(current());
    const QString noName = role.id == m_draft.everyone() ? tr("@everyone keeps its name.")
                                                         : m_rights.whyNotEditRole(role);
    setAction(m_rename, tr("Rename"), noName);
    setAction(m_up, tr("Move up"), whyNotMove(-1));
    setAction(m_down, tr("Move down"), whyNotMove(1));
    setAction(m_delete, tr("Delete the role"),
              m_writable ? m_rights.whyNotDeleteRole(role) : m_whyNotWritable);
}

void RoleList::move(int step)
{
    if (whyNotMove(step).isEmpty())
        m_draft.move(current(), m_model.rowOf(current()) + step);
}

} // namespace guildhall::console
