// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"
#include "shared/core/secret.h"
#include "shared/core/timestamp.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <tl/expected.hpp>

#include <vector>

namespace guildhall {

/// What a user token says. On the wire: sub, jti, iat, exp, username. @source api.md 1.4
struct TokenClaims {
    UserId user;
    AuthSessionId session;
    Timestamp issuedAt; ///< whole seconds: the token holds no more
    Timestamp expiresAt; ///< whole seconds
    QString username;

    friend bool operator==(const TokenClaims &, const TokenClaims &) = default;
};

/// Why a token is refused; for the log and the metrics. Clients hear 401, whichever it is.
enum class TokenError {
    Malformed, ///< not three base64url segments with a JSON header
    Header, ///< another algorithm than HS256, or a header member that we never write
    Signature, ///< no key of ours signed it, or its payload cannot be read
    Claims, ///< signed by us, but a claim is missing or of another type
    Expired,
};
const char *tokenErrorName(TokenError error);

/// Signs and verifies user tokens: JWT with HS256, and no other algorithm whatever a header says.
/// @thread any; a signer never changes
class TokenSigner {
public:
    /// @param keys the first signs; all verify, so that a key can be replaced while tokens of the
    ///             one before live. At least one, none empty; throws Fault otherwise
    explicit TokenSigner(std::vector<Secret<QByteArray>> keys);

    QByteArray sign(const TokenClaims &claims) const;

    /// Whether the token is ours and has not expired at `now`, without leeway. Whether the account
    /// and the session still exist is for the caller to find out.
    tl::expected<TokenClaims, TokenError> verify(QByteArrayView token, Timestamp now) const;

private:
    const std::vector<Secret<QByteArray>> m_keys;
};

} // namespace guildhall
