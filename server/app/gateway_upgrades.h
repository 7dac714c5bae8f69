// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/door/upgrade_handler.h"
#include "server/gateway/rest/client_address.h"

#include <QByteArray>

namespace guildhall {

namespace realtime {
class ShardPool;
}

/// Tells the door which upgrades are the realtime gateway's, and hands their sockets over.
/// @thread http
class GatewayUpgrades final : public UpgradeHandler {
public:
    GatewayUpgrades(realtime::ShardPool &shards, TrustedProxies trusted, QByteArray publicUrl);

    /// `/` and `/gateway`, with or without a slash at the end. @source api.md 6.1
    bool wants(const RequestHead &head) override;
    void adopt(CappedSocket *socket, const RequestHead &head) override;

private:
    realtime::ShardPool &m_shards;
    TrustedProxies m_trusted;
    QByteArray m_publicUrl;
};

} // namespace guildhall
