// SPDX-License-Identifier: GPL-3.0-or-later
// What goes to the client: answers, refusals, the end. Also the deadlines.
#include "server/gateway/door/answer_bytes.h"
#include "server/gateway/door/capped_socket.h"
#include "server/gateway/door/client_connection.h"
#include "server/gateway/door/front_door.h"

#include <sys/socket.h>

#include <utility>

namespace guildhall {

void ClientConnection::answered(QByteArray answer, bool closeAfter)
{
    m_ticket = 0;
    m_closeAfter = m_closeAfter || closeAfter;
    send(std::move(answer));
    advance();
}

/// Answers what cannot be gone on with, and ends the connection.
void ClientConnection::fail(int status)
{
    m_door.noteRefusal(status);
    if (const quint64 ticket = std::exchange(m_ticket, 0))
        m_door.desk().abandon(ticket);
    m_sink.clear(); // the client may take its time to go
    m_closeAfter = true;
    answerAlone(errorResponse(status));
}

/// Answers without QtHttpServer, which has not seen the request.
void ClientConnection::answerAlone(const Response &response)
{
    m_closeAfter = m_closeAfter || response.closeAfter;
    send(answerBytes(response));
}

void ClientConnection::send(QByteArray answer)
{
    m_closeAfter = m_closeAfter || m_door.isDraining();
    const QByteArray &date = m_door.dateLine();
    dressAnswer(answer, m_closeAfter ? date + "Connection: close\r\n" : date, !m_isHead);
    m_socket->write(answer);
    m_socket->flush(); // may find out that the peer has left
    if (m_phase == Phase::Gone)
        return;
    if (m_socket->bytesToWrite() == 0) {
        sent();
        return;
    }
    m_phase = Phase::Writing;
    m_counterMark = -m_socket->bytesToWrite();
    deadlineIn(m_door.limits().writeTime);
}

void ClientConnection::onBytesWritten()
{
    // While flush() runs the phase is an earlier one, and send() goes on by itself.
    if (m_phase != Phase::Writing || m_socket->bytesToWrite() > 0)
        return;
    sent();
    advance();
}

void ClientConnection::sent()
{
    if (m_closeAfter)
        linger();
    else
        nextRequest();
}

void ClientConnection::nextRequest()
{
    m_phase = Phase::Head;
    m_fresh = false;
    m_headBegun = false;
    m_isHead = false;
    m_parser.reset();
    deadlineIn(m_door.limits().idleTime);
}

/// Closing at once, with bytes of the client unread, would make the kernel send a reset, which
/// takes the answer away from a client that has not read it yet.
void ClientConnection::linger()
{
    m_phase = Phase::Lingering;
    ::shutdown(int(m_socket->socketDescriptor()), SHUT_WR);
    deadlineIn(m_door.limits().lingerTime);
}

void ClientConnection::closeWhenAnswered()
{
    if (m_phase == Phase::Head && !m_headBegun)
        linger();
    else
        m_closeAfter = true;
}

void ClientConnection::onDisconnected()
{
    if (m_phase == Phase::Gone)
        return;
    m_phase = Phase::Gone;
    letGo();
}

void ClientConnection::letGo()
{
    if (const quint64 ticket = std::exchange(m_ticket, 0))
        m_door.desk().abandon(ticket);
    if (CappedSocket *socket = std::exchange(m_socket, nullptr)) {
        socket->disconnect(this);
        socket->deleteLater(); // one of its signals may have led here
    }
    m_door.remove(this);
}

void ClientConnection::deadlineIn(std::chrono::milliseconds span)
{
    m_deadline = m_door.now() + span.count();
}

void ClientConnection::sweep(qint64 now)
{
    if (m_deadline != 0 && now >= m_deadline)
        expire();
}

void ClientConnection::expire()
{
    const DoorLimits &limits = m_door.limits();
    const qint64 least = limits.bodyBytesPerSecond * limits.bodyTime.count() / 1000;
    switch (m_phase) {
    case Phase::Head:
        if (m_fresh || m_headBegun)
            fail(408);
        else
            linger();
        break;
    case Phase::Body:
    case Phase::RefusedBody:
        if (hasProgressed(m_body.received(), least))
            deadlineIn(limits.bodyTime);
        else
            fail(408);
        break;
    case Phase::Writing:
        if (hasProgressed(-m_socket->bytesToWrite(), 1)) {
            deadlineIn(limits.writeTime);
        } else {
            m_door.noteRefusal(408);
            m_socket->abort();
        }
        break;
    case Phase::Lingering:
        m_socket->abort();
        break;
    case Phase::Judged:
    case Phase::Handled:
    case Phase::Gone:
        m_deadline = 0; // waits for ourselves
        break;
    }
}

bool ClientConnection::hasProgressed(qint64 counter, qint64 least)
{
    return counter - std::exchange(m_counterMark, counter) >= least;
}

} // namespace guildhall
