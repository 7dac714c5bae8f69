// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/secret.h"

#include <QByteArray>
#include <QByteArrayView>

namespace guildhall {

/// HMAC-SHA256 of `message` as 64 hexadecimal characters: signatures of URLs. @thread any
QByteArray macHex(const Secret<QByteArray> &key, QByteArrayView message);

/// Whether `hex` is macHex(key, message), compared in constant time. @thread any
bool macMatches(const Secret<QByteArray> &key, QByteArrayView message, QByteArrayView hex);

/// A key of 32 bytes for one `purpose`, made from `key`: nothing signed for one purpose is valid
/// for another, and one kept secret serves them all. @thread any
Secret<QByteArray> deriveKey(const Secret<QByteArray> &key, QByteArrayView purpose);

} // namespace guildhall
