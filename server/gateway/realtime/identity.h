// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"
#include "shared/core/result.h"
#include "shared/core/timestamp.h"
#include "shared/gateway/intents.h"

#include <QByteArray>

#include <optional>

namespace guildhall::realtime {

/// Whom a token belongs to.
struct Identity {
    UserId user;
    bool bot = false;
    /// The sign-in behind a user's token; null for bots.
    AuthSessionId authSession;
    /// When the token ends by itself; the session is closed with 4004 then.
    std::optional<Timestamp> expiresAt;
    /// Privileged intents that the application's settings forbid (4014).
    Intents deniedIntents;
};

/// Judges the tokens of IDENTIFY and RESUME; the auth module implements it.
class GatewayAuthenticator {
public:
    virtual ~GatewayAuthenticator() = default;

    /// @param token without the schemes `Bot ` and `Bearer `, which the gateway takes off
    /// @error Unauthorized (or any other) closes the connection with 4004
    /// @thread pool (may block); a Fault makes the gateway try again, then answer op 9
    virtual Result<Identity> identify(const QByteArray &token) = 0;
};

} // namespace guildhall::realtime
