// SPDX-License-Identifier: GPL-3.0-or-later
// From a head to the decision whether its body may come: route, token, who may, limits.
#include "server/gateway/rest/error_body.h"
#include "server/gateway/rest/pipeline.h"
#include "server/infrastructure/logging/categories.h"
#include "server/infrastructure/runtime/assert_thread.h"
#include "server/infrastructure/runtime/worker_pool.h"
#include "server/infrastructure/security/random.h"

#include <algorithm>

namespace guildhall {

namespace {

/// CORS without credentials: no cookie authenticates anything here, so any page may call.
QList<std::pair<QByteArray, QByteArray>> corsHeaders(const RequestHead &head)
{
    const QByteArray origin = head.header("origin");
    if (origin.isEmpty() && head.method != "OPTIONS")
        return {};
    return {
        {"Access-Control-Allow-Origin", origin.isEmpty() ? QByteArray("*") : origin},
        {"Access-Control-Expose-Headers",
         "X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, X-RateLimit-Reset-After, "
         "X-RateLimit-Bucket, X-RateLimit-Global, X-RateLimit-Scope, Retry-After, Date, "
         "X-Request-Id"},
        {"Vary", "Origin"}};
}

Response preflight()
{
    Response response;
    response.status = 204;
    response.headers = {
        {"Access-Control-Allow-Methods", "GET,POST,PUT,PATCH,DELETE,OPTIONS"},
        {"Access-Control-Allow-Headers",
         "*, authorization, content-type, x-audit-log-reason, x-super-properties, x-fingerprint, "
         "x-discord-locale"},
        {"Access-Control-Max-Age", "86400"}};
    return response;
}

/// Longer reasons are cut. @source api.md 6
QString auditReason(const QByteArray &encoded)
{
    constexpr qsizetype maxCodePoints = 512;
    const auto decoded = QString::fromUtf8(QByteArray::fromPercentEncoding(encoded)).toUcs4();
    const qsizetype length = std::min(decoded.size(), maxCodePoints);
    return QString::fromUcs4(reinterpret_cast<const char32_t *>(decoded.constData()), length);
}

} // namespace

Caller Pipeline::callerOf(const RequestHead &head) const
{
    Caller caller;
    caller.requestId = random::hexId(8);
    caller.network = countedNetwork(clientAddress(head, m_trusted)).toString().toLatin1();
    caller.baseUrl = m_publicUrl.isEmpty() ? clientBaseUrl(head, m_trusted) : m_publicUrl;
    const QByteArray reason = head.header("x-audit-log-reason");
    if (!reason.isEmpty())
        caller.auditReason = auditReason(reason);
    return caller;
}

void Pipeline::admit(quint64 ticket, const RequestHead &head,
                     std::function<void(Admission)> decided)
{
    GH_ASSERT_THREAD(this);
    Router::Match match = m_parts.router.match(head.method, head.path);
    Pending &pending = m_pending[ticket];
    pending.route = match.route;
    pending.parameters = std::move(match.parameters);
    pending.caller = callerOf(head);
    pending.headers = corsHeaders(head);
    pending.headers.emplace_back("X-Request-Id", pending.caller.requestId);
    pending.method = head.method;
    pending.since = m_parts.clock.monotonic();
    if (head.method == "OPTIONS") {
        const auto verdict = m_limiter.countGlobally(pending.browser(), false);
        return refuse(
            ticket, verdict.allowed ? preflight() : m_limiter.globalRefusal(match.dialect, verdict),
            decided);
    }
    if (!match.route)
        return refuseUnmatched(ticket, match, head.header("authorization"), decided);
    if (match.route->info.access == api::Access::Public)
        return checkLimits(ticket, decided);
    authenticate(ticket, head.header("authorization"), decided);
}

quint64 Pipeline::Pending::stranger() const
{
    return qHash(caller.network, 1);
}

quint64 Pipeline::Pending::holder() const
{
    return qHash(caller.network, 2);
}

quint64 Pipeline::Pending::browser() const
{
    return qHash(caller.network, 3);
}

/// Clients ask for what we do not offer: that must not use up what their address is left.
void Pipeline::refuseUnmatched(quint64 ticket, const Router::Match &match,
                               const QByteArray &authorization, const Decided &decided)
{
    std::optional<Result<Principal>> known;
    if (!authorization.isEmpty())
        known = m_parts.authenticator.recall(authorization);
    const bool signedIn = known && *known;
    const auto verdict = m_limiter.countGlobally(
        signedIn ? (*known)->user.value() : m_pending[ticket].stranger(), signedIn);
    if (!verdict.allowed)
        return refuse(ticket, m_limiter.globalRefusal(match.dialect, verdict), decided);
    Response response = refusalResponse(makeError(match.error), match.dialect);
    if (!match.allowed.isEmpty())
        response.headers.append({"Allow", match.allowed});
    refuse(ticket, std::move(response), decided);
}

void Pipeline::authenticate(quint64 ticket, const QByteArray &authorization, const Decided &decided)
{
    if (const auto known = m_parts.authenticator.recall(authorization)) {
        if (!*known)
            return refuseStranger(ticket, known->error(), decided);
        return authenticated(ticket, *known, decided);
    }
    using Standing = Authenticator::Standing;
    const Standing standing = m_parts.authenticator.standing(authorization);
    if (standing == Standing::WasGood) {
        judgeToken(ticket, authorization, std::nullopt, decided);
        return;
    }
    const Pending &pending = m_pending[ticket];
    const quint64 guesser = standing == Standing::Signed ? pending.holder() : pending.stranger();
    m_trials.request(guesser,
                     {[this, ticket, authorization, guesser, decided] {
                          return judgeToken(ticket, authorization, guesser, decided);
                      },
                      [this, ticket, decided,
                       dialect = pending.route->info.dialect](const RateLimiter::Verdict &verdict) {
                          refuse(ticket, m_limiter.globalRefusal(dialect, verdict), decided);
                      }});
}

/// A token that can be refused without asking anybody.
void Pipeline::refuseStranger(quint64 ticket, const ApiError &error, const Decided &decided)
{
    const Pending &pending = m_pending[ticket];
    const api::Dialect dialect = pending.route->info.dialect;
    const auto verdict = m_limiter.countGlobally(pending.stranger(), false);
    refuse(ticket,
           verdict.allowed ? refusalResponse(error, dialect)
                           : m_limiter.globalRefusal(dialect, verdict),
           decided);
}

/// @param guesser  whose trial it is; none: it takes none
/// @return whether it began, as TokenTrials wants to know
bool Pipeline::judgeToken(quint64 ticket, const QByteArray &authorization,
                          std::optional<quint64> guesser, const Decided &decided)
{
    const auto found = m_pending.find(ticket);
    if (found == m_pending.end())
        return false; // the peer left while it waited
    const auto ended = [this, guesser](bool counts) {
        if (guesser)
            m_trials.ended(*guesser, counts);
    };
    const api::Dialect dialect = found->second.route->info.dialect;
    const auto decide = [this, ticket, ended, decided](const Result<Principal> &principal) {
        ended(!principal);
        authenticated(ticket, principal, decided);
    };
    const auto giveUp = [this, ticket, decided, dialect] {
        refuse(ticket, unavailable(dialect), decided);
    };
    const auto endWithoutJudgement = [this, ended, giveUp] {
        QMetaObject::invokeMethod(
            this,
            [ended, giveUp] {
                ended(false);
                giveUp();
            },
            Qt::QueuedConnection);
    };
    const auto judge = [this, authorization, decide, endWithoutJudgement] {
        try {
            Result<Principal> principal = m_parts.authenticator.authenticate(authorization);
            QMetaObject::invokeMethod(
                this, [decide, principal] { decide(principal); }, Qt::QueuedConnection);
        } catch (const std::exception &fault) {
            qCWarning(lcRest) << "authentication failed:" << fault.what();
            endWithoutJudgement();
        }
    };
    const bool queued = queue(m_parts.api, judge, endWithoutJudgement);
    if (!queued)
        giveUp();
    return queued;
}

void Pipeline::authenticated(quint64 ticket, const Result<Principal> &principal,
                             const Decided &decided)
{
    const auto found = m_pending.find(ticket);
    if (found == m_pending.end())
        return; // the peer left while we asked
    Pending &pending = found->second;
    const api::EndpointInfo &info = pending.route->info;
    if (!principal)
        return refuse(ticket, refusalResponse(principal.error(), info.dialect), decided);
    static_cast<Principal &>(pending.caller) = *principal;
    if (principal->bot && info.access == api::Access::User)
        return refuse(ticket, refusalResponse(makeError(ErrorCode::BotsNotAllowed), info.dialect),
                      decided);
    if (!principal->bot && info.access == api::Access::Bot)
        return refuse(ticket, refusalResponse(makeError(ErrorCode::BotsOnly), info.dialect),
                      decided);
    checkLimits(ticket, decided);
}

void Pipeline::checkLimits(quint64 ticket, const Decided &decided)
{
    Pending &pending = m_pending[ticket];
    const Route &route = *pending.route;
    const bool later = bool(route.majorInBody);
    const auto verdict = later
        ? m_limiter.countGlobally(pending.principal(), pending.signedIn())
        : m_limiter.count(route, pending.principal(), pending.signedIn(), pending.parameters);
    if (!verdict.allowed)
        return refuse(ticket, m_limiter.refusal(route, verdict), decided);
    if (!later)
        pending.headers += RateLimiter::headers(route, verdict);
    Admission admission;
    admission.bodyCap = route.info.bodyCap;
    decided(admission);
}

void Pipeline::refuse(quint64 ticket, Response response, const Decided &decided)
{
    const auto found = m_pending.find(ticket);
    if (found == m_pending.end())
        return;
    finish(found->second, response);
    m_pending.erase(found);
    Admission admission;
    admission.refusal = std::move(response);
    decided(std::move(admission));
}

} // namespace guildhall
