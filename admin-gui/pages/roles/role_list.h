// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/models/rights.h"
#include "admin-gui/models/role_draft.h"
#include "admin-gui/models/role_model.h"

#include <QWidget>

class QAction;

namespace guildhall::console {

class ConsoleTable;

/// The roles of a guild in their order, with what can be done to them.
class RoleList : public QWidget {
    Q_OBJECT

public:
    RoleList(RoleModel &model, RoleDraft &draft, QWidget *parent = nullptr);

    void setRights(const Rights &rights, bool writable, const QString &whyNotWritable);
    ConsoleTable *table() const { return m_table; }
    RoleId current() const;
    void setCurrent(RoleId role);
    /// Opens the name of the current role for editing, as F2 does.
    void editName();

Q_SIGNALS:
    void currentChanged(guildhall::RoleId role);
    void createRequested();
    void deleteRequested(guildhall::RoleId role);

private:
    QAction *makeAction(const QString &icon, const QString &text, const QKeySequence &keys);
    void setUpTable();
    void connectActions();
    void updateActions();
    void setAction(QAction *action, const QString &tip, const QString &whyNot);
    QString whyNotMove(int step) const;
    void move(int step);

    RoleModel &m_model;
    RoleDraft &m_draft;
    Rights m_rights;
    bool m_writable = false;
    QString m_whyNotWritable;
    ConsoleTable *m_table;
    QAction *m_create;
    QAction *m_rename;
    QAction *m_up;
    QAction *m_down;
    QAction *m_delete;
};

} // namespace guildhall::console
