// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/events/event.h"

namespace guildhall {

/// Tokens died: one sign-in's (`session` set), or all of an account's. Heard by the token cache and
/// by whoever holds connections open for them; never sent to clients.
struct TokensRevoked {
    static constexpr const char *eventName = nullptr;
    UserId user;
    AuthSessionId session; ///< null: every token of the account

    /// Whether this is about a token of that account and sign-in.
    bool concerns(UserId account, AuthSessionId signIn) const
    {
        return account == user && (session.isNull() || session == signIn);
    }

    Intent intent() const { return Intent::None; }
    Audience audience() const { return Audience::nobody(); }
    QByteArray payload(PayloadVariant) const { return {}; }
};

} // namespace guildhall
