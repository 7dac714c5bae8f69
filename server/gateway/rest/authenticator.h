// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/caller.h"
#include "shared/core/result.h"

#include <optional>

namespace guildhall {

/// Turns an Authorization header into a principal; the auth module implements it.
class Authenticator {
public:
    virtual ~Authenticator() = default;

    /// What is known without asking the database; nullopt when it has to be asked.
    /// @thread http; must not block
    virtual std::optional<Result<Principal>> recall(const QByteArray &authorization) = 0;
    /// How much an unjudged token has for it. Guesses share what their address is left to be
    /// judged; those who live at that address must not have to.
    enum class Standing {
        Unknown,
        Signed, ///< we made it; whether it still counts is not known
        WasGood, ///< it was good not long ago, and nothing was heard against it
    };
    /// @thread http; must not block
    virtual Standing standing(const QByteArray &) { return Standing::Unknown; }
    /// Asks the database. @error Unauthorized  @thread api pool (may block); may throw a Fault
    virtual Result<Principal> authenticate(const QByteArray &authorization) = 0;
};

} // namespace guildhall
