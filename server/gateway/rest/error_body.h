// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/response.h"
#include "shared/api/endpoint.h"
#include "shared/core/api_error.h"

namespace guildhall {

/// A refusal as the answer that a client gets: `{code, message, errors?}`, in the storefront's
/// dialect also `statusCode` and `error`. @source api.md 2, 12
Response refusalResponse(const ApiError &error, api::Dialect dialect);

/// A JSON answer. An empty body makes a 204 of it.
Response jsonResponse(int status, QByteArray body);

} // namespace guildhall
