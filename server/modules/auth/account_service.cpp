// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/auth/account_service.h"

#include "server/infrastructure/database/database.h"
#include "server/modules/auth/auth_repository.h"
#include "server/modules/auth/sign_ins.h"
#include "server/modules/user/user_service.h"

namespace guildhall {

using namespace std::chrono_literals;

namespace {

/// A stolen token must not become a way to guess the password behind it.
constexpr int wrongPasswordsPerWindow = 10;
constexpr auto wrongPasswordsWindow = 60s;

tl::unexpected<ApiError> wrongPassword()
{
    return refuseField({QStringLiteral("password")}, "PASSWORD_DOES_NOT_MATCH",
                       QStringLiteral("Password does not match."));
}

Patch<QString> hashOf(const Patch<ImageData> &image)
{
    if (image.hasValue())
        return image->hash();
    return image.isPresent() ? Patch<QString>::clear() : Patch<QString>();
}

/// Nothing when the patch would leave `before` as it is.
Patch<QString> newsOf(Patch<QString> patch, const std::optional<QString> &before)
{
    return patch.appliedTo(before) == before ? Patch<QString>() : patch;
}

/// What of the body differs from what is, as far as this account may change it: saying the same
/// again is no news for anybody.
UserChanges changesOf(const UserSelf &before, const ModifySelf &body)
{
    UserChanges changes;
    if (body.username && *body.username != before.username)
        changes.username = body.username;
    changes.avatar = newsOf(hashOf(body.avatar), before.avatar);
    changes.banner = newsOf(hashOf(body.banner), before.banner);
    if (before.isBot())
        return changes;
    if (body.email
        && body.email->compare(before.email.value_or(QString()), Qt::CaseInsensitive) != 0)
        changes.email = body.email;
    const bool isCleared = body.globalName.hasValue() && body.globalName->isEmpty();
    changes.globalName
        = newsOf(isCleared ? Patch<QString>::clear() : body.globalName, before.globalName);
    return changes;
}

} // namespace

AccountService::AccountService(const Kernel &kernel, PasswordHash::Cost cost, UserService &users,
                               SignIns &signIns)
    : m_kernel(kernel)
    , m_passwords(cost)
    , m_users(users)
    , m_signIns(signIns)
    , m_wrongPasswords(wrongPasswordsPerWindow, wrongPasswordsWindow, kernel.clock)
{ }

Result<QByteArray> AccountService::provePassword(UserId user,
                                                 const std::optional<QString> &password)
{
    if (!password) {
        return refuseField({QStringLiteral("password")}, "BASE_TYPE_REQUIRED",
                           QStringLiteral("This field is required"));
    }
    const QByteArray key = QByteArray::number(user.value());
    if (const auto wait = m_wrongPasswords.waitFor(key)) {
        ApiError error = makeError(ErrorCode::AuthThrottled);
        error.retryAfter = std::chrono::duration<double>(*wait).count();
        return tl::unexpected<ApiError>(std::move(error));
    }
    const auto stored = AuthRepository::passwordOf(m_kernel.database.session(), user);
    if (stored && m_passwords.verify(*password, stored->hash))
        return stored->hash;
    m_wrongPasswords.attempt(key);
    return wrongPassword();
}

Result<ModifiedSelf> AccountService::modify(const Caller &who, const ModifySelf &body)
{
    const std::optional<UserSelf> before = m_users.self(who.user);
    if (!before)
        return refuse(ErrorCode::Unauthorized);
    const UserChanges changes = changesOf(*before, body);
    const bool newPassword = body.newPassword && !before->isBot();
    const bool guarded = !before->isBot() && (changes.username || changes.email || newPassword);
    std::optional<QByteArray> proven;
    if (guarded) {
        GH_TRY(proven, provePassword(who.user, body.password));
    }
    GH_CHECK(m_users.requireFree(changes.username, changes.email, who.user));
    std::optional<QByteArray> newHash;
    if (newPassword)
        newHash = m_passwords.hash(*body.newPassword);
    return apply(who.user, changes, proven, newHash);
}

Result<ModifiedSelf> AccountService::apply(UserId user, const UserChanges &changes,
                                           const std::optional<QByteArray> &proven,
                                           const std::optional<QByteArray> &newHash)
{
    return m_kernel.database.transact([&](db::Tx &tx) -> Result<ModifiedSelf> {
        // Of two requests with the old password one wins.
        if (proven && !AuthRepository::holdPassword(tx, user, *proven))
            return wrongPassword();
        GH_TRY(UserSelf changed, m_users.change(tx, user, changes));
        ModifiedSelf answer{std::move(changed), std::nullopt};
        if (newHash) {
            AuthRepository::storePassword(tx, user, *newHash);
            m_signIns.endAll(tx, user);
            answer.token = m_signIns.begin(tx, answer).token;
        }
        return answer;
    });
}

} // namespace guildhall
