// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/websocket_frame.h"

#include <QtEndian>

namespace guildhall::realtime {

size_t writeFrameHeader(char *out, FrameType type, quint64 payloadSize)
{
    out[0] = char(0x80 | quint8(type));
    if (payloadSize < 126) {
        out[1] = char(payloadSize);
        return 2;
    }
    if (payloadSize <= 0xffff) {
        out[1] = 126;
        qToBigEndian(quint16(payloadSize), out + 2);
        return 4;
    }
    out[1] = 127;
    qToBigEndian(payloadSize, out + 2);
    return 10;
}

QByteArray encodeFrame(FrameType type, QByteArrayView payload)
{
    char header[maxFrameHeader];
    const size_t size = writeFrameHeader(header, type, quint64(payload.size()));
    QByteArray frame;
    frame.reserve(qsizetype(size) + payload.size());
    frame.append(header, qsizetype(size));
    frame.append(payload);
    return frame;
}

QByteArray encodeCloseFrame(quint16 code, QByteArrayView reason)
{
    constexpr qsizetype maxReason = 123;
    qsizetype size = qMin(reason.size(), maxReason);
    // Not in the middle of a character: the reason must stay UTF-8.
    while (size < reason.size() && size > 0 && (quint8(reason[size]) & 0xC0) == 0x80)
        --size;
    QByteArray payload(2, Qt::Uninitialized);
    qToBigEndian(code, payload.data());
    payload.append(reason.first(size));
    return encodeFrame(FrameType::Close, payload);
}

bool isValidCloseCode(quint16 code)
{
    if (code >= 3000 && code <= 4999)
        return true;
    // 1004, 1005 and 1006 are reserved; 1015 is never sent.
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014);
}

} // namespace guildhall::realtime
