// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/door/capped_socket.h"

#include <utility>

namespace guildhall {

CappedSocket::CappedSocket(AddressQuota::Place place)
    : m_place(std::move(place))
{ }

qint64 CappedSocket::writeData(const char *data, qint64 size)
{
    if (m_cutOff)
        return size;
    if (m_unsentCap > 0 && bytesToWrite() + size > m_unsentCap) {
        // Queued: whoever writes is not prepared for the socket to go in the middle of it.
        m_cutOff = true;
        QMetaObject::invokeMethod(this, &QAbstractSocket::abort, Qt::QueuedConnection);
        return size;
    }
    return QTcpSocket::writeData(data, size);
}

} // namespace guildhall
