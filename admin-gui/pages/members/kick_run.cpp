// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/pages/members/kick_run.h"

#include "admin-gui/api/on_answer.h"
#include "shared/api/member_api.h"

namespace guildhall::console {

KickRun::KickRun(ApiClient &api, GuildId guild, const std::vector<Member> &targets,
                 const QString &reason, QObject *parent)
    : QObject(parent)
    , m_api(api)
    , m_left(targets.begin(), targets.end())
    , m_total(int(targets.size()))
{
    m_result.guild = guild;
    m_result.reason = reason;
    connect(&m_wait, &RateLimitWait::over, this, &KickRun::next);
    connect(&m_wait, &RateLimitWait::ticked, this, &KickRun::progressed);
}

void KickRun::start()
{
    next();
}

void KickRun::cancel()
{
    m_cancelled = true;
    if (!m_wait.isWaiting())
        return; // the answer that is on its way ends the run
    m_wait.stop();
    finish();
}

void KickRun::next()
{
    if (m_left.empty() || m_cancelled)
        return finish();
    Q_EMIT progressed();
    onAnswer(
        m_api.call(api::kickMember, {m_result.guild, m_left.front().user.id}, {}, m_result.reason),
        this, [this](const CallResult<api::NoReply> &answer) { onAnswered(answer); });
}

void KickRun::onAnswered(const CallResult<api::NoReply> &answer)
{
    if (!answer && m_wait.begin(answer.error())) {
        if (m_cancelled)
            return finish();
        Q_EMIT progressed();
        return;
    }
    // Who is gone already is what was wanted.
    if (answer || answer.error().code == ErrorCode::UnknownMember)
        ++m_result.kicked;
    else
        m_result.failures.push_back({m_left.front(), answer.error()});
    m_left.pop_front();
    next();
}

void KickRun::finish()
{
    m_wait.stop();
    m_result.untried = int(m_left.size());
    Q_EMIT finished(m_result);
    deleteLater();
}

} // namespace guildhall::console
