// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/door/upgrade_handler.h"
#include "server/gateway/rest/client_address.h"

namespace guildhall::realtime {

class ShardPool;

/// Brings the door's WebSocket requests for the gateway to the shards. @source api.md 6.1, 7.1
class GatewayUpgrades final : public UpgradeHandler {
public:
    /// @param shards outlives it
    GatewayUpgrades(ShardPool &shards, TrustedProxies trusted);

    bool wants(const RequestHead &head) override;
    void adopt(CappedSocket *socket, const RequestHead &head) override;

private:
    ShardPool &m_shards;
    const TrustedProxies m_trusted;
};

} // namespace guildhall::realtime
