// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/api/endpoint.h"
#include "shared/dto/gateway_info.h"

namespace guildhall::api {

inline constexpr Endpoint<GatewayInfo, NoInput> getGateway{
    Verb::Get, "/gateway", Access::Public, limits::read, "Where the gateway listens."};
inline constexpr Endpoint<GatewayBotInfo, NoInput> getGatewayBot{
    Verb::Get, "/gateway/bot", Access::Account, limits::read,
    "Where the gateway listens, and how many sessions may start."};

} // namespace guildhall::api
