// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/request.h"

#include <QHostAddress>
#include <QList>

#include <utility>

namespace guildhall {

/// Proxies whose X-Forwarded headers are believed; loopback counts as one.
using TrustedProxies = QList<std::pair<QHostAddress, int>>;

bool isTrustedProxy(const QHostAddress &peer, const TrustedProxies &trusted);

/// Who really asks: the peer, or behind a trusted proxy the right-most hop that is not one.
/// @source reliability.md 2
QHostAddress clientAddress(const RequestHead &head, const TrustedProxies &trusted);

/// What limits count an address as: itself, and with IPv6 its /64, of which a client owns all.
QHostAddress countedNetwork(const QHostAddress &address);

/// `http://host:port` under which the client reached us, by X-Forwarded-Proto and -Host when a
/// trusted proxy sent them. @source api.md 14.24
QByteArray clientBaseUrl(const RequestHead &head, const TrustedProxies &trusted);

} // namespace guildhall
