// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/gateway_upgrades.h"

#include "server/gateway/door/capped_socket.h"
#include "server/gateway/realtime/shard_pool.h"

namespace guildhall::realtime {

namespace {

constexpr std::array<const char *, 3> paths{"/", "/gateway", "/gateway/"};

/// Whether a comma-separated header has `token`, in any case.
bool hasToken(const QByteArray &header, const char *token)
{
    const QList<QByteArray> items = header.toLower().split(',');
    return std::any_of(items.begin(), items.end(),
                       [&](const QByteArray &item) { return item.trimmed() == token; });
}

/// The same place as `http://…` is for REST.
QByteArray webSocketUrl(const QByteArray &httpUrl)
{
    return httpUrl.startsWith("http") ? "ws" + httpUrl.sliced(4) : httpUrl;
}

} // namespace

GatewayUpgrades::GatewayUpgrades(ShardPool &shards, TrustedProxies trusted)
    : m_shards(shards)
    , m_trusted(std::move(trusted))
{ }

bool GatewayUpgrades::wants(const RequestHead &head)
{
    return head.method == "GET" && std::find(paths.begin(), paths.end(), head.path) != paths.end()
        && hasToken(head.header("upgrade"), "websocket")
        && hasToken(head.header("connection"), "upgrade");
}

void GatewayUpgrades::adopt(CappedSocket *socket, const RequestHead &head)
{
    UpgradeRequest request;
    request.query = head.query;
    request.key = head.header("sec-websocket-key");
    request.version = head.header("sec-websocket-version");
    request.publicUrl = webSocketUrl(clientBaseUrl(head, m_trusted));
    m_shards.adopt(socket, request);
}

} // namespace guildhall::realtime
