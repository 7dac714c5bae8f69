// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/security/password_hash.h"

#include "server/infrastructure/fault.h"
#include "server/infrastructure/security/sodium.h"

#include <sodium.h>

#include <array>

namespace guildhall {

namespace {

/// The password as bytes; wiped when it is no longer needed.
class PasswordBytes {
public:
    explicit PasswordBytes(const QString &password)
        : m_bytes(password.normalized(QString::NormalizationForm_KC).toUtf8())
    { }
    ~PasswordBytes() { sodium_memzero(m_bytes.data(), size_t(m_bytes.size())); }
    PasswordBytes(const PasswordBytes &) = delete;
    PasswordBytes &operator=(const PasswordBytes &) = delete;

    const char *data() const { return m_bytes.constData(); }
    unsigned long long size() const { return static_cast<unsigned long long>(m_bytes.size()); }

private:
    QByteArray m_bytes;
};

} // namespace

PasswordHash::PasswordHash(Cost cost)
    : m_cost(cost)
{
    ensureSodium();
}

QByteArray PasswordHash::hash(const QString &password) const
{
    const PasswordBytes bytes(password);
    std::array<char, crypto_pwhash_argon2id_STRBYTES> text{};
    if (crypto_pwhash_argon2id_str(text.data(), bytes.data(), bytes.size(), m_cost.passes,
                                   m_cost.memoryBytes)
        != 0)
        throw Fault("a password cannot be hashed: no memory, or a cost out of range");
    return QByteArray(text.data());
}

bool PasswordHash::verify(const QString &password, const QByteArray &stored) const
{
    // libsodium reads the whole array, so a short or unterminated text must not be given to it.
    std::array<char, crypto_pwhash_argon2id_STRBYTES> text{};
    if (stored.isEmpty() || size_t(stored.size()) >= text.size())
        return false;
    std::copy(stored.begin(), stored.end(), text.begin());
    const PasswordBytes bytes(password);
    return crypto_pwhash_argon2id_str_verify(text.data(), bytes.data(), bytes.size()) == 0;
}

void PasswordHash::verifyNobody(const QString &password) const
{
    const PasswordBytes bytes(password);
    std::array<unsigned char, 32> key{};
    const std::array<unsigned char, crypto_pwhash_argon2id_SALTBYTES> salt{};
    if (crypto_pwhash_argon2id(key.data(), key.size(), bytes.data(), bytes.size(), salt.data(),
                               m_cost.passes, m_cost.memoryBytes,
                               crypto_pwhash_argon2id_ALG_ARGON2ID13)
        != 0)
        throw Fault("a password cannot be hashed: no memory, or a cost out of range");
}

bool PasswordHash::needsRehash(const QByteArray &stored) const
{
    std::array<char, crypto_pwhash_argon2id_STRBYTES> text{};
    if (stored.isEmpty() || size_t(stored.size()) >= text.size())
        return true;
    std::copy(stored.begin(), stored.end(), text.begin());
    return crypto_pwhash_argon2id_str_needs_rehash(text.data(), m_cost.passes, m_cost.memoryBytes)
        != 0;
}

} // namespace guildhall
