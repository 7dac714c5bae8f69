// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/app/server_address.h"

#include <QHostAddress>

namespace guildhall::console {

namespace {

bool isThisComputer(const QString &host)
{
    QHostAddress address;
    return host == u"localhost" || host.endsWith(u".localhost")
        || (address.setAddress(host) && address.isLoopback());
}

} // namespace

std::optional<QUrl> parseServerAddress(const QString &text)
{
    const QString typed = text.trimmed();
    if (typed.isEmpty() || typed.contains(u' '))
        return std::nullopt;
    const bool hasScheme = typed.contains(QStringLiteral("://"));
    QUrl url(hasScheme ? typed : QStringLiteral("https://") + typed, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty())
        return std::nullopt;
    if (!hasScheme && isThisComputer(url.host()))
        url.setScheme(QStringLiteral("http"));
    if (url.scheme() != u"http" && url.scheme() != u"https")
        return std::nullopt;
    url = url.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::StripTrailingSlash);
    if (url.path() == u"/")
        url.setPath({}); // so that one server has one spelling
    return url;
}

bool isReadableOnTheWay(const QUrl &server)
{
    return server.scheme() == u"http" && !isThisComputer(server.host());
}

QString serverText(const QUrl &server)
{
    const QString text = server.toDisplayString(QUrl::StripTrailingSlash);
    const QString secure = QStringLiteral("https://");
    return text.startsWith(secure) ? text.mid(secure.size()) : text;
}

} // namespace guildhall::console
