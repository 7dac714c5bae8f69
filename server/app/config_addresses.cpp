// SPDX-License-Identifier: GPL-3.0-or-later
// The kinds of values that say where something is on the network.
#include "server/app/config_values.h"

#include <QUrlQuery>

namespace guildhall::configValues {

using namespace Qt::StringLiterals;

namespace {

/// An address as it stands, or "localhost"; names are not looked up.
std::optional<QHostAddress> addressOf(QStringView text)
{
    if (text.compare("localhost"_L1, Qt::CaseInsensitive) == 0)
        return QHostAddress(QHostAddress::LocalHost);
    // QHostAddress also reads "1", "10.1" and the like.
    const bool isV4 = text.count(u'.') == 3 && !text.contains(u':');
    const bool isV6 = text.contains(u':');
    QHostAddress address;
    if ((!isV4 && !isV6) || !address.setAddress(text.toString()))
        return std::nullopt;
    return address;
}

std::optional<quint16> portOf(QStringView text)
{
    const auto port = WholeNumber{0, 65535}(text);
    return port ? std::optional(quint16(*port)) : std::nullopt;
}

std::optional<Subnet> subnetOf(QStringView text)
{
    const qsizetype slash = text.indexOf(u'/');
    const auto address = addressOf(slash < 0 ? text : text.first(slash));
    if (!address)
        return std::nullopt;
    const int bits = address->protocol() == QAbstractSocket::IPv4Protocol ? 32 : 128;
    if (slash < 0)
        return Subnet(*address, bits);
    const auto length = WholeNumber{0, bits}(text.sliced(slash + 1));
    if (!length)
        return std::nullopt;
    return Subnet(*address, int(*length));
}

/// The parts that database and Redis URLs have in common; nothing when it is no URL of `schemes`.
std::optional<QUrl> serverUrl(QStringView text, const QStringList &schemes)
{
    const QUrl url(text.toString(), QUrl::StrictMode);
    if (!url.isValid() || !schemes.contains(url.scheme()) || url.host().isEmpty()
        || url.hasFragment())
        return std::nullopt;
    return url;
}

ServerUrl partsOf(const QUrl &url)
{
    ServerUrl parts;
    parts.host = url.host();
    if (url.port() >= 0)
        parts.port = quint16(url.port());
    parts.user = url.userName(QUrl::FullyDecoded);
    parts.password = url.password(QUrl::FullyDecoded);
    parts.path = url.path(QUrl::FullyDecoded).mid(1);
    return parts;
}

} // namespace

QString Address::allowed() const
{
    return u"an IPv4 or IPv6 address without a port; 0.0.0.0 or :: for all"_s;
}

Read<QHostAddress> Address::operator()(QStringView text) const
{
    if (const auto address = addressOf(text))
        return *address;
    return tl::unexpected(u"is no address"_s);
}

QString AddressAndPort::allowed() const
{
    return u"address:port, as in 127.0.0.1:9100 or [::1]:9100"_s;
}

Read<std::pair<QHostAddress, quint16>> AddressAndPort::operator()(QStringView text) const
{
    const qsizetype colon = text.lastIndexOf(u':');
    if (colon < 0)
        return tl::unexpected(u"has no port"_s);
    QStringView host = text.first(colon);
    const bool isBracketed = host.startsWith(u'[') && host.endsWith(u']');
    if (isBracketed)
        host = host.sliced(1, host.size() - 2);
    // Without brackets nobody can tell the port of an IPv6 address from its last group.
    if (host.contains(u':') != isBracketed)
        return tl::unexpected(u"is no address and port"_s);
    const auto address = addressOf(host);
    const auto port = portOf(text.sliced(colon + 1));
    if (!address || !port)
        return tl::unexpected(u"is no address and port"_s);
    return std::pair(*address, *port);
}

QString Subnets::allowed() const
{
    return u"addresses and subnets with commas between, as in 10.0.0.0/8, ::1"_s;
}

Read<std::vector<Subnet>> Subnets::operator()(QStringView text) const
{
    std::vector<Subnet> subnets;
    for (const QStringView part : text.split(u',')) {
        const auto subnet = subnetOf(part.trimmed());
        if (!subnet)
            return tl::unexpected(
                u"has \"%1\" in it, which is no address or subnet"_s.arg(part.trimmed()));
        subnets.push_back(*subnet);
    }
    return subnets;
}

QString BaseUrl::allowed() const
{
    return u"http:// or https://, a host, perhaps a port, and nothing behind"_s;
}

Read<QUrl> BaseUrl::operator()(QStringView text) const
{
    QUrl url(text.toString(), QUrl::StrictMode);
    if (url.scheme() == "ws"_L1 || url.scheme() == "wss"_L1)
        url.setScheme(url.scheme() == "ws"_L1 ? u"http"_s : u"https"_s);
    if (!url.isValid() || (url.scheme() != "http"_L1 && url.scheme() != "https"_L1)
        || url.host().isEmpty())
        return tl::unexpected(u"is no web address"_s);
    if (url.path() == "/"_L1)
        url.setPath(QString());
    if (!url.path().isEmpty() || url.hasQuery() || url.hasFragment() || !url.userInfo().isEmpty())
        return tl::unexpected(u"has more in it than a scheme, a host and a port"_s);
    return url;
}

QString DatabaseUrl::allowed() const
{
    return u"postgres://user:password@host:port/database?sslmode=…"_s;
}

Read<ServerUrl> DatabaseUrl::operator()(QStringView text) const
{
    const auto url = serverUrl(text, {u"postgres"_s, u"postgresql"_s});
    if (!url)
        return tl::unexpected(u"is no address of a PostgreSQL server"_s);
    ServerUrl parts = partsOf(*url);
    for (const auto &[name, value] : QUrlQuery(*url).queryItems(QUrl::FullyDecoded)) {
        if (name != "sslmode"_L1)
            return tl::unexpected(u"has the unknown parameter \"%1\""_s.arg(name));
        if (!sslModes()(value))
            return tl::unexpected(u"has the unknown sslmode \"%1\""_s.arg(value));
        parts.sslMode = value;
    }
    if (parts.path.contains(u'/'))
        return tl::unexpected(u"names no database"_s);
    return parts;
}

} // namespace guildhall::configValues
