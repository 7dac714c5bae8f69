// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/caller.h"
#include "server/modules/kernel.h"
#include "shared/api/gateway_api.h"
#include "shared/api/health_api.h"
#include "shared/core/result.h"

#include <functional>

namespace guildhall {

/// Routes about the daemon itself: its health, and where its gateway listens.
class InstanceController {
public:
    /// How many sessions an account may still start. @thread any
    using StartLimit = std::function<SessionStartLimit(UserId)>;

    InstanceController(const Kernel &kernel, StartLimit startLimit);

private:
    Result<Health> health(const Caller &who);
    Result<GatewayInfo> gateway(const Caller &who);
    Result<GatewayBotInfo> gatewayForBots(const Caller &who);

    Kernel m_kernel;
    StartLimit m_startLimit;
};

} // namespace guildhall
