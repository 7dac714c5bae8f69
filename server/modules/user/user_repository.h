// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/tx.h"
#include "server/modules/user/user_changes.h"
#include "shared/dto/user.h"

#include <span>
#include <vector>

namespace guildhall {

/// Rows of users <-> values.
class UserRepository {
public:
    /// Those that exist, in no order.
    static std::vector<UserSelf> find(db::Executor &db, std::span<const UserId> ids);

    struct NamesInUse {
        bool username;
        bool email;
    };
    /// Of other accounts than `except`; a name that is not given is in nobody's use.
    static NamesInUse namesInUse(db::Executor &db, const std::optional<QString> &username,
                                 const std::optional<QString> &email, UserId except);

    /// @throws DbFault with a unique violation of usernameKey or emailKey
    static UserSelf insert(db::Tx &tx, const NewUser &user, Timestamp now);
    /// Nothing when there is no such account. @throws as insert
    static std::optional<UserSelf> change(db::Tx &tx, UserId id, const UserChanges &changes);
    static void disable(db::Tx &tx, UserId id);

    static constexpr std::string_view usernameKey = "users_username_key";
    static constexpr std::string_view emailKey = "users_email_key";
};

} // namespace guildhall
