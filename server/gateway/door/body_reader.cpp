// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/door/body_reader.h"

#include <QTcpSocket>

#include <algorithm>

namespace guildhall {

using http::Progress;

namespace {

constexpr quint64 firstRoom = 4096;

} // namespace

void MemorySink::start(quint64 most, BodyBudget::Share share)
{
    clear();
    m_most = most;
    m_share = std::move(share);
}

bool MemorySink::take(std::string_view bytes)
{
    const quint64 needed = quint64(m_bytes.size()) + bytes.size();
    if (needed > m_room && !makeRoom(needed))
        return false;
    m_bytes.append(bytes.data(), qsizetype(bytes.size()));
    return true;
}

/// Doubles, so that a long body is not copied with each piece, but never beyond what may come.
bool MemorySink::makeRoom(quint64 bytes)
{
    const quint64 room = std::max(bytes, std::min(m_most, std::max(2 * m_room, firstRoom)));
    if (!m_share.growTo(qint64(room)))
        return false;
    m_bytes.reserve(qsizetype(room));
    m_room = room;
    return true;
}

MemorySink::Body MemorySink::release()
{
    Body body{std::move(m_bytes), {}};
    if (m_room > 0)
        body.share = std::make_shared<const BodyBudget::Share>(std::move(m_share));
    clear();
    return body;
}

void MemorySink::clear()
{
    m_bytes = {};
    m_room = 0;
    m_share = {};
}

void BodyReader::start(const http::HeadParser &head, qint64 cap)
{
    m_decoder.reset();
    m_chunked = head.chunked();
    m_left = m_chunked ? quint64(std::max<qint64>(cap, 0)) : head.contentLength();
    m_received = 0;
    m_status = 0;
}

Progress BodyReader::read(QTcpSocket &socket, std::span<char> scratch, BodySink &sink)
{
    return m_chunked ? readChunked(socket, scratch, sink) : readPlain(socket, scratch, sink);
}

Progress BodyReader::readPlain(QTcpSocket &socket, std::span<char> scratch, BodySink &sink)
{
    while (m_left > 0) {
        const qint64 wanted = qint64(std::min<quint64>(m_left, scratch.size()));
        const qint64 size = socket.read(scratch.data(), wanted);
        if (size <= 0)
            return Progress::NeedMore;
        m_left -= quint64(size);
        m_received += size;
        if (!sink.take({scratch.data(), size_t(size)}))
            return refuse(503);
    }
    return Progress::Done;
}

Progress BodyReader::readChunked(QTcpSocket &socket, std::span<char> scratch, BodySink &sink)
{
    for (;;) {
        // Peeked, because where the body ends is only known once it is decoded.
        const qint64 size = socket.peek(scratch.data(), qint64(scratch.size()));
        if (size <= 0)
            return Progress::NeedMore;
        size_t used = 0;
        const Progress progress = decode({scratch.data(), size_t(size)}, used, sink);
        socket.skip(qint64(used));
        m_received += qint64(used);
        if (progress != Progress::NeedMore)
            return progress;
    }
}

/// @param used becomes how much of the input has been dealt with
Progress BodyReader::decode(std::string_view input, size_t &used, BodySink &sink)
{
    while (used < input.size()) {
        const auto step = m_decoder.decode(input.substr(used), m_left);
        used += step.consumed;
        m_left -= step.data.size();
        if (!step.data.empty() && !sink.take(step.data))
            return refuse(503);
        if (step.progress == Progress::Refused)
            return refuse(m_decoder.status());
        if (step.progress == Progress::Done)
            return Progress::Done;
    }
    return Progress::NeedMore;
}

Progress BodyReader::refuse(int status)
{
    m_status = status;
    return Progress::Refused;
}

} // namespace guildhall
