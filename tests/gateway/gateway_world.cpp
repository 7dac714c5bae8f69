// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway_world.h"

#include "gateway_events.h"

namespace guildhall::test {

GatewayWorld::GatewayWorld(realtime::GatewaySettings settings)
    : pool("test", 4, 1000)
    , shards(std::move(settings),
             {bus,
              pool,
              clock,
              rights,
              authenticator,
              ready,
              commands,
              {&observer},
              &metrics.gateway,
              &metrics.loops})
    , m_upgrades(shards, {})
{
    bus.declare<Posted>();
    bus.declare<Whispered>();
    bus.declare<GuildRenamed>();
    bus.declare<Banned>();
    bus.declare<MemberChanged>();
    bus.declare<MemberJoined>();
    bus.declare<MemberLeft>();
    bus.declare<StatusChanged>();
    bus.declare<GuildGone>();
    for (const quint64 id : {7, 8, 9}) {
        rights.setMember(theGuild, UserId(id), true);
        ready.setMember(theGuild, UserId(id), true);
    }
    shards.start();
    m_front = std::make_unique<HttpFront>(DoorSettings(), &m_upgrades);
}

GatewayWorld::~GatewayWorld()
{
    pool.drain(std::chrono::seconds(5));
    shards.shutdown(std::chrono::milliseconds(50));
}

QUrl GatewayWorld::url(const QString &query) const
{
    return QUrl(QStringLiteral("ws://127.0.0.1:%1/?%2").arg(port()).arg(query));
}

} // namespace guildhall::test
