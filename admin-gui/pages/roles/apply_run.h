// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/api/api_client.h"
#include "admin-gui/api/rate_limit_wait.h"
#include "admin-gui/models/role_draft.h"

#include <QObject>

#include <deque>

namespace guildhall::console {

/// What came of a run.
struct ApplyResult {
    GuildId guild;
    bool cancelled = false; ///< before everything was sent
    std::vector<NamedError> failures;
};

/// Sends a draft: the edited roles one after the other, then the order, as fast as the server lets
/// it. What the server takes leaves the draft at once; what it refuses stays there. Deletes itself
/// at the end.
class ApplyRun : public QObject {
    Q_OBJECT

public:
    ApplyRun(ApiClient &api, RoleDraft &draft, QObject *parent);
    void start();
    /// Ends the run; a request that is on its way is waited for.
    void cancel();
    /// For how long the server wants to be left alone; 0 when it does not.
    int waitSeconds() const { return m_wait.secondsLeft(); }

Q_SIGNALS:
    void roleTaken(guildhall::GuildId guild, const guildhall::Role &role);
    void waiting();
    void finished(const guildhall::console::ApplyResult &result);

private:
    void next();
    void send(RoleId role);
    void onSent(RoleId role, const CallResult<Role> &saved);
    void sendOrder();
    void onOrderSent(const CallResult<std::vector<Role>> &roles);
    /// Whether the same is to be sent again later.
    bool mustWait(const CallError &error);
    void finish();
    /// Another guild was chosen: its draft is none of ours.
    bool isStale() const { return m_draft.guild() != m_result.guild; }

    ApiClient &m_api;
    RoleDraft &m_draft;
    std::deque<RoleId> m_left;
    ApplyResult m_result;
    RateLimitWait m_wait;
};

} // namespace guildhall::console
