// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/security/token_signer.h"

#include "server/infrastructure/fault.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <jwt.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <optional>

namespace guildhall {

using namespace Qt::StringLiterals;

namespace {

/// A token of ours has some 300 bytes; what is longer is not worth decoding.
constexpr qsizetype maxTokenSize = 4096;

struct JwtDeleter {
    void operator()(jwt_t *jwt) const { jwt_free(jwt); }
};
using Jwt = std::unique_ptr<jwt_t, JwtDeleter>;

bool isBase64Url(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'
        || c == '_';
}

/// Three segments of base64url, none empty. libjwt is more lenient, so it sees nothing else.
bool hasTokenShape(QByteArrayView token)
{
    if (token.isEmpty() || token.size() > maxTokenSize)
        return false;
    int dots = 0;
    char previous = '.';
    for (const char c : token) {
        if (c == '.') {
            if (previous == '.')
                return false;
            ++dots;
        } else if (!isBase64Url(c)) {
            return false;
        }
        previous = c;
    }
    return dots == 2 && previous != '.';
}

/// The header is checked before a key comes near the token: exactly HS256, and no member but "typ"
/// beside it. So "none", RS256 with our key as public key, "crit", "jwk" and "kid" end here.
std::optional<TokenError> headerMistake(QByteArrayView token)
{
    const auto decoded = QByteArray::fromBase64Encoding(
        token.first(token.indexOf('.')).toByteArray(),
        QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return TokenError::Malformed;
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(decoded.decoded, &error);
    if (error.error != QJsonParseError::NoError || !document.isObject())
        return TokenError::Malformed;
    const QJsonObject header = document.object();
    if (header.value("alg"_L1) != QJsonValue(u"HS256"_s))
        return TokenError::Header;
    const bool hasType = header.contains("typ"_L1);
    if (hasType && header.value("typ"_L1) != QJsonValue(u"JWT"_s))
        return TokenError::Header;
    if (header.size() != (hasType ? 2 : 1))
        return TokenError::Header;
    return std::nullopt;
}

const unsigned char *keyData(const QByteArray &key)
{
    return reinterpret_cast<const unsigned char *>(key.constData());
}

std::optional<qint64> secondsClaim(jwt_t *jwt, const char *name)
{
    errno = 0;
    const long seconds = jwt_get_grant_int(jwt, name);
    // The upper end keeps the milliseconds within 64 bits; it is the year 9999.
    if (errno != 0 || seconds <= 0 || seconds > 253'402'300'799)
        return std::nullopt;
    return qint64(seconds);
}

template <typename AnyId>
std::optional<AnyId> idClaim(jwt_t *jwt, const char *name)
{
    const char *const text = jwt_get_grant(jwt, name);
    const auto value = text ? parseSnowflake(text) : std::nullopt;
    if (!value || *value == 0)
        return std::nullopt;
    return AnyId(*value);
}

std::optional<TokenClaims> claimsOf(jwt_t *jwt)
{
    const auto user = idClaim<UserId>(jwt, "sub");
    const auto session = idClaim<AuthSessionId>(jwt, "jti");
    const auto issuedAt = secondsClaim(jwt, "iat");
    const auto expiresAt = secondsClaim(jwt, "exp");
    const char *const username = jwt_get_grant(jwt, "username");
    if (!user || !session || !issuedAt || !expiresAt || !username)
        return std::nullopt;
    return TokenClaims{
        *user, *session, {*issuedAt * 1000}, {*expiresAt * 1000}, QString::fromUtf8(username)};
}

void require(int outcome, const char *what)
{
    if (outcome != 0)
        throw Fault(std::string("libjwt cannot ") + what);
}

} // namespace

const char *tokenErrorName(TokenError error)
{
    switch (error) {
    case TokenError::Malformed:
        return "malformed";
    case TokenError::Header:
        return "header";
    case TokenError::Signature:
        return "signature";
    case TokenError::Claims:
        return "claims";
    case TokenError::Expired:
        return "expired";
    }
    Q_UNREACHABLE();
}

TokenSigner::TokenSigner(std::vector<Secret<QByteArray>> keys)
    : m_keys(std::move(keys))
{
    const auto isEmpty = [](const Secret<QByteArray> &key) {
        return key.reveal().isEmpty();
    };
    if (m_keys.empty() || std::any_of(m_keys.begin(), m_keys.end(), isEmpty))
        throw Fault("tokens are signed with at least one key, and no key is empty");
}

QByteArray TokenSigner::sign(const TokenClaims &claims) const
{
    jwt_t *raw = nullptr;
    require(jwt_new(&raw), "make a token");
    const Jwt jwt(raw);
    const QByteArray &key = m_keys.front().reveal();
    require(jwt_set_alg(raw, JWT_ALG_HS256, keyData(key), int(key.size())), "take the key");
    const auto add = [raw](const char *name, const QByteArray &value) {
        require(jwt_add_grant(raw, name, value.constData()), "add a claim");
    };
    add("sub", claims.user.toString().toLatin1());
    add("jti", claims.session.toString().toLatin1());
    add("username", claims.username.toUtf8());
    require(jwt_add_grant_int(raw, "iat", long(claims.issuedAt.ms / 1000)), "add a claim");
    require(jwt_add_grant_int(raw, "exp", long(claims.expiresAt.ms / 1000)), "add a claim");
    const std::unique_ptr<char, decltype(&std::free)> text(jwt_encode_str(raw), &std::free);
    if (!text)
        throw Fault("libjwt cannot sign");
    return QByteArray(text.get());
}

tl::expected<TokenClaims, TokenError> TokenSigner::verify(QByteArrayView token, Timestamp now) const
{
    if (!hasTokenShape(token))
        return tl::unexpected(TokenError::Malformed);
    if (const auto mistake = headerMistake(token))
        return tl::unexpected(*mistake);
    const QByteArray text = token.toByteArray(); // libjwt wants a terminating zero
    for (const Secret<QByteArray> &secret : m_keys) {
        const QByteArray &key = secret.reveal();
        jwt_t *raw = nullptr;
        if (jwt_decode(&raw, text.constData(), keyData(key), int(key.size())) != 0)
            continue;
        const Jwt jwt(raw);
        if (jwt_get_alg(raw) != JWT_ALG_HS256)
            return tl::unexpected(TokenError::Header);
        const std::optional<TokenClaims> claims = claimsOf(raw);
        if (!claims)
            return tl::unexpected(TokenError::Claims);
        if (claims->expiresAt <= now)
            return tl::unexpected(TokenError::Expired);
        return *claims;
    }
    return tl::unexpected(TokenError::Signature);
}

} // namespace guildhall
