// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"
#include "shared/core/secret.h"
#include "shared/core/timestamp.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

/// A bot's token: base64url of its decimal user id, of the time it was made, and of 216 random
/// bits, with dots between. Stored is tokenDigest() of it and nothing else. @source api.md 1.4
/// @thread any
namespace guildhall::botToken {

/// A new token; the only time that it exists in the clear.
Secret<QByteArray> make(UserId bot, Timestamp now);

/// Whose token it claims to be; nothing when it has not the shape of one. What it claims is proven
/// only by comparing tokenDigest() with the one stored for that bot.
std::optional<UserId> userOf(QByteArrayView token);

} // namespace guildhall::botToken
