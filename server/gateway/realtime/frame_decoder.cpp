// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/frame_decoder.h"

#include <QtEndian>

#include <algorithm>

namespace guildhall::realtime {

namespace {

constexpr quint64 maxControlPayload = 125;
constexpr quint8 maskedBit = 0x80;
constexpr quint8 reservedBits = 0x70;
constexpr quint16 maxFragments = 4096;
constexpr size_t keptCapacity = 1024;

Inbound violation(CloseCode code)
{
    return {Inbound::Kind::Violation, false, quint16(code), {}};
}

/// The header's whole size, known after its first two bytes.
size_t headerSize(quint8 second)
{
    const quint8 length = second & 0x7f;
    const size_t lengthBytes = length == 126 ? 2 : length == 127 ? 8 : 0;
    return 2 + lengthBytes + ((second & maskedBit) != 0 ? 4 : 0);
}

void unmask(char *data, size_t size, const char *key, quint64 offset)
{
    for (size_t i = 0; i < size; ++i)
        data[i] = char(data[i] ^ key[(offset + i) & 3]);
}

} // namespace

Inbound FrameDecoder::next(std::span<char> &bytes)
{
    if (m_messageDone) {
        m_message.clear();
        if (m_message.capacity() > keptCapacity)
            m_message.shrink_to_fit(); // an idle session must not keep its biggest message
        m_messageDone = false;
    }
    // A loop, not recursion: a client may send thousands of tiny fragments in one packet.
    for (;;) {
        if (m_stage == Stage::Header) {
            if (!readHeader(bytes))
                return {};
            if (const quint16 code = judgeHeader(); code != 0)
                return violation(CloseCode(code));
            m_stage = Stage::Payload;
            m_received = 0;
        }
        bool fragmentEnded = false;
        const Inbound found = readPayload(bytes, fragmentEnded);
        if (!fragmentEnded)
            return found;
    }
}

bool FrameDecoder::readHeader(std::span<char> &bytes)
{
    const auto take = [&](size_t upTo) {
        const size_t count = std::min(upTo - m_headerSize, bytes.size());
        std::copy_n(bytes.data(), count, m_header.data() + m_headerSize);
        m_headerSize = quint8(m_headerSize + count);
        bytes = bytes.subspan(count);
        return m_headerSize == upTo;
    };
    if (m_headerSize < 2 && !take(2))
        return false;
    const size_t whole = headerSize(quint8(m_header[1]));
    return m_headerSize == whole || take(whole);
}

/// @return the code to close with, or 0 when the frame may go on
quint16 FrameDecoder::judgeHeader()
{
    const auto first = quint8(m_header[0]);
    const auto second = quint8(m_header[1]);
    m_headerSize = 0;
    m_final = (first & 0x80) != 0;
    m_type = first & 0x0f;
    m_size = second & 0x7f;
    bool minimal = true;
    if (m_size == 126) {
        m_size = qFromBigEndian<quint16>(m_header.data() + 2);
        minimal = m_size >= 126;
    } else if (m_size == 127) {
        m_size = qFromBigEndian<quint64>(m_header.data() + 2);
        minimal = m_size > 0xffff && m_size <= quint64(INT64_MAX);
    }
    constexpr auto wrong = quint16(CloseCode::ProtocolError);
    if ((first & reservedBits) != 0 || (second & maskedBit) == 0 || !minimal)
        return wrong;
    if (isControl()) {
        m_control.clear();
        const bool known = m_type >= quint8(FrameType::Close) && m_type <= quint8(FrameType::Pong);
        return known && m_final && m_size <= maxControlPayload ? 0 : wrong;
    }
    if (m_type > quint8(FrameType::Binary) || (m_type == 0) != m_inMessage)
        return wrong;
    if (m_type != 0) {
        m_inMessage = true;
        m_messageBinary = m_type == quint8(FrameType::Binary);
        m_fragments = 0;
    }
    if (++m_fragments > maxFragments)
        return quint16(CloseCode::DecodeError);
    return m_message.size() + m_size > m_maxPayload ? quint16(CloseCode::DecodeError) : 0;
}

Inbound FrameDecoder::readPayload(std::span<char> &bytes, bool &fragmentEnded)
{
    const auto count = size_t(std::min<quint64>(m_size - m_received, bytes.size()));
    const char *key = m_header.data() + headerSize(quint8(m_header[1])) - 4;
    unmask(bytes.data(), count, key, m_received);
    const QByteArrayView piece(bytes.data(), qsizetype(count));
    bytes = bytes.subspan(count);

    std::string &parts = isControl() ? m_control : m_message;
    const bool inOnePiece = m_received == 0 && count == m_size && (isControl() || parts.empty());
    m_received += count;
    if (m_received == m_size)
        m_stage = Stage::Header;
    if (inOnePiece && (isControl() || m_final))
        return finishFrame(piece);

    parts.append(piece.data(), size_t(piece.size()));
    if (m_received < m_size)
        return {};
    if (!isControl() && !m_final) {
        fragmentEnded = true;
        return {};
    }
    return finishFrame(QByteArrayView(parts.data(), qsizetype(parts.size())));
}

Inbound FrameDecoder::finishFrame(QByteArrayView payload)
{
    Inbound found;
    found.payload = payload;
    switch (FrameType(m_type)) {
    case FrameType::Ping:
        found.kind = Inbound::Kind::Ping;
        break;
    case FrameType::Pong:
        found.kind = Inbound::Kind::Pong;
        break;
    case FrameType::Close:
        return finishClose(payload);
    case FrameType::Continuation:
    case FrameType::Text:
    case FrameType::Binary:
        m_inMessage = false;
        m_messageDone = true;
        if (!m_messageBinary && !payload.isValidUtf8())
            return violation(CloseCode::InvalidText);
        found.kind = Inbound::Kind::Message;
        found.binary = m_messageBinary;
        break;
    }
    return found;
}

Inbound FrameDecoder::finishClose(QByteArrayView payload) const
{
    Inbound found{Inbound::Kind::Close, false, 0, {}};
    if (payload.isEmpty())
        return found;
    if (payload.size() == 1)
        return violation(CloseCode::ProtocolError);
    found.code = qFromBigEndian<quint16>(payload.data());
    if (!isValidCloseCode(found.code))
        return violation(CloseCode::ProtocolError);
    if (!payload.sliced(2).isValidUtf8())
        return violation(CloseCode::InvalidText);
    found.payload = payload.sliced(2);
    return found;
}

} // namespace guildhall::realtime
