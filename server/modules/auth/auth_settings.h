// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/security/password_hash.h"
#include "shared/core/secret.h"

#include <QByteArray>

#include <chrono>
#include <vector>

namespace guildhall {

struct AuthMetrics;

/// What the daemon's configuration says about signing in.
struct AuthSettings {
    Secret<QByteArray> jwtSecret; ///< empty: made once and kept in the database
    std::vector<Secret<QByteArray>> previousSecrets; ///< verify, but do not sign
    std::chrono::seconds tokenLifetime = std::chrono::hours(7 * 24);
    bool registrationOpen = true;
    PasswordHash::Cost passwordCost;
    AuthMetrics *metrics = nullptr; ///< where refused tokens are counted; may be null
};

} // namespace guildhall
