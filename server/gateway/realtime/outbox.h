// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/dispatch_table.h"
#include "server/gateway/realtime/frame_writer.h"
#include "server/gateway/realtime/traffic.h"

#include <array>
#include <deque>
#include <memory>

namespace guildhall::realtime {

class DeflateStream;

/// What one client has still to be sent.
///
/// Within a turn of the shard it is a list of indices into the DispatchTable; flush() makes one
/// sendmsg of them, straight on the descriptor. Only what the kernel does not take is kept as
/// frames, up to a limit, until the socket is writable again.
class Outbox {
public:
    enum class Result {
        Done, ///< everything is with the kernel
        Blocked, ///< the rest waits for the socket to become writable
        Overflow, ///< too much waits; the client is to be cut off
        Broken, ///< the connection is gone
    };
    struct Limits {
        qsizetype bytes;
        int messages;
    };
    /// What flush() works with; the same for all sockets of a shard.
    struct Tools {
        const DispatchTable &table;
        FrameWriter &writer;
        Limits limits;
        Traffic &traffic;
    };

    Outbox();
    ~Outbox();

    /// Whether another item can be staged before the next flush().
    bool hasRoom() const { return m_stagedCount < FrameWriter::maxMessages; }
    bool hasStaged() const { return m_stagedCount != 0; }
    void stage(DispatchTable::Index item, bool dispatch)
    {
        m_staged[m_stagedCount++] = item;
        m_stagedDispatches = quint8(m_stagedDispatches + (dispatch ? 1 : 0));
    }

    /// Sends what is staged. @param lastSequence `s` of the newest staged dispatch
    Result flush(int descriptor, Tools tools, quint64 lastSequence, DeflateStream *deflate);
    /// Goes on after the socket became writable.
    Result sendBacklog(int descriptor, Traffic &traffic);

    /// While `bulk`, limits do not count: READY and the guilds may be big. What of it still waits
    /// when it ends is allowed on top of the limits until it is sent.
    void setBulk(bool bulk);
    /// Forgets what was not sent, but for the rest of a frame of which a part was.
    /// @return how many payloads that were
    size_t dropUnsent();
    /// Puts a frame behind what waits, without regard to limits; for the close frame.
    void append(QByteArray frame);

    bool hasBacklog() const { return m_backlog != nullptr; }
    qsizetype backlogBytes() const;

private:
    struct Backlog;

    Result sendStaged(int descriptor, Tools tools, quint64 firstSequence);
    void queueStaged(Tools tools, quint64 firstSequence, size_t alreadySent,
                     DeflateStream *deflate);
    void push(QueuedFrame frame);
    bool isOver(Limits limits) const;

    std::array<DispatchTable::Index, FrameWriter::maxMessages> m_staged;
    quint8 m_stagedCount = 0;
    quint8 m_stagedDispatches = 0;
    bool m_bulk = false;
    std::unique_ptr<Backlog> m_backlog; ///< only while the client is slower than we
};

} // namespace guildhall::realtime
