// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/pages/members/kick_run.h"

#include "admin-gui/api/on_answer.h"
#include "shared/api/member_api.h"

namespace guildhall::console {

KickRun::KickRun(ApiClient &api, GuildId guild, std::vector<Member> targets, QString reason,
                 QObject *parent)
    : QObject(parent)
    , m_api(api)
    , m_guild(guild)
    , m_left(targets.begin(), targets.end())
    , m_reason(std::move(reason))
{ }

void KickRun::start()
{
    next();
}

void KickRun::next()
{
    if (m_left.empty()) {
        Q_EMIT finished(m_kicked, m_failures);
        deleteLater();
        return;
    }
    const Member member = m_left.front();
    m_left.pop_front();
    onAnswer(m_api.call(api::kickMember, {m_guild, member.user.id}, {}, m_reason), this,
             [this, member](const CallResult<api::NoReply> &answer) {
                 // Who is gone already is what was wanted.
                 const bool gone = answer || answer.error().code == ErrorCode::UnknownMember;
                 if (gone)
                     ++m_kicked;
                 else
                     m_failures.push_back({member, answer.error()});
                 next();
             });
}

} // namespace guildhall::console
