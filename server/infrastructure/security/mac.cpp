// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/security/mac.h"

#include "server/infrastructure/security/sodium.h"
#include "server/infrastructure/security/token_digest.h"

#include <sodium.h>

namespace guildhall {

namespace {

const unsigned char *unsignedData(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

QByteArray mac(const QByteArray &key, QByteArrayView message)
{
    ensureSodium();
    QByteArray tag(crypto_auth_hmacsha256_BYTES, Qt::Uninitialized);
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, unsignedData(key), size_t(key.size()));
    crypto_auth_hmacsha256_update(&state, unsignedData(message),
                                  static_cast<unsigned long long>(message.size()));
    crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char *>(tag.data()));
    sodium_memzero(&state, sizeof state);
    return tag;
}

} // namespace

QByteArray macHex(const Secret<QByteArray> &key, QByteArrayView message)
{
    return mac(key.reveal(), message).toHex();
}

bool macMatches(const Secret<QByteArray> &key, QByteArrayView message, QByteArrayView hex)
{
    return sameSecret(macHex(key, message), hex);
}

Secret<QByteArray> deriveKey(const Secret<QByteArray> &key, QByteArrayView purpose)
{
    return Secret(mac(key.reveal(), purpose));
}

} // namespace guildhall
