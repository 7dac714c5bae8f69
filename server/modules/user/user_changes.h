// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"
#include "shared/json/patch.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace guildhall {

/// An account to be made. `username` keeps to the rules of names already.
struct NewUser {
    UserId id;
    QString username;
    std::optional<QString> email; ///< people only
    std::optional<QByteArray> passwordHash; ///< people only
    std::optional<QString> globalName;
    bool bot = false;
    bool administrator = false; ///< of this instance
};

/// What is to become of an account; what is absent stays. Values keep to the rules already.
struct UserChanges {
    std::optional<QString> username;
    std::optional<QString> email;
    Patch<QString> globalName;
    Patch<QString> avatar; ///< a hash
    Patch<QString> banner; ///< a hash

    bool isEmpty() const
    {
        return !username && !email && !globalName.isPresent() && !avatar.isPresent()
            && !banner.isPresent();
    }
};

} // namespace guildhall
