// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/door/door_socket.h"

#include <QHostAddress>

#include <algorithm>
#include <cstring>
#include <utility>

namespace guildhall {

namespace {

constexpr qsizetype usualAnswer = 1024;

} // namespace

DoorSocket::DoorSocket(QObject *parent)
    : QTcpSocket(parent)
{
    setSocketState(QAbstractSocket::ConnectedState);
    setOpenMode(QIODevice::ReadWrite | QIODevice::Unbuffered);
    setPeerAddress(QHostAddress::LocalHost); // the real one travels with the ticket
}

DoorSocket::~DoorSocket()
{
    // The base class would try to disconnect what was never connected.
    setSocketState(QAbstractSocket::UnconnectedState);
}

void DoorSocket::offer(QByteArray request)
{
    m_request = std::move(request);
    m_read = 0;
    Q_EMIT readyRead();
}

QByteArray DoorSocket::takeAnswer()
{
    return std::exchange(m_answer, {});
}

void DoorSocket::retire()
{
    m_broken = true;
    setSocketState(QAbstractSocket::UnconnectedState);
    Q_EMIT disconnected();
    deleteLater();
}

qint64 DoorSocket::bytesAvailable() const
{
    return m_request.size() - m_read + QTcpSocket::bytesAvailable();
}

qint64 DoorSocket::readData(char *data, qint64 size)
{
    const auto part = std::min<qint64>(size, m_request.size() - m_read);
    std::memcpy(data, m_request.constData() + m_read, size_t(part));
    m_read += part;
    return part;
}

qint64 DoorSocket::writeData(const char *data, qint64 size)
{
    if (m_answer.isEmpty())
        m_answer.reserve(usualAnswer); // QtHttpServer writes many small pieces
    m_answer.append(data, size);
    return size;
}

} // namespace guildhall
