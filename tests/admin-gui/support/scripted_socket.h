// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/api/socket_transport.h"
#include "shared/json/parse.h"

#include <QList>

namespace guildhall::console {

/// A gateway that says what a test tells it to.
class ScriptedSocket : public SocketTransport {
    Q_OBJECT

public:
    using SocketTransport::SocketTransport;

    void open(const QUrl &url) override
    {
        urls.append(url);
        isOpen = true;
        Q_EMIT opened();
    }
    void send(const QByteArray &text) override { sent.append(text); }
    void close(quint16 code) override
    {
        closeCodes.append(code);
        if (std::exchange(isOpen, false))
            Q_EMIT closed(code, {});
    }

    /// The connection breaks, or the server ends it.
    void breakOff(quint16 code = 0, const QString &reason = {})
    {
        isOpen = false;
        Q_EMIT closed(code, reason);
    }
    void say(const QByteArray &frame) { Q_EMIT received(frame); }
    void hello(int intervalMs = 45000)
    {
        say("{\"op\":10,\"s\":null,\"t\":null,\"d\":{\"heartbeat_interval\":"
            + QByteArray::number(intervalMs) + "}}");
    }
    void dispatch(const QByteArray &name, const QByteArray &d)
    {
        say("{\"op\":0,\"s\":" + QByteArray::number(++sequence) + ",\"t\":\"" + name
            + "\",\"d\":" + d + '}');
    }
    /// The opcode of each payload that was sent.
    QList<int> opcodes() const
    {
        QList<int> out;
        for (const QByteArray &text : sent) {
            const auto frame = json::parse(text);
            out.append(json::member(*frame, "op")->GetInt());
        }
        return out;
    }

    QList<QUrl> urls;
    QList<QByteArray> sent;
    QList<quint16> closeCodes;
    bool isOpen = false;
    int sequence = 0;
};

} // namespace guildhall::console
