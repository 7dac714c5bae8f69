// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/caller.h"
#include "server/modules/kernel.h"
#include "shared/api/gateway_api.h"
#include "shared/api/health_api.h"
#include "shared/core/result.h"

#include <functional>

namespace guildhall {

/// Routes about the daemon itself: its health, and where its gateway listens. They are answered
/// whatever the database and those who wait for it are at. @thread http
class InstanceController {
public:
    /// How many sessions an account may still start. @thread any
    using StartLimit = std::function<SessionStartLimit(UserId)>;

    /// @param databaseAnswers must not block
    InstanceController(const Kernel &kernel, StartLimit startLimit,
                       std::function<bool()> databaseAnswers);

private:
    Result<Health> health(const Caller &who);
    Result<GatewayInfo> gateway(const Caller &who);
    Result<GatewayBotInfo> gatewayForBots(const Caller &who);

    StartLimit m_startLimit;
    std::function<bool()> m_databaseAnswers;
};

} // namespace guildhall
