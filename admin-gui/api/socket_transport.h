// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QUrl>

namespace guildhall::console {

/// One WebSocket at a time, as the gateway needs it. An interface, because Qt WebSockets is not
/// everywhere, and because tests script a gateway.
/// @thread GUI; nothing here blocks
class SocketTransport : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Begins to connect. A socket that is still there is dropped first, silently.
    virtual void open(const QUrl &url) = 0;
    virtual void send(const QByteArray &text) = 0;
    /// Closes with a code of RFC 6455 or of the gateway. `closed` follows, also when the other side
    /// never answers.
    virtual void close(quint16 code) = 0;

Q_SIGNALS:
    void opened();
    void received(const QByteArray &text);
    /// Once per open(): the connection is gone, or never came about.
    /// @param code 0 when there was no closing handshake
    void closed(quint16 code, const QString &reason);
};

} // namespace guildhall::console
