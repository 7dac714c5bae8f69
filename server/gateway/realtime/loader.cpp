// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/loader.h"

#include "server/infrastructure/events/event_bus.h"

namespace guildhall::realtime {

Loader::Loader(const GatewayServices &services, Errands &errands)
    : m_services(services)
    , m_errands(errands)
{ }

void Loader::authenticate(QByteArray token, std::function<void(Judgement)> done)
{
    ++m_judging;
    m_errands.run<Result<Identity>>(
        "judging a gateway token",
        [&authenticator = m_services.authenticator, token = std::move(token)] {
            return authenticator.identify(token);
        },
        [this, begun = Begun{m_revocations.size(), m_age}, done = std::move(done)](
            Judgement judgement) { judged(begun, std::move(judgement), done); });
}

void Loader::judged(const Begun &begun, Judgement judgement,
                    const std::function<void(Judgement)> &done)
{
    if (begun.age != m_age)
        judgement.reset();
    if (judgement && *judgement) {
        for (size_t i = begun.revocations; i < m_revocations.size(); ++i) {
            if (m_revocations[i](**judgement)) {
                judgement = Result<Identity>(refuse(ErrorCode::Unauthorized));
                break;
            }
        }
    }
    if (--m_judging == 0)
        m_revocations.clear();
    done(std::move(judgement));
}

void Loader::revoke(const Matches &matches)
{
    if (m_judging > 0)
        m_revocations.push_back(matches);
}

void Loader::readState(const ReadyRequest &request, QByteArray sessionId, QByteArray resumeUrl,
                       std::function<void(std::optional<Ready>)> done)
{
    m_errands.run<Ready>(
        "reading the state for READY",
        [&bus = m_services.bus, &source = m_services.ready, request, sessionId, resumeUrl] {
            // Before the state is read: what is published later may be missing in it.
            const quint64 sequence = bus.lastSequence();
            return Ready{encodeReady(request, source.ready(request), sessionId, resumeUrl),
                         sequence};
        },
        std::move(done));
}

void Loader::readGuild(const ReadyRequest &request, GuildId guild,
                       std::function<void(std::optional<Guild>)> done)
{
    m_errands.run<Guild>(
        "reading a guild that was joined",
        [&bus = m_services.bus, &source = m_services.ready, request, guild] {
            const quint64 sequence = bus.lastSequence();
            return Guild{source.guildCreate(request, guild), sequence};
        },
        std::move(done));
}

} // namespace guildhall::realtime
