// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/models/guild_view.h"

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace guildhall::console {

/// A deleted role cannot be brought back: says what goes with it, and asks for its name.
class DeleteRoleDialog : public QDialog {
    Q_OBJECT

public:
    DeleteRoleDialog(const GuildView &guild, const Role &role, QWidget *parent = nullptr);

private:
    QString m_wanted;
    QLineEdit *m_typed;
    QPushButton *m_delete = nullptr;
};

} // namespace guildhall::console
