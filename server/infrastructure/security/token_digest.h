// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace guildhall {

/// What of a random token is stored: SHA-256, as 64 hexadecimal characters. Fast on purpose: a
/// token has far more entropy than anybody can try, unlike a password (PasswordHash). @thread any
QByteArray tokenDigest(QByteArrayView token);

/// Whether two digests, tokens or signatures are the same, in a time that depends on their lengths
/// only. @thread any
bool sameSecret(QByteArrayView a, QByteArrayView b);

} // namespace guildhall
