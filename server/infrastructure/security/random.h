// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

/// Randomness fit for secrets, from the operating system. @thread any
namespace guildhall::random {

/// `count` random bytes.
QByteArray bytes(int count);
/// `byteCount` random bytes in lower-case hexadecimal: request ids, session ids.
QByteArray hexId(int byteCount = 16);
/// `byteCount` random bytes in base64url without padding: tokens that go into URLs.
QByteArray urlToken(int byteCount);
/// Eight characters of [A-Za-z0-9], each equally likely. @source api.md 5, Invite
QByteArray inviteCode();

} // namespace guildhall::random
