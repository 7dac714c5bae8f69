// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/api/gateway_link.h"

#include "admin-gui/api/gateway_payloads.h"
#include "shared/gateway/close_codes.h"
#include "shared/gateway/envelope.h"
#include "shared/gateway/intents.h"

#include <QRandomGenerator>
#include <QSysInfo>
#include <QUrlQuery>

namespace guildhall::console {

namespace {

// Only what the pages show. Typing and message content stay on the server.
constexpr quint32 wantedIntents = quint32(Intent::Guilds) | quint32(Intent::GuildMembers)
    | quint32(Intent::GuildModeration) | quint32(Intent::GuildPresences);
// Private code, so that the server keeps the session for a resume.
constexpr quint16 comingBack = 4900;

bool isFinal(quint16 code)
{
    switch (CloseCode(code)) {
    case CloseCode::AuthenticationFailed:
    case CloseCode::InvalidShard:
    case CloseCode::ShardingRequired:
    case CloseCode::InvalidVersion:
    case CloseCode::InvalidIntents:
    case CloseCode::DisallowedIntents:
        return true;
    default:
        return false;
    }
}

QUrl withQuery(QUrl url)
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("v"), QStringLiteral("10"));
    query.addQueryItem(QStringLiteral("encoding"), QStringLiteral("json"));
    url.setQuery(query);
    if (url.path().isEmpty())
        url.setPath(QStringLiteral("/"));
    return url;
}

} // namespace

GatewayLink::GatewayLink(std::unique_ptr<SocketTransport> socket, DispatchListener &listener,
                         BackOff backOff, QObject *parent)
    : QObject(parent)
    , m_socket(std::move(socket))
    , m_listener(listener)
    , m_backOff(backOff)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &GatewayLink::connectNow);
    connect(&m_heartbeat, &QTimer::timeout, this, &GatewayLink::beat);
    connect(m_socket.get(), &SocketTransport::received, this, &GatewayLink::onReceived);
    connect(m_socket.get(), &SocketTransport::closed, this, &GatewayLink::onClosed);
}

void GatewayLink::start(const QUrl &gateway, Secret<QString> token)
{
    forgetSession();
    m_backOff.reset();
    m_gateway = gateway;
    m_token = std::move(token);
    connectNow();
}

void GatewayLink::stop()
{
    m_retry.stop();
    m_heartbeat.stop();
    forgetSession();
    setStatus({});
    m_socket->close(quint16(CloseCode::Normal));
}

void GatewayLink::retryNow()
{
    if (m_status.phase == LinkStatus::Phase::Waiting)
        connectNow();
}

void GatewayLink::connectNow()
{
    m_retry.stop();
    m_heartbeat.stop();
    setStatus({LinkStatus::Phase::Connecting, {}, m_status.reason});
    const bool elsewhere = m_session && m_session->url.isValid();
    m_socket->open(withQuery(elsewhere ? m_session->url : m_gateway));
}

void GatewayLink::onReceived(const QByteArray &text)
{
    const auto frame = json::parse(text, json::anyNumber);
    const json::Value *op = frame && frame->IsObject() ? json::member(*frame, "op") : nullptr;
    if (op == nullptr || !op->IsInt())
        return dropConnection();
    const json::Value *d = json::member(*frame, "d");
    switch (Opcode(op->GetInt())) {
    case Opcode::Hello:
        return onHello(d);
    case Opcode::Dispatch:
        if (d != nullptr)
            onDispatch(*frame, *d);
        return;
    case Opcode::Heartbeat:
        return sendHeartbeat();
    case Opcode::HeartbeatAck:
        m_beatAnswered = true;
        Q_EMIT latencyMeasured(std::chrono::milliseconds(m_sinceBeat.elapsed()));
        return;
    case Opcode::Reconnect:
        return dropConnection();
    case Opcode::InvalidSession:
        return onInvalidSession(d != nullptr && d->IsBool() && d->GetBool());
    default:
        return; // opcodes of a newer server mean nothing to us
    }
}

