// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/rest/pipeline.h"

#include "server/gateway/rest/error_body.h"
#include "server/infrastructure/fault.h"
#include "server/infrastructure/logging/categories.h"
#include "server/infrastructure/runtime/assert_thread.h"
#include "server/infrastructure/runtime/worker_context.h"
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

Response internalError(api::Dialect dialect)
{
    return refusalResponse(makeError(ErrorCode::Internal), dialect);
}

Response unavailable(api::Dialect dialect)
{
    ApiError error = makeError(ErrorCode::Unavailable);
    error.retryAfter = 1;
    return refusalResponse(error, dialect);
}

} // namespace

Pipeline::Pipeline(Parts parts, RateLimiter::Settings limits, TrustedProxies trusted,
                   QByteArray publicUrl)
    : m_parts(parts)
    , m_limiter(limits, parts.clock)
    , m_trusted(std::move(trusted))
    , m_publicUrl(std::move(publicUrl))
{ }

Caller Pipeline::callerOf(const RequestHead &head) const
{
    Caller caller;
    caller.requestId = random::hexId(8);
    caller.address = clientAddress(head, m_trusted).toString().toLatin1();
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
    if (head.method == "OPTIONS")
        return refuse(ticket, preflight(), decided);
    if (!match.route)
        return refuse(ticket, refusalResponse(makeError(match.error), match.dialect), decided);
    if (match.route->info.access == api::Access::Public)
        return checkLimits(ticket, decided);
    authenticate(ticket, head.header("authorization"), std::move(decided));
}

void Pipeline::authenticate(quint64 ticket, const QByteArray &authorization,
                            std::function<void(Admission)> decided)
{
    if (const auto known = m_parts.authenticator.recall(authorization))
        return authenticated(ticket, *known, decided);
    const api::Dialect dialect = m_pending[ticket].route->info.dialect;
    const auto decide = [this, ticket, decided](const Result<Principal> &principal) {
        authenticated(ticket, principal, decided);
    };
    const auto giveUp = [this, ticket, decided, dialect] {
        refuse(ticket, unavailable(dialect), decided);
    };
    const bool queued = m_parts.api.submit([this, authorization, decide, giveUp] {
        try {
            Result<Principal> principal = m_parts.authenticator.authenticate(authorization);
            QMetaObject::invokeMethod(
                this, [decide, principal] { decide(principal); }, Qt::QueuedConnection);
        } catch (const std::exception &fault) {
            qCWarning(lcRest) << "authentication failed:" << fault.what();
            QMetaObject::invokeMethod(this, giveUp, Qt::QueuedConnection);
        }
    });
    if (!queued)
        giveUp();
}

void Pipeline::authenticated(quint64 ticket, const Result<Principal> &principal,
                             const std::function<void(Admission)> &decided)
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

void Pipeline::checkLimits(quint64 ticket, const std::function<void(Admission)> &decided)
{
    Pending &pending = m_pending[ticket];
    const bool signedIn = !pending.caller.user.isNull();
    const quint64 who = signedIn ? pending.caller.user.value() : qHash(pending.caller.address, 1);
    const auto verdict = m_limiter.count(*pending.route, who, signedIn, pending.parameters);
    if (!verdict.allowed)
        return refuse(ticket, RateLimiter::refusal(*pending.route, verdict), decided);
    pending.headers += RateLimiter::headers(*pending.route, verdict);
    Admission admission;
    admission.bodyCap = pending.route->info.bodyCap;
    decided(admission);
}

void Pipeline::refuse(quint64 ticket, Response response,
                      const std::function<void(Admission)> &decided)
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

void Pipeline::finish(const Pending &pending, Response &response) const
{
    response.headers += pending.headers;
    if (!m_observer)
        return;
    const auto took = m_parts.clock.monotonic() - pending.since;
    const WorkerContext::Scope scope(pending.caller.requestId); // some answer in another's thread
    m_observer({pending.method, pending.route ? pending.route->pattern : QByteArray("unmatched"),
                response.status,
                std::chrono::duration_cast<std::chrono::microseconds>(took).count(),
                pending.caller.user});
}

void Pipeline::handle(Request request)
{
    GH_ASSERT_THREAD(this);
    const auto found = m_pending.find(request.ticket);
    Q_ASSERT(found != m_pending.end());
    Pending pending = std::move(found->second);
    m_pending.erase(found);
    run(std::move(pending), std::move(request));
}

void Pipeline::run(Pending pending, Request request)
{
    const auto job = std::make_shared<Pending>(std::move(pending));
    const quint64 ticket = request.ticket;
    const auto answer = [this, job, ticket](Response response) {
        finish(*job, response);
        m_sink->answer(ticket, std::move(response));
    };
    WorkerPool &pool = job->route->work == Work::Heavy ? m_parts.heavy : m_parts.api;
    const bool queued = pool.submit([job, answer, request = std::move(request)] {
        const WorkerContext::Scope scope(job->caller.requestId);
        try {
            const Call call{job->caller, job->parameters, request.head.query,
                            request.head.header("content-type"), request.body};
            job->route->invoke(call, answer);
        } catch (const Fault &fault) {
            qCWarning(lcRest) << job->route->pattern.constData() << "failed:" << fault.what();
            answer(fault.isTemporary() ? unavailable(job->route->info.dialect)
                                       : internalError(job->route->info.dialect));
        } catch (const std::exception &bug) {
            qCCritical(lcRest) << job->route->pattern.constData() << "failed:" << bug.what();
            answer(internalError(job->route->info.dialect));
        }
    });
    if (!queued)
        answer(unavailable(job->route->info.dialect));
}

void Pipeline::abandoned(quint64 ticket)
{
    m_pending.erase(ticket);
}

} // namespace guildhall
