// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/api/web_socket_transport.h"

#include <QWebSocket>

#include <chrono>

namespace guildhall::console {

namespace {
using namespace std::chrono_literals;
constexpr auto openingTime = 15s;
constexpr auto closingTime = 2s;
} // namespace

WebSocketTransport::WebSocketTransport(QObject *parent)
    : SocketTransport(parent)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &WebSocketTransport::finish);
}

WebSocketTransport::~WebSocketTransport()
{
    drop();
}

void WebSocketTransport::open(const QUrl &url)
{
    drop();
    m_socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this);
    connect(m_socket, &QWebSocket::connected, this, [this] {
        m_deadline.stop();
        Q_EMIT opened();
    });
    connect(m_socket, &QWebSocket::textMessageReceived, this,
            [this](const QString &text) { Q_EMIT received(text.toUtf8()); });
    connect(m_socket, &QWebSocket::disconnected, this, &WebSocketTransport::finish);
    m_deadline.start(openingTime);
    m_socket->open(url);
}

void WebSocketTransport::send(const QByteArray &text)
{
    if (m_socket != nullptr)
        m_socket->sendTextMessage(QString::fromUtf8(text));
}

void WebSocketTransport::close(quint16 code)
{
    if (m_socket == nullptr)
        return;
    m_deadline.start(closingTime);
    m_socket->close(QWebSocketProtocol::CloseCode(code));
}

void WebSocketTransport::drop()
{
    m_deadline.stop();
    if (m_socket == nullptr)
        return;
    m_socket->disconnect(this);
    m_socket->abort();
    m_socket->deleteLater();
    m_socket = nullptr;
}

void WebSocketTransport::finish()
{
    if (m_socket == nullptr)
        return;
    const auto code = quint16(m_socket->closeCode());
    const QString reason
        = m_socket->closeReason().isEmpty() ? m_socket->errorString() : m_socket->closeReason();
    // QWebSocket reports 1000 for a connection that broke; only a real code may end a session.
    const bool handshake = !m_socket->closeReason().isEmpty() || code != 1000;
    drop();
    Q_EMIT closed(handshake ? code : quint16(0), reason);
}

} // namespace guildhall::console
