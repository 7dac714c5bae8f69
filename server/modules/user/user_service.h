// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/runtime/bounded_cache.h"
#include "server/modules/kernel.h"
#include "server/modules/user/user_changes.h"
#include "shared/core/result.h"
#include "shared/dto/user.h"

#include <optional>
#include <span>
#include <vector>

namespace guildhall {

namespace db {
class Tx;
}

/// Accounts of people and bots, as they look. Reading goes through a cache that is true again when
/// the request of a change is answered; it asks the database for what it does not hold, so read
/// before opening a transaction.
/// @thread api or heavy pool (blocks)
class UserService {
public:
    explicit UserService(const Kernel &kernel);

    std::optional<User> find(UserId id);
    /// Those that exist, in the order asked for (twice when asked for twice); one statement for all
    /// that are not cached.
    std::vector<User> find(std::span<const UserId> ids);
    /// With what only the account itself may see: never put it into an answer for others.
    std::optional<UserSelf> self(UserId id);
    /// false also when there is no such account
    bool isBot(UserId id);

    /// Names both that are taken. Only the making of the account decides: it is refused the same
    /// way.
    /// @param except  whose own names do not count
    /// @error InvalidFormBody  username USERNAME_ALREADY_TAKEN, email EMAIL_ALREADY_REGISTERED
    Result<void> requireFree(const std::optional<QString> &username,
                             const std::optional<QString> &email, UserId except = {});

    /// Makes an account. @error InvalidFormBody as requireFree; the transaction can go on
    Result<UserSelf> create(db::Tx &tx, const NewUser &user);
    /// Makes a bot's account, with a name that is made from `wanted` and is nobody else's.
    UserSelf createBot(db::Tx &tx, UserId id, const QString &wanted);
    /// @error UnknownUser; InvalidFormBody as requireFree
    /// @event UserUpdated  unless there is nothing to change
    Result<UserSelf> change(db::Tx &tx, UserId id, const UserChanges &changes);
    /// Disables an account for good: what it wrote stays and shows a name that says so.
    /// @error UnknownUser  @event UserUpdated
    Result<void> retire(db::Tx &tx, UserId id);

    /// For the listener of UserUpdated. @thread any
    void forget(UserId id) { m_cache.forget(id); }
    /// For when changes may have gone unheard. @thread any
    void forgetAll() { m_cache.forgetAll(); }

private:
    std::vector<UserSelf> read(std::span<const UserId> ids);

    Kernel m_kernel;
    BoundedCache<UserId, UserSelf> m_cache;
};

} // namespace guildhall
