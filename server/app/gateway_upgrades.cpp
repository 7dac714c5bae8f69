// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/gateway_upgrades.h"

#include "server/gateway/door/capped_socket.h"
#include "server/gateway/realtime/shard_pool.h"
#include "server/gateway/realtime/websocket_handshake.h"
#include "server/gateway/rest/request.h"

namespace guildhall {

GatewayUpgrades::GatewayUpgrades(realtime::ShardPool &shards, TrustedProxies trusted,
                                 QByteArray publicUrl)
    : m_shards(shards)
    , m_trusted(std::move(trusted))
    , m_publicUrl(std::move(publicUrl))
{ }

bool GatewayUpgrades::wants(const RequestHead &head)
{
    return head.path == "/" || head.path == "/gateway" || head.path == "/gateway/";
}

void GatewayUpgrades::adopt(CappedSocket *socket, const RequestHead &head)
{
    // `http…` and `https…` become `ws…` and `wss…`.
    const QByteArray base = m_publicUrl.isEmpty() ? clientBaseUrl(head, m_trusted) : m_publicUrl;
    m_shards.adopt(socket,
                   {head.query, head.header("sec-websocket-key"),
                    head.header("sec-websocket-version"), "ws" + base.mid(4)});
}

} // namespace guildhall
