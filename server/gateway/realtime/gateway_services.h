// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/audience.h"
#include "server/gateway/realtime/commands.h"
#include "server/gateway/realtime/identity.h"
#include "server/gateway/realtime/ready.h"

#include <vector>

namespace guildhall {
class Clock;
class EventBus;
class LoopMetrics;
class WorkerPool;
struct GatewayMetrics;
} // namespace guildhall

namespace guildhall::realtime {

/// What the gateway is plugged into. Nothing here is owned; all of it outlives the ShardPool.
struct GatewayServices {
    EventBus &bus;
    WorkerPool &pool;
    const Clock &clock; ///< judges when tokens end
    RightsSource &rights;
    GatewayAuthenticator &authenticator;
    ReadySource &ready;
    GatewayCommands &commands;
    std::vector<SessionObserver *> observers;
    GatewayMetrics *metrics = nullptr; ///< may be null, as the next
    const LoopMetrics *loops = nullptr;
};

} // namespace guildhall::realtime
