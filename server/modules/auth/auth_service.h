// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/caller.h"
#include "server/gateway/rest/submitted.h"
#include "server/infrastructure/runtime/attempt_limiter.h"
#include "server/modules/auth/auth_settings.h"
#include "server/modules/kernel.h"
#include "shared/core/result.h"
#include "shared/core/secret.h"
#include "shared/dto/auth.h"

namespace guildhall {

class SignIns;
class UserService;
struct StoredPassword;
namespace db {
class Tx;
}

/// Registering, signing in and out.
/// @thread heavy pool where a password is given (tens of milliseconds), else api pool
class AuthService {
public:
    AuthService(const Kernel &kernel, const AuthSettings &settings, UserService &users,
                SignIns &signIns);

    /// Makes a person's account and signs it in.
    /// @error RegistrationClosed  before the body is looked at
    /// @error InvalidFormBody     with every mistake
    /// @event AccountRegistered
    Result<SignedIn> registerAccount(const Submitted<Register> &submitted);

    /// Signs a person in. Takes the same time, and answers the same, for an account that does not
    /// exist, one that is disabled and a wrong password.
    /// @error InvalidFormBody  status 401, INVALID_LOGIN on both fields
    /// @error AuthThrottled    more than 10 tries a minute from one address for one name
    Result<SignedIn> login(const Caller &who, const Login &body);

    /// Ends the sign-in that the caller's token stands for. @event TokensRevoked
    Result<void> logout(const Caller &who);

    /// Makes an administrator of this instance; for the command line.
    /// @error InvalidFormBody with every mistake
    Result<UserSelf> createAdministrator(const QString &username, const QString &email,
                                         const Secret<QString> &password);

    /// Every token of the account dies with the commit of `tx`. @event TokensRevoked
    void revokeAll(db::Tx &tx, UserId user);

    /// Sweeps sign-ins whose tokens have expired; for a job that runs now and then.
    /// @return how many there were
    qint64 removeExpiredSignIns();

private:
    Result<UserSelf> makeAccount(db::Tx &tx, const Register &body, const QByteArray &hash,
                                 bool administrator);
    Result<void> throttle(const Caller &who, const QString &account);
    std::optional<StoredPassword> provenAccount(const QString &account, const QString &password);

    Kernel m_kernel;
    const bool m_registrationOpen;
    const PasswordHash m_passwords;
    AuthMetrics *m_metrics;
    UserService &m_users;
    SignIns &m_signIns;
    AttemptLimiter m_attempts;
};

} // namespace guildhall
