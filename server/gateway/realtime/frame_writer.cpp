// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/frame_writer.h"

#include <charconv>
#include <cstring>

namespace guildhall::realtime {

namespace {

constexpr char closingBrace[] = "}";

char *put(char *out, std::string_view text)
{
    std::memcpy(out, text.data(), text.size());
    return out + text.size();
}

} // namespace

size_t writeDispatchPrefix(char *out, std::string_view name, quint64 sequence)
{
    char *end = put(out, "{\"t\":\"");
    end = put(end, name);
    end = put(end, "\",\"s\":");
    end = std::to_chars(end, end + 20, sequence).ptr;
    end = put(end, ",\"op\":0,\"d\":");
    return size_t(end - out);
}

void FrameWriter::begin()
{
    m_cursor = m_buffer.data();
    m_pieceCount = 0;
    m_messages = 0;
    m_total = 0;
    m_lastCopied = false;
}

void FrameWriter::add(const Outgoing &item, quint64 sequence)
{
    Q_ASSERT(m_messages < maxMessages);
    if (item.kind != Outgoing::Kind::Frame)
        writePrefix(item, sequence);
    const auto size = size_t(item.body.size());
    if (size <= copiedAtMost)
        copy(item.body.constData(), size);
    else
        refer(item.body.constData(), size);
    if (item.kind == Outgoing::Kind::Dispatch)
        copy(closingBrace, 1);
    m_ends[m_messages++] = m_total;
}

void FrameWriter::writePrefix(const Outgoing &item, quint64 sequence)
{
    char prefix[prefixAtMost];
    size_t prefixSize = 0;
    size_t payload = size_t(item.body.size());
    if (item.kind == Outgoing::Kind::Dispatch) {
        prefixSize = writeDispatchPrefix(prefix, item.name, sequence);
        payload += prefixSize + 1;
    }
    char header[maxFrameHeader];
    copy(header, writeFrameHeader(header, FrameType::Text, payload));
    copy(prefix, prefixSize);
}

void FrameWriter::copy(const char *data, size_t size)
{
    std::memcpy(m_cursor, data, size);
    if (m_lastCopied)
        m_pieces[m_pieceCount - 1].iov_len += size;
    else
        m_pieces[m_pieceCount++] = {m_cursor, size};
    m_lastCopied = true;
    m_cursor += size;
    m_total += size;
}

void FrameWriter::refer(const char *data, size_t size)
{
    m_pieces[m_pieceCount++] = {const_cast<char *>(data), size}; // sendmsg only reads it
    m_lastCopied = false;
    m_total += size;
}

std::span<iovec> FrameWriter::finish()
{
    return {m_pieces.data(), m_pieceCount};
}

QueuedFrame makeFrame(const Outgoing &item, quint64 sequence)
{
    if (item.kind == Outgoing::Kind::Frame)
        return {item.body, {}, false};
    char prefix[128];
    const bool dispatch = item.kind == Outgoing::Kind::Dispatch;
    const size_t prefixSize = dispatch ? writeDispatchPrefix(prefix, item.name, sequence) : 0;
    const size_t payload = prefixSize + size_t(item.body.size()) + (dispatch ? 1 : 0);
    char header[maxFrameHeader];
    const size_t headerSize = writeFrameHeader(header, FrameType::Text, payload);

    QueuedFrame frame{{}, item.body, dispatch};
    frame.head.reserve(qsizetype(headerSize + prefixSize));
    frame.head.append(header, qsizetype(headerSize)).append(prefix, qsizetype(prefixSize));
    return frame;
}

} // namespace guildhall::realtime
