// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <initializer_list>
#include <memory>

struct z_stream_s;

namespace guildhall::realtime {

/// `compress=zlib-stream`: one zlib context for a connection's life. @source api.md 7.1
class DeflateStream {
public:
    /// @throws std::bad_alloc
    DeflateStream();
    ~DeflateStream();
    DeflateStream(const DeflateStream &) = delete;
    DeflateStream &operator=(const DeflateStream &) = delete;

    /// Compresses one payload, given in pieces; what comes out ends with 00 00 FF FF.
    QByteArray compress(std::initializer_list<QByteArrayView> payload);

private:
    std::unique_ptr<z_stream_s> m_stream;
};

} // namespace guildhall::realtime