void GatewayLink::onHello(const json::Value *d)
{
    const auto hello
        = d != nullptr ? json::decode<Hello>(*d) : Result<Hello>(refuse(ErrorCode::InvalidJson));
    if (!hello)
        return dropConnection();
    m_beatAnswered = true;
    m_heartbeat.start(hello->heartbeatInterval);
    greet();
    sendHeartbeat();
}

void GatewayLink::greet()
{
    if (m_session && m_sequence) {
        const Resume resume{m_token.reveal(), m_session->id, *m_sequence};
        m_socket->send(encodeEnvelope(Opcode::Resume, json::encode(resume)));
        return;
    }
    Identify identify;
    identify.token = m_token.reveal();
    identify.intents = int(wantedIntents);
    identify.properties.os = QSysInfo::productType();
    m_socket->send(encodeEnvelope(Opcode::Identify, json::encode(identify)));
}

void GatewayLink::onDispatch(const json::Value &frame, const json::Value &d)
{
    if (const json::Value *s = json::member(frame, "s"); s != nullptr && s->IsInt64())
        m_sequence = s->GetInt64();
    const json::Value *t = json::member(frame, "t");
    if (t == nullptr || !t->IsString())
        return;
    const QByteArrayView name(t->GetString(), qsizetype(t->GetStringLength()));
    const bool ready = name == QByteArrayView("READY");
    if (ready) {
        if (const auto info = json::decode<SessionInfo>(d))
            m_session = Session{info->sessionId, QUrl(info->resumeGatewayUrl)};
    }
    m_listener.onDispatch(name, d);
    if (ready || name == QByteArrayView("RESUMED")) {
        m_backOff.reset();
        setStatus({LinkStatus::Phase::Live, {}, {}});
    }
}

void GatewayLink::onInvalidSession(bool resumable)
{
    if (resumable)
        return dropConnection();
    const bool wasResuming = m_session.has_value();
    forgetSession();
    if (wasResuming)
        return greet();
    // An IDENTIFY that is refused for now: the budget, or a server that is not ready yet.
    dropConnection();
}

void GatewayLink::beat()
{
    if (!m_beatAnswered)
        return dropConnection(); // the other end is gone, though nobody told the socket
    sendHeartbeat();
}

void GatewayLink::sendHeartbeat()
{
    m_beatAnswered = false;
    m_sinceBeat.start();
    m_socket->send(
        encodeEnvelope(Opcode::Heartbeat, m_sequence ? QByteArray::number(*m_sequence) : "null"));
}

void GatewayLink::dropConnection()
{
    m_heartbeat.stop();
    m_socket->close(comingBack);
}

void GatewayLink::onClosed(quint16 code, const QString &reason)
{
    m_heartbeat.stop();
    if (m_status.phase == LinkStatus::Phase::Off)
        return;
    if (isFinal(code)) {
        forgetSession();
        const bool token = code == quint16(CloseCode::AuthenticationFailed);
        setStatus({LinkStatus::Phase::Refused, {}, reason, token});
        return;
    }
    if (endsSession(code) || code == quint16(CloseCode::InvalidSequence))
        forgetSession();
    wait(reason);
}

void GatewayLink::wait(const QString &reason)
{
    // A session that lives may be at another node than the one GET /gateway names; a node that is
    // gone answers nothing, and then the common address is the better one.
    if (m_session && m_status.phase == LinkStatus::Phase::Connecting)
        m_session->url = m_gateway;
    const auto delay = m_backOff.next(QRandomGenerator::global()->generateDouble());
    m_retry.start(delay);
    setStatus({LinkStatus::Phase::Waiting, delay, reason});
}

void GatewayLink::forgetSession()
{
    m_session.reset();
    m_sequence.reset();
}

void GatewayLink::setStatus(LinkStatus status)
{
    if (m_status == status)
        return;
    m_status = std::move(status);
    Q_EMIT statusChanged(m_status);
}

} // namespace guildhall::console
