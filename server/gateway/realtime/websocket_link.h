// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/flusher.h"
#include "server/gateway/realtime/frame_decoder.h"
#include "server/gateway/realtime/outbox.h"
#include "shared/gateway/close_codes.h"

#include <QPointer>
#include <QTcpSocket>

#include <memory>
#include <span>

class QSocketNotifier;

namespace guildhall::realtime {

class DeflateStream;

/// A WebSocket after its handshake: frames in, frames out, the closing handshake; knows nothing of
/// what is said over it. Reads through the QTcpSocket it owns, writes on its descriptor.
/// @thread the shard's
class WebSocketLink {
public:
    /// Who speaks over the link. May destroy the link only in `linkGone`, and not at once.
    class Owner {
    public:
        /// A whole message. @param payload valid during the call
        virtual void received(QByteArrayView payload) = 0;
        /// The client ends the conversation, or broke the rules of RFC 6455, or is too slow, or its
        /// connection broke. Called at most once, and not after close().
        /// @param code    of the close frame, 0 when there was none
        /// @param byClient it was the client's own, proper close
        virtual void ended(quint16 code, bool byClient) = 0;
        /// The socket is done with; the link can be destroyed once the call stack is left.
        virtual void linkGone() = 0;

    protected:
        ~Owner() = default;
    };

    /// What the links of a shard share.
    struct Shared {
        QObject *context; ///< of the shard's thread; outlives the links
        Flusher &flusher;
        std::span<char> readBuffer;
        qsizetype maxPayload;
    };

    /// Takes the socket over, whose handshake is done.
    WebSocketLink(QTcpSocket *socket, const Shared &shared, Owner &owner, bool deflate);
    ~WebSocketLink();
    WebSocketLink(const WebSocketLink &) = delete;
    WebSocketLink &operator=(const WebSocketLink &) = delete;

    /// Reads what arrived before the link was made. To be called once the owner is complete.
    void start();

    bool isOpen() const { return m_state == State::Open; }
    /// Queues a dispatch. @param sequence rises by one with each
    void stageDispatch(DispatchTable::Index item, quint64 sequence)
    {
        if (m_state != State::Open)
            return;
        m_sequence = sequence;
        stage(item, true);
    }
    /// Queues a whole payload, and sends it with all that waits before it.
    void reply(QByteArray payload);
    /// The same, without sending at once.
    void queue(QByteArray payload);
    /// Queues bytes that are sent as they are: the answer to the handshake.
    void queueFrame(QByteArray frame);
    void setBulk(bool bulk) { m_outbox.setBulk(bulk); }

    /// Sends what waits and a close frame; nothing more is received nor sent after it.
    void close(CloseCode code, QByteArrayView reason);
    /// Cuts the connection now.
    void abort();

    // For the Flusher.
    void setDirty(bool dirty) { m_dirty = dirty; }
    bool flushStaged(); ///< false: it failed, to be reported by reportFailure()
    void reportFailure();

private:
    enum class State : quint8 {
        Open,
        Failed, ///< sending failed; not reported yet
        Closing, ///< our close frame is on its way, or the client is being waited for
        Gone,
    };

    void stage(DispatchTable::Index item, bool dispatch)
    {
        if (!m_dirty) {
            m_dirty = true;
            m_shared.flusher.markDirty(*this);
        }
        m_outbox.stage(item, dispatch);
        if (!m_outbox.hasRoom())
            m_shared.flusher.flush(*this);
    }
    void queueItem(Outgoing item);
    void readyRead();
    void decode(std::span<char> bytes);
    bool handle(const Inbound &found);
    void answerClose(quint16 code);
    void violated(quint16 code);
    void beginClosing(quint16 code, QByteArrayView reason);
    void dropUnsent();
    void disconnected();
    void writable();
    bool apply(Outbox::Result result);
    void watchWritable(bool watch);
    void finishClosing();

    Outbox m_outbox;
    quint64 m_sequence = 0;
    const Shared &m_shared;
    Owner &m_owner;
    State m_state = State::Open;
    bool m_dirty = false;
    bool m_tooSlow = false;
    bool m_clientClosed = false; ///< its close frame came: after ours the socket can go
    bool m_deaf = false; ///< what comes in is only thrown away
    int m_descriptor;
    FrameDecoder m_decoder;
    QPointer<QTcpSocket> m_socket;
    std::unique_ptr<DeflateStream> m_deflate;
    std::unique_ptr<QSocketNotifier>
        m_writable; ///< made when the client is slow for the first time
    qint64 m_discarded = 0; ///< bytes that came after our close frame
};

} // namespace guildhall::realtime
