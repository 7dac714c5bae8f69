// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/connection.h"

#include "server/gateway/realtime/session.h"
#include "server/gateway/realtime/shard.h"
#include "server/infrastructure/runtime/clock.h"
#include "shared/gateway/envelope.h"

#include <algorithm>

namespace guildhall::realtime {

namespace {

using Steady = std::chrono::steady_clock;

} // namespace

Connection::Connection(quint64 key, Shard &shard, QTcpSocket *socket, const UpgradeRequest &request)
    : m_key(key)
    , m_shard(shard)
    , m_link(socket, shard.linkShared(), *this, readConnectionOptions(request.query).zlibStream)
    , m_phaseSince(Steady::now())
    , m_lastHeartbeat(m_phaseSince)
    , m_url(shard.settings().resumeUrl.isEmpty() ? request.publicUrl : shard.settings().resumeUrl)
    , m_opening(acceptUpgrade(request))
    , m_refusal(readConnectionOptions(request.query).refusal)
{ }

Connection::~Connection()
{
    endSession(true);
}

void Connection::begin()
{
    m_link.queueFrame(std::exchange(m_opening, {}));
    if (!m_refusal.isEmpty()) {
        close(CloseCode::InvalidVersion, std::exchange(m_refusal, {}));
    } else {
        const qint64 interval = m_shard.settings().heartbeatInterval.count();
        m_link.reply(encodeEnvelope(
            Opcode::Hello, "{\"heartbeat_interval\":" + QByteArray::number(interval) + '}'));
        reschedule();
    }
    m_link.start();
}

Connection::Time Connection::deadline() const
{
    if (m_phase == Phase::Over)
        return m_closeAt;
    Time next = m_lastHeartbeat + m_shard.settings().heartbeatInterval * 3 / 2;
    if (m_phase == Phase::Anonymous)
        next = std::min(next, m_phaseSince + m_shard.settings().identifyDeadline);
    if (m_retiring)
        next = std::min(next, m_closeAt);
    if (m_session != nullptr && m_session->identity().expiresAt) {
        const qint64 left = m_session->identity().expiresAt->ms - m_shard.services().clock.now().ms;
        next = std::min(next, Steady::now() + std::chrono::milliseconds(std::max<qint64>(left, 0)));
    }
    return next;
}

void Connection::deadlineReached(Time now)
{
    if (m_phase == Phase::Over) {
        m_link.abort();
        return;
    }
    const GatewaySettings &settings = m_shard.settings();
    const auto expiry = m_session != nullptr ? m_session->identity().expiresAt : std::nullopt;
    if (m_retiring && now >= m_closeAt)
        close(CloseCode::Unknown, "Going away, come back.");
    else if (m_phase == Phase::Anonymous && now >= m_phaseSince + settings.identifyDeadline)
        close(CloseCode::NotAuthenticated);
    else if (now >= m_lastHeartbeat + settings.heartbeatInterval * 3 / 2)
        close(CloseCode::SessionTimedOut);
    else if (expiry && m_shard.services().clock.now() >= *expiry)
        close(CloseCode::AuthenticationFailed);
    else
        reschedule();
}

void Connection::reschedule()
{
    m_shard.schedule(m_key, *this);
}

void Connection::enter(Phase phase)
{
    if (phase == Phase::Anonymous || phase == Phase::Over)
        ++m_judgement; // who begins anew, or is gone, has nothing more to expect
    m_phase = phase;
    m_phaseSince = Steady::now();
    reschedule();
}

void Connection::close(CloseCode code, QByteArrayView reason)
{
    if (m_phase == Phase::Over)
        return;
    m_shard.noteClosing(quint16(code));
    endSession(true);
    m_closeAt = Steady::now() + m_shard.settings().closeGrace;
    enter(Phase::Over);
    m_link.close(code, reason.isEmpty() ? QByteArrayView(closeReason(code)) : reason);
}

void Connection::ended(quint16 code, bool byClient)
{
    if (m_phase == Phase::Over)
        return;
    if (!byClient && code != 0)
        m_shard.noteClosing(code);
    endSession(!byClient || !endsSession(code));
    const GatewaySettings &settings = m_shard.settings();
    const bool tooSlow = !byClient && CloseCode(code) == CloseCode::Unknown;
    m_closeAt = Steady::now() + (tooSlow ? settings.slowCloseGrace : settings.closeGrace);
    enter(Phase::Over);
}

void Connection::linkGone()
{
    endSession(true);
    m_phase = Phase::Over;
    m_shard.bury(m_key);
}

void Connection::retire(Time closeAt)
{
    if (m_phase == Phase::Over)
        return;
    m_retiring = true;
    m_closeAt = closeAt;
    m_link.reply(encodeEnvelope(Opcode::Reconnect));
    reschedule();
}

void Connection::endSession(bool abnormal)
{
    if (m_session == nullptr)
        return;
    if (m_loadingSince)
        m_shard.fanout().abandonLoading(*std::exchange(m_loadingSince, std::nullopt));
    Session &session = *std::exchange(m_session, nullptr);
    session.detach();
    if (m_phase == Phase::Ready)
        m_shard.announceClosed(session.info(), abnormal);
    m_shard.dropSession(session);
}

/// Tells the client that what it has is worth nothing; it may begin anew on this connection.
void Connection::refuseSession()
{
    endSession(true);
    enter(Phase::Anonymous);
    m_link.reply(encodeEnvelope(Opcode::InvalidSession, "false"));
}

void Connection::invalidateSession()
{
    if (m_session != nullptr)
        refuseSession();
}

void Connection::load(const IdentifyPayload &payload, const Identity &identity)
{
    ReadyRequest request{identity, intentsOf(payload), payload.largeThreshold, payload.shard};
    m_session = &m_shard.makeSession(request);
    m_initialPresence = payload.presence;
    m_loadingSince = m_shard.fanout().beginLoading();
    enter(Phase::Loading);
    m_shard.loader().readState(
        request, m_session->sessionId(), m_url,
        [&shard = m_shard, key = m_key, session = m_session->key()](auto ready) {
            Connection *connection = shard.connection(key);
            // It may be gone, or have begun anew meanwhile.
            if (connection != nullptr && connection->m_session != nullptr
                && connection->m_session->key() == session)
                connection->loaded(std::move(ready));
        });
}

void Connection::loaded(std::optional<Loader::Ready> ready)
{
    if (!ready) {
        refuseSession();
        handleDeferred();
        return;
    }
    sendReady(ready->payloads);
    const auto begun = *std::exchange(m_loadingSince, std::nullopt);
    enter(Phase::Ready);
    m_shard.announceOpened(*m_session, std::exchange(m_initialPresence, std::nullopt));
    if (!m_shard.fanout().add(*m_session, ready->payloads.guilds, ready->sequence, begun))
        refuseSession();
    handleDeferred();
}

void Connection::sendReady(const ReadyPayloads &payloads)
{
    Flusher &flusher = m_shard.flusher();
    const auto dispatch = [&](const char *name, const QByteArray &d) {
        flusher.reserve(1);
        m_session->dispatch(flusher.add({Outgoing::Kind::Dispatch, name, d}));
    };
    m_session->attach(m_link, m_key);
    m_link.setBulk(true);
    dispatch("READY", payloads.ready);
    for (const QByteArray &create : payloads.guildCreates)
        dispatch("GUILD_CREATE", create);
    flusher.flush(m_link);
    m_link.setBulk(false);
}

} // namespace guildhall::realtime
