// SPDX-License-Identifier: GPL-3.0-or-later
// What the roles page asks of the server.
#include "admin-gui/api/on_answer.h"
#include "admin-gui/models/visible_text.h"
#include "admin-gui/pages/roles/delete_role_dialog.h"
#include "admin-gui/pages/roles/review_dialog.h"
#include "admin-gui/pages/roles/role_list.h"
#include "admin-gui/pages/roles/roles_page.h"
#include "admin-gui/widgets/error_banner.h"
#include "admin-gui/widgets/notice_banner.h"
#include "admin-gui/widgets/state_panel.h"
#include "shared/api/role_api.h"

#include <QDialog>

namespace guildhall::console {

void RolesPage::refresh()
{
    if (!m_guild)
        return;
    const GuildId guild = m_guild;
    onAnswer(m_session.api().call(api::listRoles, {guild}), this,
             [this, guild](const CallResult<std::vector<Role>> &roles) {
                 if (roles)
                     m_session.directory().takeRoles(guild, *roles);
                 else if (guild == m_guild && m_draft.order().empty())
                     m_state->showError(tr("The roles could not be loaded"), roles.error());
                 else if (guild == m_guild)
                     errors().showError(tr("Loading roles"), roles.error());
             });
}

void RolesPage::create()
{
    const GuildId guild = m_guild;
    RoleInput input;
    input.name = tr("new role");
    onAnswer(m_session.api().call(api::createRole, {guild}, input), this,
             [this, guild](const CallResult<Role> &role) {
                 if (!role && guild == m_guild)
                     errors().showError(tr("Making a role"), role.error());
                 if (!role)
                     return;
                 if (guild == m_guild)
                     m_wanted = role->id;
                 // The others moved up; the gateway or a look at the list says how far.
                 m_session.directory().takeRole(guild, *role);
                 refresh();
             });
}

void RolesPage::askToDelete(RoleId role)
{
    const GuildView *guild = m_session.directory().guild(m_guild);
    if (guild == nullptr || !m_draft.contains(role))
        return;
    auto *dialog = new DeleteRoleDialog(*guild, m_draft.base(role), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, id = m_guild, role] { remove(id, role); });
    dialog->open();
}

void RolesPage::remove(GuildId guild, RoleId role)
{
    const QString name = m_draft.contains(role) ? inSentence(m_draft.base(role).name) : QString();
    m_deleting.insert(role); // the event may be faster than the answer
    onAnswer(m_session.api().call(api::deleteRole, {guild, role}), this,
             [this, guild, role, name](const CallResult<api::NoReply> &done) {
                 if (!done)
                     m_deleting.remove(role);
                 const bool gone = done || done.error().code == ErrorCode::UnknownRole;
                 if (gone)
                     m_session.directory().dropRole(guild, role);
                 if (guild != m_guild)
                     return;
                 if (gone)
                     notices().offer(tr("“%1” is deleted.").arg(name), {}, {});
                 else
                     errors().showError(tr("Deleting “%1”").arg(name), done.error());
             });
}

void RolesPage::review()
{
    auto *dialog = new ReviewDialog(m_draft.describe(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, &RolesPage::apply);
    dialog->open();
}

void RolesPage::apply()
{
    if (m_applying || !m_writable)
        return;
    errors().dismiss();
    m_applying = new ApplyRun(m_session.api(), m_draft, this);
    connect(m_applying, &ApplyRun::roleTaken, &m_session.directory(), &Directory::takeRole);
    connect(m_applying, &ApplyRun::waiting, this, &RolesPage::showWait);
    connect(m_applying, &ApplyRun::finished, this, &RolesPage::onApplied);
    updateBar();
    m_applying->start();
}

void RolesPage::showWait()
{
    if (!m_applying || m_applying->waitSeconds() == 0)
        return;
    notices().showProgress(tr("Applying: the server asks to wait; it goes on in %n second(s).",
                              nullptr, m_applying->waitSeconds()),
                           tr("Stop"), [this] {
                               if (m_applying)
                                   m_applying->cancel();
                           });
}

void RolesPage::onApplied(const ApplyResult &result)
{
    m_applying = nullptr;
    updateBar();
    if (result.guild != m_guild)
        return;
    if (result.cancelled)
        notices().offer(tr("Stopped. What was not sent is still a draft."), {}, {});
    else if (result.failures.empty())
        notices().offer(tr("The changes are applied."), {}, {});
    else
        notices().hide();
    if (!result.failures.empty())
        errors().showErrors(tr("Not applied"), result.failures);
}

/// What they ask is about the guild that was in view.
void RolesPage::closeQuestions()
{
    for (QDialog *dialog : findChildren<QDialog *>())
        dialog->reject();
}

} // namespace guildhall::console
