// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/user/user_service.h"

#include "server/infrastructure/database/database.h"
#include "server/infrastructure/fault.h"
#include "server/modules/user/bot_name.h"
#include "server/modules/user/user_events.h"
#include "server/modules/user/user_repository.h"
#include "shared/core/field_errors.h"

#include <QRandomGenerator>

#include <unordered_map>

namespace guildhall {

using namespace std::chrono_literals;

namespace {

constexpr size_t cachedUsers = 20'000;
constexpr auto cacheLifetime = 1min;

FieldError usernameTaken()
{
    return {{QStringLiteral("username")},
            "USERNAME_ALREADY_TAKEN",
            QStringLiteral("Username is unavailable. Try adding numbers, underscores _ or "
                           "periods.")};
}

FieldError emailRegistered()
{
    return {{QStringLiteral("email")},
            "EMAIL_ALREADY_REGISTERED",
            QStringLiteral("Email is already registered.")};
}

tl::unexpected<ApiError> refuseFields(std::vector<FieldError> fields)
{
    return tl::unexpected<ApiError>(makeFieldErrors(std::move(fields)));
}

/// What everybody may see.
const User &publicPart(const UserSelf &user)
{
    return user;
}

/// Runs a statement that sets names. It alone can tell whether they are free: between asking and
/// setting somebody else may take them.
template <typename Work>
Result<std::invoke_result_t<Work &>> settingNames(db::Tx &tx, Work work)
{
    try {
        return tx.attempt(work);
    } catch (const db::DbFault &fault) {
        if (fault.isUniqueViolation(UserRepository::usernameKey))
            return refuseFields({usernameTaken()});
        if (fault.isUniqueViolation(UserRepository::emailKey))
            return refuseFields({emailRegistered()});
        throw;
    }
}

} // namespace

UserService::UserService(const Kernel &kernel)
    : m_kernel(kernel)
    , m_cache(cachedUsers, cacheLifetime, kernel.clock)
{ }

std::vector<UserSelf> UserService::read(std::span<const UserId> ids)
{
    const auto ticket = m_cache.beginReading();
    db::Session &session = m_kernel.database.session();
    std::vector<UserSelf> users = UserRepository::find(session, ids);
    // What a transaction sees may be older than a change that the cache was told of already.
    if (session.isInTransaction())
        return users;
    for (const UserSelf &user : users)
        m_cache.put(user.id, user, ticket);
    return users;
}

std::optional<UserSelf> UserService::self(UserId id)
{
    if (std::optional<UserSelf> cached = m_cache.find(id))
        return cached;
    std::vector<UserSelf> users = read({&id, 1});
    if (users.empty())
        return std::nullopt;
    return std::move(users.front());
}

std::optional<User> UserService::find(UserId id)
{
    const std::optional<UserSelf> user = self(id);
    if (!user)
        return std::nullopt;
    return publicPart(*user);
}

std::vector<User> UserService::find(std::span<const UserId> ids)
{
    std::unordered_map<UserId, std::optional<User>> known;
    std::vector<UserId> missing;
    for (const UserId id : ids) {
        const auto [place, isNew] = known.try_emplace(id);
        if (!isNew)
            continue;
        if (const std::optional<UserSelf> cached = m_cache.find(id))
            place->second = publicPart(*cached);
        else
            missing.push_back(id);
    }
    if (!missing.empty()) {
        for (const UserSelf &user : read(missing))
            known[user.id] = publicPart(user);
    }
    std::vector<User> found;
    found.reserve(ids.size());
    for (const UserId id : ids) {
        if (const std::optional<User> &user = known[id])
            found.push_back(*user);
    }
    return found;
}

bool UserService::isBot(UserId id)
{
    const std::optional<UserSelf> user = self(id);
    return user && user->isBot();
}

Result<void> UserService::requireFree(const std::optional<QString> &username,
                                      const std::optional<QString> &email, UserId except)
{
    if (!username && !email)
        return {};
    const auto used
        = UserRepository::namesInUse(m_kernel.database.session(), username, email, except);
    std::vector<FieldError> mistakes;
    if (used.username)
        mistakes.push_back(usernameTaken());
    if (used.email)
        mistakes.push_back(emailRegistered());
    if (!mistakes.empty())
        return refuseFields(std::move(mistakes));
    return {};
}

Result<UserSelf> UserService::create(db::Tx &tx, const NewUser &user)
{
    return settingNames(tx, [&] { return UserRepository::insert(tx, user, m_kernel.clock.now()); });
}

UserSelf UserService::createBot(db::Tx &tx, UserId id, const QString &wanted)
{
    NewUser bot;
    bot.id = id;
    bot.username = botName(wanted);
    bot.bot = true;
    // Numbers at random, so that the hundredth bot of a name does not try ninety-nine others.
    constexpr int tries = 20;
    for (int i = 0; i < tries; ++i) {
        if (Result<UserSelf> made = create(tx, bot))
            return std::move(*made);
        bot.username = botName(wanted, QRandomGenerator::system()->bounded(1'000'000u));
    }
    throw Fault("no free name for a bot");
}

Result<UserSelf> UserService::change(db::Tx &tx, UserId id, const UserChanges &changes)
{
    GH_TRY(std::optional<UserSelf> changed,
           settingNames(tx, [&] { return UserRepository::change(tx, id, changes); }));
    if (!changed)
        return refuse(ErrorCode::UnknownUser);
    if (!changes.isEmpty())
        tx.publishOnCommit(UserUpdated{*changed});
    return std::move(*changed);
}

Result<void> UserService::retire(db::Tx &tx, UserId id)
{
    UserRepository::disable(tx, id);
    UserChanges changes;
    changes.username = deletedAccountPrefix.toString() + id.toString(); // 32 characters at most
    changes.globalName = Patch<QString>::clear();
    changes.avatar = Patch<QString>::clear();
    changes.banner = Patch<QString>::clear();
    GH_CHECK(change(tx, id, changes));
    return {};
}

} // namespace guildhall
