// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/door/http_framing.h"

#include <QByteArray>

#include <span>
#include <string_view>

class QTcpSocket;

namespace guildhall {

/// Where the bytes of a body go, with their transfer coding taken off.
class BodySink {
public:
    virtual ~BodySink() = default;
    virtual void take(std::string_view bytes) = 0;
};

/// Keeps the body in memory.
class MemorySink final : public BodySink {
public:
    void take(std::string_view bytes) override;
    /// Makes room for a body of that length, but not more than is safe before any of it has come.
    void expect(quint64 length);
    QByteArray release() { return std::move(m_bytes); }

private:
    QByteArray m_bytes;
};

/// Reads one body from a socket, and not a byte of what follows it.
class BodyReader {
public:
    /// @param cap most bytes of body, its coding taken off
    void start(const http::HeadParser &head, qint64 cap);

    /// Reads what has come. @param scratch working memory, at least a page
    http::Progress read(QTcpSocket &socket, std::span<char> scratch, BodySink &sink);

    /// 400 or 413; meaningful after Refused.
    int status() const { return m_status; }
    /// Bytes taken off the socket since start().
    qint64 received() const { return m_received; }

private:
    http::Progress readPlain(QTcpSocket &socket, std::span<char> scratch, BodySink &sink);
    http::Progress readChunked(QTcpSocket &socket, std::span<char> scratch, BodySink &sink);

    http::ChunkDecoder m_decoder;
    bool m_chunked = false;
    quint64 m_left = 0; ///< bytes that may still come, or, when not chunked, must
    qint64 m_received = 0;
    int m_status = 0;
};

} // namespace guildhall
