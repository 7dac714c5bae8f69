// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace guildhall {

class CappedSocket;
struct RequestHead;

/// Takes over connections whose clients ask for WebSocket. Called in the http thread.
class UpgradeHandler {
public:
    virtual ~UpgradeHandler() = default;

    /// Whether this request is for it; if not, it is treated as an ordinary one.
    virtual bool wants(const RequestHead &head) = 0;

    /// Becomes the owner of the socket. The whole request is still unread in it; it has no parent
    /// and nothing is connected to it. It may be moved to another thread; there, after
    /// QWebSocketServer::handleConnection(), readyRead() has to be emitted once by hand. It has no
    /// deadline and no cap on unsent bytes any more: both are for the new owner to set.
    virtual void adopt(CappedSocket *socket, const RequestHead &head) = 0;
};

} // namespace guildhall
