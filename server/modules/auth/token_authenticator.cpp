// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/auth/token_authenticator.h"

#include "server/infrastructure/database/database.h"
#include "server/infrastructure/metrics/metric_groups.h"
#include "server/infrastructure/security/bot_token.h"
#include "server/infrastructure/security/token_digest.h"
#include "server/modules/auth/auth_repository.h"
#include "server/modules/auth/presented_token.h"

namespace guildhall {

using namespace std::chrono_literals;

namespace {

constexpr size_t rememberedTokens = 20'000;
constexpr auto rememberedFor = 1min;
constexpr auto trustedFor = 24h;

constexpr const char *missing = "missing";
constexpr const char *malformed = "malformed";
constexpr const char *unknown = "unknown";
constexpr const char *revoked = "revoked";

/// A token says when it was made in whole seconds.
qint64 secondsOf(Timestamp time)
{
    return time.ms / 1000;
}

} // namespace

TokenAuthenticator::TokenAuthenticator(const Kernel &kernel, const TokenSigner &signer,
                                       AuthMetrics *metrics)
    : m_kernel(kernel)
    , m_signer(signer)
    , m_metrics(metrics)
    , m_known(rememberedTokens, rememberedFor, kernel.clock)
    , m_wereGood(rememberedTokens, trustedFor, kernel.clock)
{ }

tl::unexpected<ApiError> TokenAuthenticator::refuseToken(const char *reason) const
{
    if (m_metrics)
        m_metrics->tokensRefused.of(reason).Increment();
    return refuse(ErrorCode::Unauthorized);
}

std::optional<Result<Principal>> TokenAuthenticator::recall(const QByteArray &authorization)
{
    const auto token = PresentedToken::fromHeader(authorization);
    if (!token)
        return refuseToken(missing);
    const std::optional<Known> known = m_known.find(tokenDigest(token->text));
    if (!known) {
        if (const char *reason = mistakeIn(*token))
            return refuseToken(reason);
        return std::nullopt;
    }
    if (known->principal.bot != token->asBot)
        return refuseToken(malformed);
    if (known->expiresAt && *known->expiresAt <= m_kernel.clock.now())
        return refuseToken(tokenErrorName(TokenError::Expired));
    return known->principal;
}

TokenAuthenticator::Standing TokenAuthenticator::standing(const QByteArray &authorization)
{
    const auto token = PresentedToken::fromHeader(authorization);
    if (!token)
        return Standing::Unknown;
    if (m_wereGood.find(tokenDigest(token->text)))
        return Standing::WasGood;
    return !token->asBot && !mistakeIn(*token) ? Standing::Signed : Standing::Unknown;
}

Result<Principal> TokenAuthenticator::authenticate(const QByteArray &authorization)
{
    const auto token = PresentedToken::fromHeader(authorization);
    if (!token)
        return refuseToken(missing);
    const QByteArray digest = tokenDigest(token->text);
    const auto ticket = m_known.beginReading();
    const Judgement judgement = judge(*token);
    if (!judgement) {
        m_wereGood.forget(digest);
        return refuseToken(judgement.error());
    }
    m_known.put(digest, *judgement, ticket);
    m_wereGood.put(digest, judgement->principal.user, m_wereGood.beginReading());
    return judgement->principal;
}

Result<realtime::Identity> TokenAuthenticator::identify(const QByteArray &token)
{
    const Judgement judgement = judge(PresentedToken::fromGateway(token));
    if (!judgement)
        return refuseToken(judgement.error());
    realtime::Identity identity;
    identity.user = judgement->principal.user;
    identity.bot = judgement->principal.bot;
    identity.authSession = judgement->principal.session;
    identity.expiresAt = judgement->expiresAt;
    return identity;
}

void TokenAuthenticator::forget(const TokensRevoked &revocation)
{
    m_known.forgetIf([&revocation](const Known &known) {
        return revocation.concerns(known.principal.user, known.principal.session);
    });
}

const char *TokenAuthenticator::mistakeIn(const PresentedToken &token) const
{
    if (token.asBot)
        return botToken::userOf(token.text) ? nullptr : malformed;
    const auto claims = m_signer.verify(token.text, m_kernel.clock.now());
    return claims ? nullptr : tokenErrorName(claims.error());
}

TokenAuthenticator::Judgement TokenAuthenticator::judge(const PresentedToken &token) const
{
    return token.asBot ? judgeBot(token) : judgePerson(token);
}

TokenAuthenticator::Judgement TokenAuthenticator::judgePerson(const PresentedToken &token) const
{
    const auto claims = m_signer.verify(token.text, m_kernel.clock.now());
    if (!claims)
        return tl::unexpected(tokenErrorName(claims.error()));
    const auto state
        = AuthRepository::session(m_kernel.database.session(), claims->session, claims->user);
    if (!state)
        return tl::unexpected(unknown);
    if (state->revoked || state->disabled
        || secondsOf(claims->issuedAt) < secondsOf(state->tokensValidAfter))
        return tl::unexpected(revoked);
    return Known{{claims->user, false, claims->session}, claims->expiresAt};
}

TokenAuthenticator::Judgement TokenAuthenticator::judgeBot(const PresentedToken &token) const
{
    const std::optional<UserId> bot = botToken::userOf(token.text);
    if (!bot)
        return tl::unexpected(malformed);
    const auto state = AuthRepository::bot(m_kernel.database.session(), *bot);
    if (!state || !state->tokenDigest)
        return tl::unexpected(unknown);
    if (state->disabled || !sameSecret(*state->tokenDigest, tokenDigest(token.text)))
        return tl::unexpected(revoked);
    return Known{{*bot, true, {}}, std::nullopt};
}

} // namespace guildhall
