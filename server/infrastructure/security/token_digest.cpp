// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/security/token_digest.h"

#include "server/infrastructure/security/sodium.h"

#include <sodium.h>

namespace guildhall {

QByteArray tokenDigest(QByteArrayView token)
{
    ensureSodium();
    QByteArray digest(crypto_hash_sha256_BYTES, Qt::Uninitialized);
    crypto_hash_sha256(reinterpret_cast<unsigned char *>(digest.data()),
                       reinterpret_cast<const unsigned char *>(token.data()),
                       static_cast<unsigned long long>(token.size()));
    return digest.toHex();
}

bool sameSecret(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), size_t(a.size())) == 0;
}

} // namespace guildhall
