// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/secret.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace guildhall {

/// Encrypts what the database keeps but a thief of the database must not read, and what, unlike a
/// password, has to be shown again: webhook tokens, TOTP seeds. XChaCha20-Poly1305.
/// @thread any
class SecretBox {
public:
    /// @param key 32 bytes, as deriveKey() makes them; throws Fault otherwise
    explicit SecretBox(Secret<QByteArray> key);

    /// @param place where the value lies ("webhooks/123"): it opens there only, so that rows cannot
    ///              be swapped
    /// @return base64url text, different each time
    QByteArray seal(const QByteArray &plain, QByteArrayView place) const;

    /// @return what was sealed; nothing when key, place or text are not those of the sealing
    std::optional<QByteArray> open(const QByteArray &sealed, QByteArrayView place) const;

private:
    const Secret<QByteArray> m_key;
};

} // namespace guildhall
