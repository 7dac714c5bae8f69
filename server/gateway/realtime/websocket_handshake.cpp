// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/websocket_handshake.h"

#include <QCryptographicHash>
#include <QUrlQuery>

namespace guildhall::realtime {

namespace {

/// @source RFC 6455 1.3
constexpr char acceptGuid[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

QByteArray refusal(const char *statusLine, const char *moreHeaders)
{
    return QByteArray("HTTP/1.1 ") + statusLine + "\r\n" + moreHeaders
        + "Content-Length: 0\r\nConnection: close\r\n\r\n";
}

} // namespace

QByteArray acceptUpgrade(const UpgradeRequest &request)
{
    const QByteArray accept
        = QCryptographicHash::hash(request.key + acceptGuid, QCryptographicHash::Sha1).toBase64();
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Accept: "
        + accept + "\r\n\r\n";
}

std::optional<QByteArray> refuseUpgrade(const UpgradeRequest &request)
{
    if (request.version != "13")
        return refusal("426 Upgrade Required", "Sec-WebSocket-Version: 13\r\n");
    const auto key
        = QByteArray::fromBase64Encoding(request.key, QByteArray::AbortOnBase64DecodingErrors);
    if (!key || key.decoded.size() != 16)
        return refusal("400 Bad Request", "");
    return std::nullopt;
}

ConnectionOptions readConnectionOptions(const QByteArray &query)
{
    const QUrlQuery items(QString::fromUtf8(query));
    const auto value = [&](const char *name) {
        return items.queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded).toUtf8();
    };
    ConnectionOptions options;
    const QByteArray version = value("v");
    const QByteArray encoding = value("encoding");
    const QByteArray compress = value("compress");
    if (!version.isEmpty() && version != "9" && version != "10")
        options.refusal = "Unsupported gateway version.";
    else if (!encoding.isEmpty() && encoding != "json")
        options.refusal = "Unsupported encoding; use json.";
    else if (compress == "zstd-stream")
        options.refusal = "Unsupported compression; use zlib-stream or none.";
    options.zlibStream = compress == "zlib-stream";
    return options;
}

} // namespace guildhall::realtime
