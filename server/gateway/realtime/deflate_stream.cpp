// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/deflate_stream.h"

#include <zlib.h>

#include <new>

namespace guildhall::realtime {

namespace {

// 48 KiB per connection instead of zlib's usual 256: chat payloads are small, and what they repeat
// is near.
constexpr int windowBits = 13;
constexpr int memoryLevel = 5;
constexpr qsizetype firstOutput = 1024;

} // namespace

DeflateStream::DeflateStream()
    : m_stream(std::make_unique<z_stream_s>())
{
    if (deflateInit2(m_stream.get(), Z_BEST_SPEED, Z_DEFLATED, windowBits, memoryLevel,
                     Z_DEFAULT_STRATEGY)
        != Z_OK)
        throw std::bad_alloc();
}

DeflateStream::~DeflateStream()
{
    deflateEnd(m_stream.get());
}

QByteArray DeflateStream::compress(std::initializer_list<QByteArrayView> payload)
{
    QByteArray out(firstOutput, Qt::Uninitialized);
    qsizetype written = 0;
    size_t left = payload.size();
    for (const QByteArrayView piece : payload) {
        m_stream->next_in
            = reinterpret_cast<Bytef *>(const_cast<char *>(piece.data())); // zlib only reads it
        m_stream->avail_in = uInt(piece.size());
        const int flush = --left == 0 ? Z_SYNC_FLUSH : Z_NO_FLUSH;
        do {
            if (written == out.size())
                out.resize(out.size() * 2);
            m_stream->next_out = reinterpret_cast<Bytef *>(out.data() + written);
            m_stream->avail_out = uInt(out.size() - written);
            deflate(m_stream.get(), flush);
            written = out.size() - qsizetype(m_stream->avail_out);
            // Output space left over means that zlib has nothing more to give.
        } while (m_stream->avail_out == 0);
    }
    out.truncate(written);
    return out;
}

} // namespace guildhall::realtime
