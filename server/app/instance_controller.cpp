// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/instance_controller.h"

#include "server/gateway/rest/router.h"
#include "server/infrastructure/database/database.h"

namespace guildhall {

namespace {

/// `http://…` as `ws://…`, `https://…` as `wss://…`.
QString gatewayUrl(const Caller &who)
{
    return QStringLiteral("ws") + QString::fromLatin1(who.baseUrl.mid(4));
}

} // namespace

InstanceController::InstanceController(const Kernel &kernel, StartLimit startLimit)
    : m_kernel(kernel)
    , m_startLimit(std::move(startLimit))
{
    kernel.routes.bind(api::health, this, &InstanceController::health);
    kernel.routes.bind(api::getGateway, this, &InstanceController::gateway);
    kernel.routes.bind(api::getGatewayBot, this, &InstanceController::gatewayForBots);
}

Result<Health> InstanceController::health(const Caller &)
{
    if (!m_kernel.database.ping()) {
        ApiError error = makeError(ErrorCode::Unavailable);
        error.retryAfter = 1;
        return tl::unexpected<ApiError>(std::move(error));
    }
    return Health{};
}

Result<GatewayInfo> InstanceController::gateway(const Caller &who)
{
    return GatewayInfo{gatewayUrl(who)};
}

Result<GatewayBotInfo> InstanceController::gatewayForBots(const Caller &who)
{
    return GatewayBotInfo{gatewayUrl(who), 1, m_startLimit(who.user)};
}

} // namespace guildhall
