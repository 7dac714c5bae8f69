// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <chrono>

namespace guildhall::realtime {

/// The figures of the gateway, as read from the configuration. Times are monotonic.
struct GatewaySettings {
    int shards = 1; ///< threads, at least 1

    std::chrono::milliseconds heartbeatInterval{41250}; ///< told in HELLO; ×1.5 without one: 4009
    std::chrono::milliseconds identifyDeadline{45000}; ///< without IDENTIFY or RESUME: 4003
    /// How long a client is waited for after our close frame before the socket is cut.
    std::chrono::milliseconds closeGrace{2000};
    /// The same for a client that was too slow: it has much to read before it comes to that frame.
    std::chrono::milliseconds slowCloseGrace{30000};
    /// How long the pool or a source may be unavailable before an IDENTIFY is answered with op 9.
    std::chrono::milliseconds patience{10000};

    /// How often observers hear whose sessions gave a heartbeat.
    std::chrono::milliseconds heartbeatReport{60000};

    /// `ws://…` or `wss://…` without query, for READY; empty: as the client reached us.
    QByteArray resumeUrl;

    int inboundLimit = 120; ///< payloads per inboundWindow; more: 4008
    std::chrono::milliseconds inboundWindow{60000};
    int presenceLimit = 5; ///< op 3 per presenceWindow; more are dropped
    std::chrono::milliseconds presenceWindow{20000};
    int identifyLimit = 1000; ///< per account and identifyWindow; 0: no limit
    std::chrono::milliseconds identifyWindow{std::chrono::hours(24)};

    qsizetype maxPayload = 16 * 1024; ///< bytes of one inbound payload; more: 4002
    qsizetype maxQueuedBytes = 8 * 1024 * 1024; ///< unsent to one client; more: 4000
    int maxQueuedMessages = 10000;
};

} // namespace guildhall::realtime
