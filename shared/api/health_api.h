// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/api/endpoint.h"
#include "shared/dto/health.h"

namespace guildhall::api {

inline constexpr auto health
    = Endpoint<Health, NoInput>{Verb::Get, "/health", Access::Public, limits::read,
                                "Whether the server can serve: the database answers."}
          .storefront();

} // namespace guildhall::api
