// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/models/rights.h"
#include "admin-gui/models/role_draft.h"

#include <QWidget>

class QCheckBox;
class QLineEdit;
class QPushButton;

namespace guildhall::console {

class IdLabel;

/// A role's name, colour and how its members are shown. Edits go into the draft.
class RoleForm : public QWidget {
    Q_OBJECT

public:
    explicit RoleForm(RoleDraft &draft, QWidget *parent = nullptr);

    void setRole(RoleId role);
    void setRights(const Rights &rights);

private:
    void build();
    void connectFields();
    void refresh();
    void chooseColor();
    QIcon colorIcon(int color) const;

    RoleDraft &m_draft;
    Rights m_rights;
    RoleId m_role;
    QLineEdit *m_name;
    QPushButton *m_color;
    QPushButton *m_noColor;
    QCheckBox *m_hoist;
    QCheckBox *m_mentionable;
    IdLabel *m_id;
};

} // namespace guildhall::console
