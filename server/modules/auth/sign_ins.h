// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/security/token_signer.h"
#include "server/modules/kernel.h"
#include "shared/dto/auth.h"

#include <chrono>

namespace guildhall {

namespace db {
class Tx;
}

/// Begins and ends what tokens stand for.
/// @thread the transaction's
class SignIns {
public:
    SignIns(const Kernel &kernel, const TokenSigner &signer, std::chrono::seconds lifetime);

    /// A new sign-in of the account, and its token.
    SignedIn begin(db::Tx &tx, const UserSelf &user);
    /// Ends one; nothing when it has ended already. @event TokensRevoked
    void end(db::Tx &tx, UserId user, AuthSessionId session);
    /// Every token of the account dies. One that is made later in the transaction lives.
    /// @event TokensRevoked
    void endAll(db::Tx &tx, UserId user);

private:
    Kernel m_kernel;
    const TokenSigner &m_signer;
    const std::chrono::seconds m_lifetime;
};

} // namespace guildhall
