// SPDX-License-Identifier: GPL-3.0-or-later
#include "raw_gateway.h"

#include <QElapsedTimer>
#include <QHostAddress>
#include <QtEndian>

namespace guildhall::test {

namespace {

constexpr int waitMs = 10'000;

} // namespace

int RawGateway::Frame::closeCode() const
{
    return isClose() && payload.size() >= 2 ? qFromBigEndian<quint16>(payload.constData()) : 0;
}

RawGateway::RawGateway(quint16 port, const QByteArray &behind)
{
    m_socket.connectToHost(QHostAddress::LocalHost, port);
    if (!m_socket.waitForConnected(waitMs))
        return;
    send("GET /?v=10&encoding=json HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n"
         "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
         "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
         + behind);
    while (!m_buffer.contains("\r\n\r\n") && m_socket.waitForReadyRead(waitMs))
        m_buffer += m_socket.readAll();
    m_open = m_buffer.startsWith("HTTP/1.1 101 ");
    m_buffer.remove(0, m_buffer.indexOf("\r\n\r\n") + 4);
}

QByteArray RawGateway::encode(int firstByte, const QByteArray &payload, bool masked)
{
    QByteArray frame(1, char(firstByte));
    const int mask = masked ? 0x80 : 0;
    if (payload.size() < 126) {
        frame += char(mask | int(payload.size()));
    } else if (payload.size() <= 0xffff) {
        frame += char(mask | 126);
        frame.append(2, '\0');
        qToBigEndian(quint16(payload.size()), frame.data() + 2);
    } else {
        frame += char(mask | 127);
        frame.append(8, '\0');
        qToBigEndian(quint64(payload.size()), frame.data() + 2);
    }
    if (!masked)
        return frame + payload;
    static constexpr char key[] = {0x12, 0x34, 0x56, 0x78};
    frame.append(key, 4);
    for (qsizetype i = 0; i < payload.size(); ++i)
        frame += char(payload[i] ^ key[i & 3]);
    return frame;
}

bool RawGateway::send(const QByteArray &bytes)
{
    if (m_socket.write(bytes) != bytes.size())
        return false;
    while (m_socket.bytesToWrite() > 0) {
        if (!m_socket.waitForBytesWritten(waitMs))
            return false;
    }
    return true;
}

std::optional<RawGateway::Frame> RawGateway::takeFrame()
{
    if (m_buffer.size() < 2)
        return std::nullopt;
    qsizetype header = 2;
    quint64 size = quint8(m_buffer[1]);
    if (size == 126 && m_buffer.size() >= 4) {
        size = qFromBigEndian<quint16>(m_buffer.constData() + 2);
        header = 4;
    } else if (size == 127 && m_buffer.size() >= 10) {
        size = qFromBigEndian<quint64>(m_buffer.constData() + 2);
        header = 10;
    } else if (size >= 126) {
        return std::nullopt;
    }
    if (quint64(m_buffer.size() - header) < size)
        return std::nullopt;
    Frame frame{quint8(m_buffer[0]), m_buffer.mid(header, qsizetype(size))};
    m_buffer.remove(0, header + qsizetype(size));
    return frame;
}

RawGateway::Frame RawGateway::read(std::chrono::milliseconds wait)
{
    QElapsedTimer timer;
    timer.start();
    for (;;) {
        if (const auto frame = takeFrame())
            return *frame;
        const qint64 left = wait.count() - timer.elapsed();
        if (left <= 0 || (m_socket.bytesAvailable() == 0 && !m_socket.waitForReadyRead(int(left))))
            return {};
        m_buffer += m_socket.readAll();
    }
}

RawGateway::Frame RawGateway::readUntil(int firstByte)
{
    for (;;) {
        Frame frame = read();
        if (frame.first < 0 || frame.first == firstByte)
            return frame;
    }
}

int RawGateway::closeCode()
{
    return readUntil(0x88).closeCode();
}

bool RawGateway::ends(std::chrono::milliseconds wait)
{
    QElapsedTimer timer;
    timer.start();
    while (m_socket.state() == QAbstractSocket::ConnectedState) {
        const qint64 left = wait.count() - timer.elapsed();
        if (left <= 0)
            return false;
        if (m_socket.waitForReadyRead(int(left)))
            m_buffer += m_socket.readAll();
    }
    return true;
}

} // namespace guildhall::test
