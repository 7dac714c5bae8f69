// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/door/body_reader.h"

#include <QTcpSocket>

#include <algorithm>

namespace guildhall {

using http::Progress;

namespace {

/// A stranger's word about a length is worth this much memory.
constexpr quint64 largestReservation = 64 * 1024;

} // namespace

void MemorySink::take(std::string_view bytes)
{
    m_bytes.append(bytes.data(), qsizetype(bytes.size()));
}

void MemorySink::expect(quint64 length)
{
    m_bytes.reserve(qsizetype(std::min(length, largestReservation)));
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
        sink.take({scratch.data(), size_t(size)});
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
        const std::string_view input(scratch.data(), size_t(size));
        size_t used = 0;
        Progress progress = Progress::NeedMore;
        while (used < input.size() && progress == Progress::NeedMore) {
            const auto step = m_decoder.decode(input.substr(used), m_left);
            used += step.consumed;
            m_left -= step.data.size();
            progress = step.progress;
            if (!step.data.empty())
                sink.take(step.data);
        }
        socket.skip(qint64(used));
        m_received += qint64(used);
        if (progress == Progress::Refused)
            m_status = m_decoder.status();
        if (progress != Progress::NeedMore)
            return progress;
    }
}

} // namespace guildhall
