// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/decoder.h"

#include <QString>

namespace guildhall {

/// Rules of accounts, for fields of bodies. @source api.md 1.5

/// Deleted accounts are called so, followed by their id; nobody else may be.
inline constexpr QStringView deletedAccountPrefix = u"deleted_user_";

/// Turns A-Z into a-z; what is not [a-z0-9._] then fails with USERNAME_INVALID_CONTAINS, and a name
/// of deleted accounts with USERNAME_INVALID_RESERVED. The length is a rule of its own.
struct UsernameCharacters {
    void apply(QString &name, json::Decoder &decoder) const;
};

/// At most 254 characters, one @ with something on both sides, no blanks: else fails with
/// EMAIL_TYPE_INVALID_EMAIL. Whether it can be reached is not looked at.
struct EmailAddress {
    void apply(QString &address, json::Decoder &decoder) const;
};

} // namespace guildhall
