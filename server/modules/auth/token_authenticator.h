// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/identity.h"
#include "server/gateway/rest/authenticator.h"
#include "server/infrastructure/runtime/bounded_cache.h"
#include "server/infrastructure/security/token_signer.h"
#include "server/modules/auth/auth_events.h"
#include "server/modules/kernel.h"

#include <tl/expected.hpp>

namespace guildhall {

struct AuthMetrics;
struct PresentedToken;

/// Judges the tokens of people and bots, for requests and for gateway sessions. Refusals are all
/// the same 401: what was wrong is for the metrics.
///
/// What the database said is remembered by the digest of the token until the event of its end, and
/// for a minute at the most; so a request costs a hash and no SQL, and a token that is revoked is
/// refused from the moment that the revoking request is answered.
class TokenAuthenticator final : public Authenticator, public realtime::GatewayAuthenticator {
public:
    TokenAuthenticator(const Kernel &kernel, const TokenSigner &signer, AuthMetrics *metrics);

    std::optional<Result<Principal>> recall(const QByteArray &authorization) override;
    Standing standing(const QByteArray &authorization) override;
    Result<Principal> authenticate(const QByteArray &authorization) override;
    Result<realtime::Identity> identify(const QByteArray &token) override;

    /// @thread any
    void forget(const TokensRevoked &revoked);
    /// Any may have been revoked without a word. @thread any
    void forgetAll() { m_known.forgetAll(); }

private:
    /// A token that is good.
    struct Known {
        Principal principal;
        std::optional<Timestamp> expiresAt;
    };
    /// Or why it is not: a word for the metrics.
    using Judgement = tl::expected<Known, const char *>;

    Judgement judge(const PresentedToken &token) const;
    Judgement judgePerson(const PresentedToken &token) const;
    Judgement judgeBot(const PresentedToken &token) const;
    /// What can be said against a token without the database; null: nothing.
    const char *mistakeIn(const PresentedToken &token) const;
    tl::unexpected<ApiError> refuseToken(const char *reason) const;

    Kernel m_kernel;
    const TokenSigner &m_signer;
    AuthMetrics *m_metrics;
    BoundedCache<QByteArray, Known> m_known; // by tokenDigest
    BoundedCache<QByteArray, UserId> m_wereGood; // longer; also by tokenDigest
};

} // namespace guildhall
