// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/rest/client_address.h"

#include <algorithm>
#include <iterator>

namespace guildhall {

namespace {

/// An IPv4 peer of a socket that takes both kinds looks like ::ffff:192.0.2.1.
QHostAddress unmapped(const QHostAddress &address)
{
    bool isIpv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIpv4);
    return isIpv4 ? QHostAddress(ipv4) : address;
}

/// What the proxy nearest to the client said, when several wrote into one header.
QByteArray firstOf(const QByteArray &list)
{
    return list.split(',').first().trimmed();
}

/// Every hop of every X-Forwarded-For: some proxies add a line of their own behind the client's.
QList<QByteArray> hopsOf(const RequestHead &head)
{
    QList<QByteArray> hops;
    for (const HeaderPair &header : head.headers) {
        if (header.first == "x-forwarded-for")
            hops += header.second.split(',');
    }
    return hops;
}

} // namespace

bool isTrustedProxy(const QHostAddress &peer, const TrustedProxies &trusted)
{
    return peer.isLoopback()
        || std::any_of(trusted.begin(), trusted.end(), [&](const auto &subnet) {
               return peer.isInSubnet(subnet.first, subnet.second);
           });
}

QHostAddress clientAddress(const RequestHead &head, const TrustedProxies &trusted)
{
    QHostAddress client = unmapped(head.peer);
    if (!isTrustedProxy(client, trusted))
        return client;
    const QList<QByteArray> hops = hopsOf(head);
    for (auto hop = hops.crbegin(); hop != hops.crend(); ++hop) {
        const QHostAddress address = unmapped(QHostAddress(QString::fromLatin1(hop->trimmed())));
        if (address.isNull())
            return client;
        client = address;
        if (!isTrustedProxy(client, trusted))
            return client;
    }
    return client;
}

QHostAddress countedNetwork(const QHostAddress &address)
{
    const QHostAddress plain = unmapped(address);
    if (plain.protocol() != QAbstractSocket::IPv6Protocol)
        return plain;
    Q_IPV6ADDR network = plain.toIPv6Address();
    std::fill(std::begin(network.c) + 8, std::end(network.c), quint8(0));
    return QHostAddress(network);
}

QByteArray clientBaseUrl(const RequestHead &head, const TrustedProxies &trusted)
{
    QByteArray scheme = "http";
    QByteArray host = head.header("host");
    if (isTrustedProxy(unmapped(head.peer), trusted)) {
        if (firstOf(head.header("x-forwarded-proto")).toLower() == "https")
            scheme = "https";
        if (const QByteArray forwarded = firstOf(head.header("x-forwarded-host"));
            !forwarded.isEmpty())
            host = forwarded;
    }
    return scheme + "://" + host;
}

} // namespace guildhall
