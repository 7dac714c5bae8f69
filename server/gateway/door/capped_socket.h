// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/door/address_quota.h"

#include <QTcpSocket>

namespace guildhall {

/// A client's socket, which is cut off when it is owed too much: QTcpSocket itself, and QWebSocket
/// above it, buffer without limit for a peer that does not read.
/// @thread the one it lives in; it may be moved
class CappedSocket : public QTcpSocket {
    Q_OBJECT

public:
    /// @param place given back when the socket is destroyed, in whichever thread
    explicit CappedSocket(AddressQuota::Place place);

    /// Bytes that may wait to be sent; 0 for no limit, the default.
    void setUnsentCap(qint64 bytes) { m_unsentCap = bytes; }

protected:
    qint64 writeData(const char *data, qint64 size) override;

private:
    AddressQuota::Place m_place;
    qint64 m_unsentCap = 0;
    bool m_cutOff = false;
};

} // namespace guildhall
