// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>

namespace guildhall::realtime {

/// A request for a WebSocket, as the door found it. Header values are as sent.
struct UpgradeRequest {
    QByteArray query; ///< without `?`
    QByteArray key; ///< Sec-WebSocket-Key
    QByteArray version; ///< Sec-WebSocket-Version
    QByteArray publicUrl; ///< `ws://host:port` or `wss://…` by which the client reached us
};

/// The answer 101 that opens the WebSocket. No extension and no subprotocol is ever agreed to.
QByteArray acceptUpgrade(const UpgradeRequest &request);

/// The answer 400 or 426 for a request that cannot be opened; nullopt when it can.
/// @source RFC 6455 4.2
std::optional<QByteArray> refuseUpgrade(const UpgradeRequest &request);

/// What the query of the gateway's URL asks for. @source api.md 7.1
struct ConnectionOptions {
    bool zlibStream = false;
    /// Why the connection is closed with 4012 after the upgrade; empty when it is not.
    QByteArray refusal;
};
ConnectionOptions readConnectionOptions(const QByteArray &query);

} // namespace guildhall::realtime
