// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/auth/auth_service.h"

#include "server/infrastructure/database/database.h"
#include "server/infrastructure/metrics/metric_groups.h"
#include "server/infrastructure/runtime/snowflakes.h"
#include "server/modules/auth/auth_repository.h"
#include "server/modules/auth/sign_ins.h"
#include "server/modules/user/user_events.h"
#include "server/modules/user/user_service.h"
#include "shared/api/auth_api.h"
#include "shared/json/codec.h"

namespace guildhall {

using namespace std::chrono_literals;

namespace {

/// Of one address for one name. @source api.md 3.3
constexpr int triesPerWindow = 10;
constexpr auto triesWindow = 60s;

tl::unexpected<ApiError> wrongLogin()
{
    const auto mistake = [](QString field) {
        return FieldError{
            {std::move(field)}, "INVALID_LOGIN", QStringLiteral("Login or password is invalid.")};
    };
    ApiError error = makeError(ErrorCode::InvalidFormBody);
    error.fields = {mistake(QStringLiteral("login")), mistake(QStringLiteral("password"))};
    error.status = 401;
    return tl::unexpected<ApiError>(std::move(error));
}

/// Holds a body that did not come over the wire to the same rules.
Result<Register> checked(const Register &body)
{
    return json::decode<Register>(QByteArrayView(json::encode(body)));
}

} // namespace

AuthService::AuthService(const Kernel &kernel, const AuthSettings &settings, UserService &users,
                         SignIns &signIns)
    : m_kernel(kernel)
    , m_registrationOpen(settings.registrationOpen)
    , m_passwords(settings.passwordCost)
    , m_metrics(settings.metrics)
    , m_users(users)
    , m_signIns(signIns)
    , m_attempts(triesPerWindow, triesWindow, kernel.clock)
{ }

Result<UserSelf> AuthService::makeAccount(db::Tx &tx, const Register &body, const QByteArray &hash,
                                          bool administrator)
{
    NewUser account;
    account.id = m_kernel.ids.next<UserId>();
    account.username = body.username;
    account.email = body.email;
    account.passwordHash = hash;
    account.globalName = body.globalName;
    account.administrator = administrator;
    return m_users.create(tx, account);
}

Result<SignedIn> AuthService::registerAccount(const Submitted<Register> &submitted)
{
    if (!m_registrationOpen)
        return refuse(ErrorCode::RegistrationClosed);
    GH_TRY(const Register body, submitted.checked());
    // Asked first, so that nobody can have us hash passwords for names that are taken.
    GH_CHECK(m_users.requireFree(body.username, body.email));
    const QByteArray hash = m_passwords.hash(body.password);
    return m_kernel.database.transact([&](db::Tx &tx) -> Result<SignedIn> {
        GH_TRY(const UserSelf user, makeAccount(tx, body, hash, false));
        tx.publishOnCommit(AccountRegistered{user.id, body.invite.value_or(QString())});
        return m_signIns.begin(tx, user);
    });
}

Result<void> AuthService::throttle(const Caller &who, const QString &account)
{
    const auto wait = m_attempts.attempt(who.network + '\n' + account.toLower().toUtf8());
    if (!wait)
        return {};
    if (m_metrics)
        m_metrics->rateLimited.of(api::limits::login.bucket).Increment();
    ApiError error = makeError(ErrorCode::AuthThrottled);
    error.retryAfter = std::chrono::duration<double>(*wait).count();
    return tl::unexpected<ApiError>(std::move(error));
}

std::optional<StoredPassword> AuthService::provenAccount(const QString &account,
                                                         const QString &password)
{
    std::optional<StoredPassword> stored
        = AuthRepository::passwordOf(m_kernel.database.session(), account);
    if (!stored) {
        m_passwords.verifyNobody(password);
        return std::nullopt;
    }
    if (!m_passwords.verify(password, stored->hash) || stored->disabled)
        return std::nullopt;
    return stored;
}

Result<SignedIn> AuthService::login(const Caller &who, const Login &body)
{
    const QString account = body.account().trimmed();
    if (account.isEmpty()) {
        return refuseField({QStringLiteral("login")}, "BASE_TYPE_REQUIRED",
                           QStringLiteral("This field is required"));
    }
    GH_CHECK(throttle(who, account));
    const std::optional<StoredPassword> proven = provenAccount(account, body.password);
    if (!proven)
        return wrongLogin();
    const std::optional<UserSelf> user = m_users.self(proven->user);
    if (!user)
        return wrongLogin();
    std::optional<QByteArray> better;
    if (m_passwords.needsRehash(proven->hash))
        better = m_passwords.hash(body.password);
    return m_kernel.database.transact([&](db::Tx &tx) -> Result<SignedIn> {
        // Verifying took its time: a password that was changed meanwhile opens nothing.
        if (!AuthRepository::holdPassword(tx, user->id, proven->hash))
            return wrongLogin();
        if (better)
            AuthRepository::storePassword(tx, user->id, *better);
        return m_signIns.begin(tx, *user);
    });
}

Result<void> AuthService::logout(const Caller &who)
{
    return m_kernel.database.transact([&](db::Tx &tx) -> Result<void> {
        m_signIns.end(tx, who.user, who.session);
        return {};
    });
}

Result<UserSelf> AuthService::createAdministrator(const QString &username, const QString &email,
                                                  const Secret<QString> &password)
{
    GH_TRY(const Register body, checked({username, email, password.reveal(), {}, {}}));
    GH_CHECK(m_users.requireFree(body.username, body.email));
    const QByteArray hash = m_passwords.hash(body.password);
    return m_kernel.database.transact(
        [&](db::Tx &tx) { return makeAccount(tx, body, hash, true); });
}

void AuthService::revokeAll(db::Tx &tx, UserId user)
{
    m_signIns.endAll(tx, user);
}

qint64 AuthService::removeExpiredSignIns()
{
    return AuthRepository::deleteExpiredSessions(m_kernel.database.session(), m_kernel.clock.now());
}

} // namespace guildhall
