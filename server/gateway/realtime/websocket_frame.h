// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/gateway/close_codes.h"

#include <QByteArray>

#include <cstddef>

namespace guildhall::realtime {

/// The kinds of WebSocket frames. @source RFC 6455 11.8
enum class FrameType : quint8 {
    Continuation = 0x0,
    Text = 0x1,
    Binary = 0x2,
    Close = 0x8,
    Ping = 0x9,
    Pong = 0xA,
};

/// The longest header a server's frame can have: it is not masked.
inline constexpr size_t maxFrameHeader = 10;

/// Writes the header of a whole, unmasked frame to `out` (at least maxFrameHeader bytes).
/// @return the bytes written: 2, 4 or 10
size_t writeFrameHeader(char *out, FrameType type, quint64 payloadSize);

/// A whole unmasked frame.
QByteArray encodeFrame(FrameType type, QByteArrayView payload);

/// A close frame. `reason` is cut at 123 bytes of UTF-8.
QByteArray encodeCloseFrame(quint16 code, QByteArrayView reason);

/// Whether an endpoint may send `code` in a close frame. @source RFC 6455 7.4
bool isValidCloseCode(quint16 code);

} // namespace guildhall::realtime
