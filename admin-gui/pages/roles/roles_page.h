// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/app/session.h"
#include "admin-gui/models/permission_model.h"
#include "admin-gui/models/role_model.h"
#include "admin-gui/pages/page.h"
#include "admin-gui/pages/roles/apply_run.h"

#include <QPointer>
#include <QSet>

class QCheckBox;

namespace guildhall::console {

class DraftBar;
class FilterBox;
class PermissionGrid;
class RoleForm;
class RoleList;
class StatePanel;

/// The roles of a guild and what they may do. Edits are collected and applied together; making and
/// deleting a role happens at once.
class RolesPage : public Page {
    Q_OBJECT

public:
    explicit RolesPage(Session &session, QWidget *parent = nullptr);

    void setGuild(GuildId guild) override;
    void refresh() override;
    void focusContent() override;
    void focusFilter() override;
    QUndoStack *undoStack() override { return &m_draft.undoStack(); }
    bool hasDraft() const override { return m_draft.changeCount() > 0; }
    void setWritable(bool writable, const QString &why) override;

private:
    QWidget *buildRight();
    void connectParts();
    void onChanged(const ChangeBatch &batch);
    void takeBase();
    void updateRights();
    void updateBar();
    void updateState();
    void select(RoleId role);
    void create();
    void askToDelete(RoleId role);
    void remove(GuildId guild, RoleId role);
    void review();
    void apply();
    void showWait();
    void onApplied(const ApplyResult &result);
    void onEditsLost(const std::vector<Role> &roles);
    void closeQuestions();

    Session &m_session;
    GuildId m_guild;
    RoleDraft m_draft;
    RoleModel m_roles;
    PermissionModel m_permissions;
    bool m_writable = false;
    QPointer<ApplyRun> m_applying;
    QString m_whyNotWritable;
    QSet<RoleId> m_deleting; ///< by this person: what is lost with them is no news
    RoleId m_wanted; ///< a role just made, to be chosen as soon as it is in the list
    RoleList *m_list;
    RoleForm *m_form;
    FilterBox *m_filter;
    PermissionGrid *m_grid;
    QCheckBox *m_dangerous;
    QCheckBox *m_differing;
    DraftBar *m_bar;
    StatePanel *m_state = nullptr;
};

} // namespace guildhall::console
