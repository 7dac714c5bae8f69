// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/api/socket_transport.h"

#include <QTimer>

class QWebSocket;

namespace guildhall::console {

/// SocketTransport over QWebSocket; each connection gets a socket of its own, so that late signals
/// of an old one reach nobody.
class WebSocketTransport : public SocketTransport {
    Q_OBJECT

public:
    explicit WebSocketTransport(QObject *parent = nullptr);
    ~WebSocketTransport() override;

    void open(const QUrl &url) override;
    void send(const QByteArray &text) override;
    void close(quint16 code) override;

private:
    void drop();
    void finish();

    QWebSocket *m_socket = nullptr;
    QTimer m_deadline; ///< for the handshakes at both ends, which QWebSocket does not limit
};

} // namespace guildhall::console
