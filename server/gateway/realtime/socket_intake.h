// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/websocket_handshake.h"

#include <chrono>

class QTcpSocket;

namespace guildhall::realtime {

/// Takes the upgrade request out of a socket that was handed over with it unread; what the client
/// sent behind it stays. A socket that is gone, or whose request cannot be opened, is answered and
/// disposed of here.
/// @return whether `socket` can become a WebSocketLink
/// @thread the socket's
bool takeInSocket(QTcpSocket *socket, const UpgradeRequest &request,
                  std::chrono::milliseconds closeGrace);

/// Cuts a socket that nobody wants.
void dropSocket(QTcpSocket *socket);

} // namespace guildhall::realtime
