// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/pages/roles/apply_run.h"

#include "admin-gui/api/on_answer.h"
#include "admin-gui/models/visible_text.h"
#include "shared/api/role_api.h"

namespace guildhall::console {

ApplyRun::ApplyRun(ApiClient &api, RoleDraft &draft, QObject *parent)
    : QObject(parent)
    , m_api(api)
    , m_draft(draft)
{
    m_result.guild = draft.guild();
    const std::vector<RoleId> edited = draft.editedRoles();
    m_left.assign(edited.begin(), edited.end());
    connect(&m_wait, &RateLimitWait::over, this, &ApplyRun::next);
    connect(&m_wait, &RateLimitWait::ticked, this, &ApplyRun::waiting);
}

void ApplyRun::start()
{
    next();
}

void ApplyRun::cancel()
{
    m_result.cancelled = true;
    if (!m_wait.isWaiting())
        return; // the answer that is on its way ends the run
    m_wait.stop();
    finish();
}

void ApplyRun::next()
{
    if (isStale() || m_result.cancelled)
        return finish();
    if (m_left.empty())
        return sendOrder();
    const RoleId role = m_left.front();
    if (m_draft.contains(role) && !m_draft.edit(role).isEmpty())
        return send(role);
    m_left.pop_front(); // deleted, or brought to the same by somebody else, in the meantime
    next();
}

void ApplyRun::send(RoleId role)
{
    const RoleInput input = m_draft.edit(role).inputFor(m_draft.base(role));
    onAnswer(m_api.call(api::modifyRole, {m_result.guild, role}, input), this,
             [this, role](const CallResult<Role> &saved) { onSent(role, saved); });
}

void ApplyRun::onSent(RoleId role, const CallResult<Role> &saved)
{
    if (!saved && mustWait(saved.error()))
        return;
    if (!saved) {
        const QString name
            = m_draft.contains(role) ? inSentence(m_draft.base(role).name) : role.toString();
        m_result.failures.push_back({name, saved.error()});
    } else {
        Q_EMIT roleTaken(m_result.guild, *saved);
        if (!isStale())
            m_draft.applied(*saved);
    }
    m_left.pop_front();
    next();
}

void ApplyRun::sendOrder()
{
    const std::vector<RolePosition> positions = m_draft.wantedPositions();
    if (positions.empty())
        return finish();
    onAnswer(m_api.call(api::moveRoles, {m_result.guild}, positions), this,
             [this](const CallResult<std::vector<Role>> &roles) { onOrderSent(roles); });
}

void ApplyRun::onOrderSent(const CallResult<std::vector<Role>> &roles)
{
    if (!roles && mustWait(roles.error()))
        return;
    if (!roles) {
        m_result.failures.push_back({tr("Order"), roles.error()});
        return finish();
    }
    for (const Role &role : *roles)
        Q_EMIT roleTaken(m_result.guild, role);
    if (!isStale())
        m_draft.orderApplied(*roles);
    m_result.cancelled = false; // too late: everything is sent
    finish();
}

bool ApplyRun::mustWait(const CallError &error)
{
    if (m_result.cancelled || isStale() || !m_wait.begin(error))
        return false;
    Q_EMIT waiting();
    return true;
}

void ApplyRun::finish()
{
    Q_EMIT finished(m_result);
    deleteLater();
}

} // namespace guildhall::console
