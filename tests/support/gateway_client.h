// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QObject>
#include <QUrl>
#include <QWebSocket>

#include <chrono>
#include <memory>

struct z_stream_s;

namespace guildhall::test {

/// A gateway client for tests: it does what it is told, remembers all it got, and waits with the
/// event loop running. With `compress=zlib-stream` in the URL it inflates.
class GatewayClient : public QObject {
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds patience{10'000};

    /// Starts to connect. @param url with its query
    explicit GatewayClient(const QUrl &url);
    ~GatewayClient() override;

    QWebSocket &socket() { return m_socket; }
    /// Waits until the WebSocket is open.
    bool waitOpen();

    void send(int op, const QJsonValue &d);
    void sendText(const QString &text) { m_socket.sendTextMessage(text); }
    void sendBinary(const QByteArray &bytes) { m_socket.sendBinaryMessage(bytes); }

    /// Takes the oldest payload of that opcode that was not taken yet; waits for it. Empty: none
    /// came.
    QJsonObject next(int op, std::chrono::milliseconds wait = patience);
    /// The same for the `d` of a dispatch called `name`. What came before it stays to be taken.
    QJsonObject nextDispatch(const QString &name, std::chrono::milliseconds wait = patience);
    /// Takes the next dispatch whatever it is: its `t`. Empty: none came.
    QString nextName(std::chrono::milliseconds wait = patience);

    /// Waits for HELLO, identifies, and returns the `d` of READY. @param more keys of IDENTIFY
    QJsonObject identify(const QString &token, QJsonObject more = {});
    /// The same without waiting for READY.
    void sendIdentify(const QString &token, QJsonObject more = {});
    /// A heartbeat, and its acknowledgement: all that was queued before it has arrived.
    bool sync();

    /// Waits for the end of the connection. @return the close code, or 0 when it did not end
    int closeCode(std::chrono::milliseconds wait = patience);
    QString closeReason() const { return m_socket.closeReason(); }

    /// All payloads, in order of arrival.
    const QList<QJsonObject> &all() const { return m_all; }
    /// The names of all dispatches so far.
    QStringList names() const;
    qint64 lastSequence() const;
    /// Whether `s` of all dispatches is 1, 2, 3…
    bool isGapless() const;
    bool hasClosed() const { return m_closed; }

private:
    void receivedText(const QString &text);
    void receivedBinary(const QByteArray &bytes);
    void received(const QByteArray &payload);
    void disconnected();

    QWebSocket m_socket;
    std::unique_ptr<z_stream_s> m_inflate;
    QList<QJsonObject> m_all;
    QList<QJsonObject> m_unread;
    bool m_closed = false;
};

} // namespace guildhall::test
