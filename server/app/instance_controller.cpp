// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/instance_controller.h"

#include "server/gateway/rest/router.h"

namespace guildhall {

namespace {

/// `http://…` as `ws://…`, `https://…` as `wss://…`.
QString gatewayUrl(const Caller &who)
{
    return QStringLiteral("ws") + QString::fromLatin1(who.baseUrl.mid(4));
}

} // namespace

InstanceController::InstanceController(const Kernel &kernel, StartLimit startLimit,
                                       std::function<bool()> databaseAnswers)
    : m_startLimit(std::move(startLimit))
    , m_databaseAnswers(std::move(databaseAnswers))
{
    using Self = InstanceController;
    kernel.routes.bind(api::health, this, &Self::health, Work::Immediate);
    kernel.routes.bind(api::getGateway, this, &Self::gateway, Work::Immediate);
    kernel.routes.bind(api::getGatewayBot, this, &Self::gatewayForBots, Work::Immediate);
}

Result<Health> InstanceController::health(const Caller &)
{
    if (!m_databaseAnswers()) {
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
