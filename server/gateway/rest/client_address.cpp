// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/rest/client_address.h"

#include <algorithm>

namespace guildhall {

bool isTrustedProxy(const QHostAddress &peer, const TrustedProxies &trusted)
{
    return peer.isLoopback()
        || std::any_of(trusted.begin(), trusted.end(), [&](const auto &subnet) {
               return peer.isInSubnet(subnet.first, subnet.second);
           });
}

QHostAddress clientAddress(const RequestHead &head, const TrustedProxies &trusted)
{
    QHostAddress client = head.peer;
    if (!isTrustedProxy(client, trusted))
        return client;
    const QList<QByteArray> hops = head.header("x-forwarded-for").split(',');
    for (auto hop = hops.crbegin(); hop != hops.crend(); ++hop) {
        const QHostAddress address(QString::fromLatin1(hop->trimmed()));
        if (address.isNull())
            return client;
        client = address;
        if (!isTrustedProxy(client, trusted))
            return client;
    }
    return client;
}

QByteArray clientBaseUrl(const RequestHead &head, const TrustedProxies &trusted)
{
    QByteArray scheme = "http";
    QByteArray host = head.header("host");
    if (isTrustedProxy(head.peer, trusted)) {
        if (head.header("x-forwarded-proto").trimmed().toLower() == "https")
            scheme = "https";
        if (const QByteArray forwarded = head.header("x-forwarded-host").trimmed();
            !forwarded.isEmpty())
            host = forwarded;
    }
    return scheme + "://" + host;
}

} // namespace guildhall
