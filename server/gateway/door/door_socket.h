// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpSocket>

namespace guildhall {

/// The socket that QtHttpServer sees: it has no descriptor. A request is put into it as a whole,
/// the answer is taken out of it as a whole. It belongs to no client, so no client can leave it:
/// that is what keeps QtHttpServer 6.4 from using a socket that has gone.
/// @thread http
class DoorSocket : public QTcpSocket {
    Q_OBJECT

public:
    explicit DoorSocket(QObject *parent);
    ~DoorSocket() override;

    /// Lets QtHttpServer read a request, which it does before this returns.
    void offer(QByteArray request);
    /// What QtHttpServer has written since the last call.
    QByteArray takeAnswer();
    /// Whether QtHttpServer has given it up.
    bool isBroken() const { return m_broken; }
    /// Ends it: QtHttpServer is told that the peer has left, and the object goes.
    void retire();

    qint64 bytesAvailable() const override;
    void disconnectFromHost() override { m_broken = true; }
    void close() override { m_broken = true; }

protected:
    qint64 readData(char *data, qint64 size) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    QByteArray m_request;
    qsizetype m_read = 0;
    QByteArray m_answer;
    bool m_broken = false;
};

} // namespace guildhall
