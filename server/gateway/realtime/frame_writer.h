// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/dispatch_table.h"

#include <sys/uio.h>

#include <array>
#include <span>

namespace guildhall::realtime {

/// Lays out what one socket has queued for one sendmsg: small bodies are copied behind each other,
/// big ones are referred to. One per shard, used for each socket in turn, so it stays in the cache.
class FrameWriter {
public:
    static constexpr size_t maxMessages = 31; ///< 2 pieces each and one brace make 63 of 64

    void begin();
    /// @param sequence `s` of a Dispatch, otherwise unused
    /// `item` must live until the pieces were sent.
    void add(const Outgoing &item, quint64 sequence);
    /// The pieces to send, after which no add() may follow.
    std::span<iovec> finish();

    size_t size() const { return m_total; }
    size_t messageCount() const { return m_messages; }
    /// How many bytes there are up to the end of message `index`.
    size_t endOf(size_t index) const { return m_ends[index]; }

private:
    void copy(const char *data, size_t size);
    void refer(const char *data, size_t size);
    void writePrefix(const Outgoing &item, quint64 sequence);

    static constexpr size_t copiedAtMost = 1024;
    static constexpr size_t prefixAtMost = 128;
    static constexpr size_t bufferSize = maxMessages * (copiedAtMost + prefixAtMost);

    std::array<char, bufferSize> m_buffer;
    std::array<iovec, 64> m_pieces;
    std::array<size_t, maxMessages> m_ends;
    char *m_cursor = nullptr;
    size_t m_pieceCount = 0;
    size_t m_messages = 0;
    size_t m_total = 0;
    bool m_lastCopied = false; ///< the last piece ends at m_cursor and may grow
};

/// One message by itself, for a client that cannot be sent to right now.
struct QueuedFrame {
    QByteArray head; ///< frame header and all of the payload before `body`
    QByteArray body; ///< shared with other sessions
    bool closingBrace = false;

    qsizetype size() const { return head.size() + body.size() + (closingBrace ? 1 : 0); }
};
QueuedFrame makeFrame(const Outgoing &item, quint64 sequence);

/// `{"t":…,"s":…,"op":0,"d":` into `out`; the names of events are shorter than 64 bytes.
/// @return the bytes written
size_t writeDispatchPrefix(char *out, std::string_view name, quint64 sequence);

} // namespace guildhall::realtime
