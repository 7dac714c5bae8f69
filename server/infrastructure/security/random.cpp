// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/security/random.h"

#include "server/infrastructure/security/sodium.h"

#include <sodium.h>

#include <string_view>

namespace guildhall::random {

QByteArray bytes(int count)
{
    ensureSodium();
    QByteArray result(count, Qt::Uninitialized);
    randombytes_buf(result.data(), size_t(count));
    return result;
}

QByteArray hexId(int byteCount)
{
    return bytes(byteCount).toHex();
}

QByteArray urlToken(int byteCount)
{
    return bytes(byteCount).toBase64(QByteArray::Base64UrlEncoding
                                     | QByteArray::OmitTrailingEquals);
}

QByteArray inviteCode()
{
    constexpr std::string_view alphabet
        = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    ensureSodium();
    QByteArray code(8, Qt::Uninitialized);
    for (char &character : code)
        character = alphabet[randombytes_uniform(uint32_t(alphabet.size()))];
    return code;
}

} // namespace guildhall::random
