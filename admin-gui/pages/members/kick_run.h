// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/api/api_client.h"
#include "admin-gui/api/rate_limit_wait.h"
#include "admin-gui/models/guild_view.h"

#include <QObject>

#include <deque>
#include <vector>

namespace guildhall::console {

/// What came of a run, with all that it takes to try again what failed.
struct KickResult {
    struct Failure {
        Member member;
        CallError error;
    };
    GuildId guild;
    QString reason;
    int kicked = 0;
    int untried = 0; ///< the run was cancelled before their turn
    std::vector<Failure> failures;
};

/// Kicks members of one guild one after the other, as fast as the server lets it, and tells at the
/// end who is gone and who is not. Deletes itself then. Rows go when the gateway says so, as they
/// do for everybody else's kicks.
class KickRun : public QObject {
    Q_OBJECT

public:
    /// @param reason for the audit log
    KickRun(ApiClient &api, GuildId guild, const std::vector<Member> &targets,
            const QString &reason, QObject *parent);
    void start();
    /// Ends the run; a kick that is on its way is waited for.
    void cancel();

    GuildId guild() const { return m_result.guild; }
    int done() const { return m_total - int(m_left.size()); }
    int total() const { return m_total; }
    /// For how long the server wants to be left alone; 0 when it does not.
    int waitSeconds() const { return m_wait.secondsLeft(); }

Q_SIGNALS:
    void progressed();
    void finished(const guildhall::console::KickResult &result);

private:
    void next();
    void onAnswered(const CallResult<api::NoReply> &answer);
    void finish();

    ApiClient &m_api;
    std::deque<Member> m_left; ///< the first is the one whose turn it is
    int m_total;
    bool m_cancelled = false;
    KickResult m_result;
    RateLimitWait m_wait;
};

} // namespace guildhall::console
