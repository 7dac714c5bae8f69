// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/websocket_link.h"

#include "server/gateway/realtime/deflate_stream.h"

#include <QSocketNotifier>

#include <sys/socket.h>

namespace guildhall::realtime {

namespace {

/// Who goes on sending after our close frame is read on, so that the frame is not lost to a reset,
/// but not for ever.
constexpr qint64 maxDiscarded = 1024 * 1024;
constexpr qint64 socketReadBuffer = 64 * 1024;

} // namespace

WebSocketLink::WebSocketLink(QTcpSocket *socket, const Shared &shared, Owner &owner, bool deflate)
    : m_shared(shared)
    , m_owner(owner)
    , m_descriptor(int(socket->socketDescriptor()))
    , m_decoder(shared.maxPayload)
    , m_socket(socket)
    , m_deflate(deflate ? std::make_unique<DeflateStream>() : nullptr)
{
    socket->setReadBufferSize(socketReadBuffer);
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    QObject::connect(socket, &QTcpSocket::readyRead, shared.context, [this, &shared] {
        readyRead();
        shared.flusher.settle();
    });
    QObject::connect(socket, &QTcpSocket::disconnected, shared.context, [this] { disconnected(); });
}

WebSocketLink::~WebSocketLink()
{
    m_shared.flusher.forget(*this);
    m_writable.reset(); // before its descriptor is closed
    if (m_socket) {
        QObject::disconnect(m_socket, nullptr, m_shared.context, nullptr);
        m_socket->abort();
        m_socket->deleteLater();
    }
}

void WebSocketLink::start()
{
    if (m_socket->state() != QAbstractSocket::ConnectedState)
        disconnected();
    else if (m_socket->bytesAvailable() > 0)
        readyRead();
}

void WebSocketLink::reply(QByteArray payload)
{
    queue(std::move(payload));
    m_shared.flusher.flushReply(*this);
}

void WebSocketLink::queue(QByteArray payload)
{
    queueItem({Outgoing::Kind::Payload, {}, std::move(payload)});
}

void WebSocketLink::queueFrame(QByteArray frame)
{
    queueItem({Outgoing::Kind::Frame, {}, std::move(frame)});
}

void WebSocketLink::queueItem(Outgoing item)
{
    if (m_state != State::Open)
        return;
    m_shared.flusher.reserve(1);
    stage(m_shared.flusher.add(std::move(item)), false);
}

void WebSocketLink::readyRead()
{
    while (m_state != State::Gone) {
        const qint64 count
            = m_socket->read(m_shared.readBuffer.data(), qint64(m_shared.readBuffer.size()));
        if (count <= 0)
            return;
        if (!m_deaf)
            decode(m_shared.readBuffer.first(size_t(count)));
        if (m_state == State::Closing && (m_discarded += count) > maxDiscarded)
            abort();
    }
}

void WebSocketLink::decode(std::span<char> bytes)
{
    for (;;) {
        const Inbound found = m_decoder.next(bytes);
        if (found.kind == Inbound::Kind::Nothing || !handle(found))
            return;
    }
}

/// @return whether the rest of what was read is of interest
bool WebSocketLink::handle(const Inbound &found)
{
    switch (found.kind) {
    case Inbound::Kind::Message:
        if (m_state == State::Open)
            m_owner.received(found.payload);
        return m_state != State::Gone;
    case Inbound::Kind::Ping:
        queueFrame(encodeFrame(FrameType::Pong, found.payload));
        m_shared.flusher.flushReply(*this);
        return m_state != State::Gone;
    case Inbound::Kind::Close:
        answerClose(found.code);
        return false;
    case Inbound::Kind::Violation:
        violated(found.code);
        return false;
    case Inbound::Kind::Pong:
    case Inbound::Kind::Nothing:
        break;
    }
    return true;
}

void WebSocketLink::answerClose(quint16 code)
{
    m_deaf = true;
    m_clientClosed = true;
    if (m_state == State::Open) {
        m_owner.ended(code, true);
        beginClosing(code != 0 ? code : quint16(CloseCode::Normal), {});
    } else if (m_state == State::Closing && !m_outbox.hasBacklog()) {
        finishClosing(); // this is the answer to ours
    }
}

void WebSocketLink::violated(quint16 code)
{
    m_deaf = true; // what follows makes no sense and is thrown away
    if (m_state != State::Open)
        return;
    m_owner.ended(code, false);
    beginClosing(code, closeReason(CloseCode(code)));
}

void WebSocketLink::close(CloseCode code, QByteArrayView reason)
{
    if (m_state == State::Open)
        beginClosing(quint16(code), reason);
}

void WebSocketLink::beginClosing(quint16 code, QByteArrayView reason)
{
    if (!flushStaged())
        dropUnsent();
    m_state = State::Closing;
    m_outbox.append(encodeCloseFrame(code, reason));
    apply(m_outbox.sendBacklog(m_descriptor, m_shared.flusher.traffic()));
}

void WebSocketLink::dropUnsent()
{
    Traffic &traffic = m_shared.flusher.traffic();
    (m_tooSlow ? traffic.droppedTooSlow : traffic.droppedGone) += m_outbox.dropUnsent();
}

bool WebSocketLink::flushStaged()
{
    if (!m_outbox.hasStaged() || m_state == State::Gone)
        return true;
    return apply(
        m_outbox.flush(m_descriptor, m_shared.flusher.tools(), m_sequence, m_deflate.get()));
}

/// Follows what sending led to. @return false when the link has failed and nobody knows yet
bool WebSocketLink::apply(Outbox::Result result)
{
    watchWritable(result == Outbox::Result::Blocked || result == Outbox::Result::Overflow);
    switch (result) {
    case Outbox::Result::Done:
        if (m_state == State::Closing)
            finishClosing();
        return true;
    case Outbox::Result::Blocked:
        return true;
    case Outbox::Result::Overflow:
    case Outbox::Result::Broken:
        m_tooSlow = result == Outbox::Result::Overflow;
        if (m_state != State::Open)
            return true;
        m_state = State::Failed;
        return false;
    }
    return true;
}

void WebSocketLink::reportFailure()
{
    if (m_state != State::Failed)
        return;
    dropUnsent();
    m_owner.ended(m_tooSlow ? quint16(CloseCode::Unknown) : 0, false);
    if (m_tooSlow)
        beginClosing(quint16(CloseCode::Unknown), "Too slow.");
    else
        abort();
}

void WebSocketLink::writable()
{
    if (!apply(m_outbox.sendBacklog(m_descriptor, m_shared.flusher.traffic())))
        reportFailure();
}

void WebSocketLink::watchWritable(bool watch)
{
    if (!watch) {
        if (m_writable)
            m_writable->setEnabled(false);
        return;
    }
    if (!m_writable) {
        m_writable = std::make_unique<QSocketNotifier>(m_descriptor, QSocketNotifier::Write);
        QObject::connect(m_writable.get(), &QSocketNotifier::activated, m_shared.context,
                         [this] { writable(); });
    }
    m_writable->setEnabled(true);
}

/// Our close frame is with the kernel.
void WebSocketLink::finishClosing()
{
    if (m_clientClosed)
        abort();
    else
        ::shutdown(m_descriptor,
                   SHUT_WR); // the client answers and closes, or the shard cuts it off
}

void WebSocketLink::disconnected()
{
    if (m_state == State::Gone)
        return;
    const bool known = m_state == State::Closing;
    m_state = State::Gone; // the descriptor is closed, and may soon be another socket's
    watchWritable(false);
    if (!known) {
        dropUnsent();
        m_owner.ended(0, false);
    }
    m_owner.linkGone();
}

void WebSocketLink::abort()
{
    if (m_state == State::Gone)
        return;
    m_state = State::Gone;
    watchWritable(false);
    m_owner.linkGone();
}

} // namespace guildhall::realtime
