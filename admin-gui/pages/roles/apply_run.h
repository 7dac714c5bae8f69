// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/api/api_client.h"
#include "admin-gui/models/role_draft.h"

#include <QObject>

#include <deque>

namespace guildhall::console {

/// Sends a draft: the edited roles one after the other, then the order. What the server takes
/// leaves the draft at once; what it refuses stays there. Deletes itself at the end.
class ApplyRun : public QObject {
    Q_OBJECT

public:
    struct Failure {
        QString what;
        CallError error;
    };

    ApplyRun(ApiClient &api, RoleDraft &draft, QObject *parent);
    void start();

Q_SIGNALS:
    void roleTaken(guildhall::GuildId guild, const guildhall::Role &role);
    void finished(const std::vector<guildhall::console::ApplyRun::Failure> &failures);

private:
    void next();
    void send(RoleId role);
    void sendOrder();
    void finish();
    /// Another guild was chosen: its draft is none of ours.
    bool isStale() const { return m_draft.guild() != m_guild; }

    ApiClient &m_api;
    RoleDraft &m_draft;
    GuildId m_guild;
    std::deque<RoleId> m_left;
    std::vector<Failure> m_failures;
};

} // namespace guildhall::console
