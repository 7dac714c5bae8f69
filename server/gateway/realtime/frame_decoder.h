// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/websocket_frame.h"

#include <QByteArrayView>

#include <array>
#include <span>
#include <string>

namespace guildhall::realtime {

/// What the decoder found in the bytes of a client.
struct Inbound {
    enum class Kind {
        Nothing, ///< more bytes are needed
        Message, ///< a whole text or binary message
        Ping,
        Pong,
        Close, ///< `code` is 0 when the client gave none
        Violation, ///< the connection must be closed with `code`; nothing may be decoded after it
    };

    Kind kind = Kind::Nothing;
    bool binary = false;
    quint16 code = 0;
    QByteArrayView payload; ///< valid until the next call
};

/// The receiving half of RFC 6455 on the server's side: strict, incremental, without I/O.
///
/// Stricter than QWebSocket where the contract wants it: unmasked frames, long encodings of short
/// lengths and bytes right behind the handshake are judged, and a payload that is too big is
/// refused with the gateway's own code by its declared length, before it is received. A message
/// that arrives in one piece is unmasked in place and costs no allocation.
class FrameDecoder {
public:
    /// @param maxPayload of a message, fragments together
    explicit FrameDecoder(qsizetype maxPayload)
        : m_maxPayload(quint64(maxPayload))
    { }

    /// Takes the next thing out of `bytes`, which is shortened by what was consumed and whose
    /// contents are overwritten. To be called until it returns Nothing.
    Inbound next(std::span<char> &bytes);

private:
    enum class Stage { Header, Payload };

    bool readHeader(std::span<char> &bytes);
    quint16 judgeHeader();
    Inbound readPayload(std::span<char> &bytes, bool &fragmentEnded);
    Inbound finishFrame(QByteArrayView payload);
    Inbound finishClose(QByteArrayView payload) const;
    bool isControl() const { return (m_type & 0x8) != 0; }

    quint64 m_maxPayload;
    quint64 m_size = 0; ///< of this frame's payload
    quint64 m_received = 0; ///< of that, so far
    std::string m_message; ///< fragments so far, unmasked
    std::string m_control; ///< a control frame that came in pieces
    std::array<char, 14> m_header{};
    quint16 m_fragments
        = 0; ///< frames of this message; empty ones would never reach the size limit
    quint8 m_headerSize = 0;
    quint8 m_type = 0;
    bool m_final = false;
    bool m_inMessage = false; ///< a message has begun and its last frame has not come
    bool m_messageBinary = false;
    bool m_messageDone = false; ///< m_message was handed out and can be forgotten
    Stage m_stage = Stage::Header;
};

} // namespace guildhall::realtime
