// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/dispatch_table.h"
#include "server/gateway/realtime/flush_pacer.h"
#include "server/gateway/realtime/frame_writer.h"
#include "server/gateway/realtime/outbox.h"

#include <functional>
#include <vector>

class QObject;
class QTimer;

namespace guildhall::realtime {

class WebSocketLink;

/// The sending half of a shard: what is to be sent, which sockets have something to send, and when.
///
/// A socket that fails while it is sent to is only remembered; settle() tells it. So sessions never
/// vanish while somebody walks a list of them.
/// @thread the shard's
class Flusher {
public:
    /// @param context owns the timer
    /// @param busy    whether events wait for the shard right now
    Flusher(QObject *context, Outbox::Limits limits, std::function<bool()> busy);

    /// Makes sure that `count` items can be added without one of them ending the turn.
    void reserve(size_t count);
    DispatchTable::Index add(Outgoing item) { return m_table.add(std::move(item)); }

    /// `link` has something staged that it had not before.
    void markDirty(WebSocketLink &link) { m_dirty.push_back(&link); }
    /// Sends what `link` has, now. Indices stay valid: it may be called in a loop over sessions.
    void flush(WebSocketLink &link);
    /// The same for a reply to one client, the only thing of its turn as a rule.
    void flushReply(WebSocketLink &link);
    /// Ends a turn: sends to all sockets or puts it off, as the load demands, and tells links that
    /// failed. Never to be called from within a loop over sessions.
    void settle();
    /// Sends to all sockets, whatever the load.
    void flushAll();

    void forget(WebSocketLink &link);
    Outbox::Tools tools() { return {m_table, m_writer, m_limits, m_traffic}; }
    Traffic &traffic() { return m_traffic; }
    /// An event was handed to the sessions; only counted.
    void countEvent() { ++m_events; }

private:
    void reportFailures();

    DispatchTable m_table;
    FrameWriter m_writer;
    FlushPacer m_pacer;
    Outbox::Limits m_limits;
    Traffic m_traffic;
    std::function<bool()> m_busy;
    QTimer *m_timer;
    std::vector<WebSocketLink *> m_dirty;
    std::vector<WebSocketLink *> m_failed;
    size_t m_events = 0;
};

} // namespace guildhall::realtime
