// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/door/body_budget.h"
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
    /// @return false when there is no room for them: nothing more is wanted then
    virtual bool take(std::string_view bytes) = 0;
};

/// Keeps the body in memory, as far as its share of the budget goes.
class MemorySink final : public BodySink {
public:
    /// @param most bytes that may come. A stranger's word about them costs nothing: room is made
    ///             as they come
    void start(quint64 most, BodyBudget::Share share);
    bool take(std::string_view bytes) override;

    /// The body and what counts its memory.
    struct Body {
        QByteArray bytes;
        std::shared_ptr<const void> share;
    };
    Body release();
    /// Gives up what has come.
    void clear();

private:
    bool makeRoom(quint64 bytes);

    QByteArray m_bytes;
    quint64 m_room = 0;
    quint64 m_most = 0;
    BodyBudget::Share m_share;
};

/// Reads one body from a socket, and not a byte of what follows it.
class BodyReader {
public:
    /// @param cap most bytes of body, its coding taken off
    void start(const http::HeadParser &head, qint64 cap);

    /// Reads what has come. @param scratch working memory, at least a page
    http::Progress read(QTcpSocket &socket, std::span<char> scratch, BodySink &sink);

    /// 400, 413, or 503 when the sink had no room; meaningful after Refused.
    int status() const { return m_status; }
    /// Bytes taken off the socket since start().
    qint64 received() const { return m_received; }

private:
    http::Progress readPlain(QTcpSocket &socket, std::span<char> scratch, BodySink &sink);
    http::Progress readChunked(QTcpSocket &socket, std::span<char> scratch, BodySink &sink);
    http::Progress decode(std::string_view input, size_t &used, BodySink &sink);
    http::Progress refuse(int status);

    http::ChunkDecoder m_decoder;
    bool m_chunked = false;
    quint64 m_left = 0; ///< bytes that may still come, or, when not chunked, must
    qint64 m_received = 0;
    int m_status = 0;
};

} // namespace guildhall
