// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/socket_intake.h"

#include <QTcpSocket>
#include <QTimer>

namespace guildhall::realtime {

namespace {

constexpr qint64 largestHead = 64 * 1024;

/// Sends the answer, and waits a moment for the client to take it.
void answerAndClose(QTcpSocket *socket, const QByteArray &answer,
                    std::chrono::milliseconds closeGrace)
{
    QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    QTimer::singleShot(closeGrace, socket, [socket] { socket->abort(); });
    socket->write(answer);
    socket->disconnectFromHost();
}

} // namespace

bool takeInSocket(QTcpSocket *socket, const UpgradeRequest &request,
                  std::chrono::milliseconds closeGrace)
{
    const QByteArray head = socket->peek(largestHead);
    const qsizetype end = head.indexOf("\r\n\r\n");
    // Something from before that is still unsent would mix with what goes straight to the
    // descriptor.
    socket->flush();
    if (end < 0 || socket->bytesToWrite() > 0
        || socket->state() != QAbstractSocket::ConnectedState) {
        dropSocket(socket);
        return false;
    }
    if (const auto refusal = refuseUpgrade(request)) {
        answerAndClose(socket, *refusal, closeGrace);
        return false;
    }
    socket->skip(end + 4);
    return true;
}

void dropSocket(QTcpSocket *socket)
{
    socket->abort();
    socket->deleteLater();
}

} // namespace guildhall::realtime
