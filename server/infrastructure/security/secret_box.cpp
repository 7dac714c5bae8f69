// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/security/secret_box.h"

#include "server/infrastructure/fault.h"
#include "server/infrastructure/security/random.h"
#include "server/infrastructure/security/sodium.h"

#include <sodium.h>

namespace guildhall {

namespace {

constexpr auto keySize = qsizetype(crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
constexpr auto nonceSize = qsizetype(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
constexpr auto tagSize = qsizetype(crypto_aead_xchacha20poly1305_ietf_ABYTES);
constexpr auto base64Options = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

const unsigned char *in(const char *bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes);
}

unsigned char *out(char *bytes)
{
    return reinterpret_cast<unsigned char *>(bytes);
}

using Length = unsigned long long;

} // namespace

SecretBox::SecretBox(Secret<QByteArray> key)
    : m_key(std::move(key))
{
    ensureSodium();
    if (m_key.reveal().size() != keySize)
        throw Fault("the key of a secret box has 32 bytes");
}

QByteArray SecretBox::seal(const QByteArray &plain, QByteArrayView place) const
{
    QByteArray box = random::bytes(int(nonceSize));
    box.resize(nonceSize + plain.size() + tagSize);
    Length written = 0;
    crypto_aead_xchacha20poly1305_ietf_encrypt(out(box.data()) + nonceSize, &written,
                                               in(plain.constData()), Length(plain.size()),
                                               in(place.data()), Length(place.size()), nullptr,
                                               in(box.constData()), in(m_key.reveal().constData()));
    return box.toBase64(base64Options);
}

std::optional<QByteArray> SecretBox::open(const QByteArray &sealed, QByteArrayView place) const
{
    const auto decoded = QByteArray::fromBase64Encoding(
        sealed, base64Options | QByteArray::AbortOnBase64DecodingErrors);
    const QByteArray &box = decoded.decoded;
    if (!decoded || box.size() < nonceSize + tagSize)
        return std::nullopt;
    QByteArray plain(box.size() - nonceSize - tagSize, Qt::Uninitialized);
    Length written = 0;
    const int outcome = crypto_aead_xchacha20poly1305_ietf_decrypt(
        out(plain.data()), &written, nullptr, in(box.constData()) + nonceSize,
        Length(box.size() - nonceSize), in(place.data()), Length(place.size()), in(box.constData()),
        in(m_key.reveal().constData()));
    if (outcome != 0)
        return std::nullopt;
    return plain;
}

} // namespace guildhall
