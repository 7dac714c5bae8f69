// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/connection.h"
#include "server/gateway/realtime/identify_budget.h"
#include "server/gateway/realtime/session.h"
#include "server/gateway/realtime/shard.h"
#include "shared/gateway/envelope.h"

namespace guildhall::realtime {

namespace {

/// What a client may say while the pool is busy for it; more than this it cannot mean well.
constexpr qsizetype maxDeferredBytes = 64 * 1024;

} // namespace

void Connection::received(QByteArrayView text)
{
    const GatewaySettings &settings = m_shard.settings();
    const Time now = std::chrono::steady_clock::now();
    if (!m_inbound.take(now, settings.inboundLimit, settings.inboundWindow)) {
        close(CloseCode::RateLimited);
        return;
    }
    const std::optional<ClientPayload> payload = readPayload(text);
    if (!payload)
        close(CloseCode::DecodeError);
    else if (opcodeUse(payload->op) == OpcodeUse::Unknown)
        close(CloseCode::UnknownOpcode);
    else if (Opcode(payload->op) == Opcode::Heartbeat)
        heartbeat(payload->d());
    else if (isBusy())
        defer(text);
    else
        handle(*payload);
}

void Connection::heartbeat(const json::Value &d)
{
    if (!isHeartbeat(d)) {
        close(CloseCode::DecodeError);
        return;
    }
    static const QByteArray acknowledgement = encodeEnvelope(Opcode::HeartbeatAck);
    m_lastHeartbeat = std::chrono::steady_clock::now();
    if (m_phase == Phase::Ready)
        m_shard.noteHeartbeat(m_session->user());
    m_link.reply(acknowledgement);
}

void Connection::defer(QByteArrayView text)
{
    qsizetype size = text.size();
    for (const QByteArray &waiting : m_deferred)
        size += waiting.size();
    if (size > maxDeferredBytes)
        close(CloseCode::RateLimited);
    else
        m_deferred.push_back(text.toByteArray());
}

/// Comes back to what was said meanwhile, until the pool is busy for it again.
void Connection::handleDeferred()
{
    std::vector<QByteArray> waiting;
    waiting.swap(m_deferred);
    for (const QByteArray &text : waiting) {
        const std::optional<ClientPayload> payload = readPayload(text);
        if (m_phase == Phase::Over || !payload)
            return;
        if (isBusy())
            m_deferred.push_back(text);
        else
            handle(*payload);
    }
}

void Connection::handle(const ClientPayload &payload)
{
    const auto op = Opcode(payload.op);
    if (op == Opcode::Identify)
        identify(payload.d());
    else if (op == Opcode::Resume)
        resume(payload.d());
    else if (m_phase != Phase::Ready)
        close(CloseCode::NotAuthenticated);
    else if (opcodeUse(payload.op) == OpcodeUse::Handled)
        handleInSession(op, payload.d());
}

void Connection::handleInSession(Opcode op, const json::Value &d)
{
    if (op == Opcode::PresenceUpdate)
        updatePresence(d);
    else if (op == Opcode::VoiceStateUpdate)
        updateVoiceState(d);
    else if (op == Opcode::RequestGuildMembers)
        requestMembers(d);
}

/// Has the token judged; then `done(connection, identity)`, if it was good and the client still
/// waits.
template <typename Done>
void Connection::judgeToken(const QByteArray &token, Done done)
{
    if (token.isEmpty()) {
        close(CloseCode::AuthenticationFailed);
        return;
    }
    if (m_phase == Phase::Anonymous)
        enter(Phase::Judging);
    m_shard.loader().authenticate(token,
                                  [&shard = m_shard, key = m_key, number = ++m_judgement,
                                   done = std::move(done)](Loader::Judgement judgement) {
                                      Connection *connection = shard.connection(key);
                                      if (connection == nullptr
                                          || connection->m_judgement != number)
                                          return;
                                      if (const auto identity = connection->accept(judgement))
                                          done(*connection, *identity);
                                      connection->handleDeferred();
                                  });
}

/// What comes of the newest token: whose it is, or nothing more to do.
std::optional<Identity> Connection::accept(const Loader::Judgement &judgement)
{
    if (judgement && !*judgement) {
        close(CloseCode::AuthenticationFailed);
    } else if (m_phase == Phase::Ready) {
        if (judgement)
            close(CloseCode::AlreadyAuthenticated);
    } else if (!judgement) {
        refuseSession();
    } else if (m_phase == Phase::Judging) {
        return **judgement;
    }
    return std::nullopt;
}

void Connection::identify(const json::Value &d)
{
    if (!d.IsObject()) {
        close(CloseCode::DecodeError);
        return;
    }
    IdentifyPayload payload = readIdentify(d);
    const QByteArray token = payload.token;
    judgeToken(token, [payload = std::move(payload)](Connection &self, const Identity &identity) {
        self.identified(payload, identity);
    });
}

void Connection::identified(const IdentifyPayload &payload, const Identity &identity)
{
    if (const auto mistake = judgeIdentify(payload, identity))
        close(*mistake);
    else if (!m_shard.budget().take(identity.user))
        refuseSession();
    else
        load(payload, identity);
}

void Connection::resume(const json::Value &d)
{
    if (!d.IsObject()) {
        close(CloseCode::DecodeError);
        return;
    }
    ResumePayload payload = readResume(d);
    const QByteArray token = payload.token;
    judgeToken(token, [payload = std::move(payload)](Connection &self, const Identity &) {
        self.resumed(payload);
    });
}

/// No session outlives its connection, so there is none to go on with: the client is to IDENTIFY.
void Connection::resumed(const ResumePayload &payload)
{
    if (!payload.wellFormed)
        close(CloseCode::DecodeError);
    else
        refuseSession();
}

void Connection::updatePresence(const json::Value &d)
{
    const GatewaySettings &settings = m_shard.settings();
    const auto update = readPresence(d);
    if (!update)
        close(CloseCode::DecodeError);
    else if (m_presences.take(std::chrono::steady_clock::now(), settings.presenceLimit,
                              settings.presenceWindow))
        m_shard.command(*m_session, [update = *update](auto &commands, const auto &session) {
            commands.updatePresence(session, update);
        });
}

void Connection::updateVoiceState(const json::Value &d)
{
    if (const auto update = readVoiceState(d))
        m_shard.command(*m_session, [update = *update](auto &commands, const auto &session) {
            commands.updateVoiceState(session, update);
        });
    else
        close(CloseCode::DecodeError);
}

void Connection::requestMembers(const json::Value &d)
{
    if (const auto request = readMembersRequest(d))
        m_shard.command(*m_session, [request = *request](auto &commands, const auto &session) {
            commands.requestMembers(session, request);
        });
    else
        close(CloseCode::DecodeError);
}

} // namespace guildhall::realtime
