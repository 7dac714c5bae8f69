// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/caller.h"
#include "server/infrastructure/runtime/attempt_limiter.h"
#include "server/infrastructure/security/password_hash.h"
#include "server/modules/kernel.h"
#include "shared/core/result.h"
#include "shared/dto/user.h"

namespace guildhall {

class SignIns;
class UserService;
struct UserChanges;

/// Changing one's own account. It stands here, and not with the accounts, because names, mail
/// addresses and passwords are changed with the password, and a new password ends every token.
/// @thread heavy pool
class AccountService {
public:
    AccountService(const Kernel &kernel, PasswordHash::Cost cost, UserService &users,
                   SignIns &signIns);

    /// @return the account; with a new password also the token that is good from now on
    /// @error Unauthorized     the account is gone
    /// @error InvalidFormBody  password BASE_TYPE_REQUIRED or PASSWORD_DOES_NOT_MATCH; names taken
    /// @error AuthThrottled    more than 10 wrong passwords a minute
    /// @event UserUpdated; TokensRevoked with a new password
    Result<ModifiedSelf> modify(const Caller &who, const ModifySelf &body);

private:
    Result<QByteArray> provePassword(UserId user, const std::optional<QString> &password);
    Result<ModifiedSelf> apply(UserId user, const UserChanges &changes,
                               const std::optional<QByteArray> &proven,
                               const std::optional<QByteArray> &newHash);

    Kernel m_kernel;
    const PasswordHash m_passwords;
    UserService &m_users;
    SignIns &m_signIns;
    AttemptLimiter m_wrongPasswords;
};

} // namespace guildhall
