// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/api/back_off.h"
#include "admin-gui/api/link_status.h"
#include "admin-gui/api/socket_transport.h"
#include "shared/core/secret.h"
#include "shared/gateway/opcodes.h"
#include "shared/json/parse.h"

#include <QElapsedTimer>
#include <QTimer>

#include <memory>
#include <optional>

namespace guildhall::console {

/// What a GatewayLink hands on. Called in the GUI thread, in the order the server sent.
class DispatchListener {
public:
    virtual ~DispatchListener() = default;
    /// An event. @param d lives for the call only
    virtual void onDispatch(QByteArrayView name, const json::Value &d) = 0;
};

/// The connection to the gateway: says hello, beats, resumes or identifies again, and comes back
/// by itself when it breaks. What the events mean is for the listener.
/// @source api.md 7
class GatewayLink : public QObject {
    Q_OBJECT

public:
    GatewayLink(std::unique_ptr<SocketTransport> socket, DispatchListener &listener,
                BackOff backOff = BackOff(), QObject *parent = nullptr);

    /// Connects as the account of `token`, and keeps connected until stop().
    /// @param gateway as GET /gateway gives it, without a query
    void start(const QUrl &gateway, Secret<QString> token);
    /// Ends the session. The server is told, so that the account goes offline at once.
    void stop();
    /// Ends the wait for the next try.
    void retryNow();

    const LinkStatus &status() const { return m_status; }

Q_SIGNALS:
    void statusChanged(const guildhall::console::LinkStatus &status);
    /// Between a heartbeat and its answer.
    void latencyMeasured(std::chrono::milliseconds latency);

private:
    struct Session {
        QString id;
        QUrl url;
    };

    void connectNow();
    void onReceived(const QByteArray &text);
    void onHello(const json::Value *d);
    void onDispatch(const json::Value &frame, const json::Value &d);
    void onInvalidSession(bool resumable);
    void onClosed(quint16 code, const QString &reason);
    void greet();
    void beat();
    void sendHeartbeat();
    void dropConnection();
    void wait(const QString &reason);
    void forgetSession();
    void setStatus(LinkStatus status);

    std::unique_ptr<SocketTransport> m_socket;
    DispatchListener &m_listener;
    BackOff m_backOff;
    QUrl m_gateway;
    Secret<QString> m_token;
    std::optional<Session> m_session;
    std::optional<qint64> m_sequence;
    LinkStatus m_status;
    QTimer m_heartbeat;
    QTimer m_retry;
    QElapsedTimer m_sinceBeat;
    bool m_beatAnswered = true;
};

} // namespace guildhall::console

Q_DECLARE_METATYPE(std::chrono::milliseconds)
