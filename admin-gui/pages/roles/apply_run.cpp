// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/pages/roles/apply_run.h"

#include "admin-gui/api/on_answer.h"
#include "shared/api/role_api.h"

namespace guildhall::console {

ApplyRun::ApplyRun(ApiClient &api, RoleDraft &draft, QObject *parent)
    : QObject(parent)
    , m_api(api)
    , m_draft(draft)
    , m_guild(draft.guild())
{
    const std::vector<RoleId> edited = draft.editedRoles();
    m_left.assign(edited.begin(), edited.end());
}

void ApplyRun::start()
{
    next();
}

void ApplyRun::next()
{
    if (isStale())
        return finish();
    if (m_left.empty())
        return sendOrder();
    const RoleId role = m_left.front();
    m_left.pop_front();
    if (m_draft.contains(role) && !m_draft.edit(role).isEmpty())
        send(role);
    else // deleted, or brought to the same by somebody else, in the meantime
        next();
}

void ApplyRun::send(RoleId role)
{
    const QString name = m_draft.base(role).name;
    const RoleInput input = m_draft.edit(role).inputFor(m_draft.base(role));
    onAnswer(m_api.call(api::modifyRole, {m_guild, role}, input), this,
             [this, name](const CallResult<Role> &saved) {
                 if (!saved) {
                     m_failures.push_back({name, saved.error()});
                 } else {
                     Q_EMIT roleTaken(m_guild, *saved);
                     if (!isStale())
                         m_draft.applied(*saved);
                 }
                 next();
             });
}

void ApplyRun::sendOrder()
{
    const std::vector<RolePosition> positions = m_draft.wantedPositions();
    if (positions.empty())
        return finish();
    onAnswer(m_api.call(api::moveRoles, {m_guild}, positions), this,
             [this](const CallResult<std::vector<Role>> &roles) {
                 if (!roles) {
                     m_failures.push_back({tr("Order"), roles.error()});
                     return finish();
                 }
                 for (const Role &role : *roles)
                     Q_EMIT roleTaken(m_guild, role);
                 if (!isStale())
                     m_draft.orderApplied(*roles);
                 finish();
             });
}

void ApplyRun::finish()
{
    Q_EMIT finished(m_failures);
    deleteLater();
}

} // namespace guildhall::console
