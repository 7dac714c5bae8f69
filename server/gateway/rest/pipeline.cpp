// SPDX-License-Identifier: GPL-3.0-or-later
// From a complete request to its answer. What comes before is in pipeline_admission.cpp.
#include "server/gateway/rest/pipeline.h"

#include "server/gateway/rest/error_body.h"
#include "server/infrastructure/fault.h"
#include "server/infrastructure/logging/categories.h"
#include "server/infrastructure/runtime/assert_thread.h"
#include "server/infrastructure/runtime/worker_context.h"
#include "server/infrastructure/runtime/worker_pool.h"

namespace guildhall {

namespace {

using namespace std::chrono_literals;

/// How long a request may wait for a worker before its client is told to come back.
constexpr auto queuePatience = 2500ms;
constexpr auto expiryInterval = 250ms;

Response internalError(api::Dialect dialect)
{
    return refusalResponse(makeError(ErrorCode::Internal), dialect);
}

} // namespace

Pipeline::Pipeline(Parts parts, RateLimiter::Settings limits, TrustedProxies trusted,
                   QByteArray publicUrl)
    : m_parts(parts)
    , m_limiter(limits, parts.clock)
    , m_trials(m_limiter)
    , m_trusted(std::move(trusted))
    , m_publicUrl(std::move(publicUrl))
    , m_expiry(this) // moves along into the http thread
{
    m_expiry.setInterval(expiryInterval);
    connect(&m_expiry, &QTimer::timeout, this, &Pipeline::expireWaiting);
}

Response Pipeline::unavailable(api::Dialect dialect)
{
    ApiError error = makeError(ErrorCode::Unavailable);
    error.retryAfter = 1;
    return refusalResponse(error, dialect);
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
    const auto work = [this, job, answer, request = std::move(request)] {
        const WorkerContext::Scope scope(job->caller.requestId);
        try {
            const Call call{job->caller, job->parameters, request.head.query,
                            request.head.header("content-type"), request.body};
            if (auto refusal = checkBucketOfBody(*job, call))
                return answer(std::move(*refusal));
            job->route->invoke(call, answer);
        } catch (const Fault &fault) {
            qCWarning(lcRest) << job->route->pattern.constData() << "failed:" << fault.what();
            answer(fault.isTemporary() ? unavailable(job->route->info.dialect)
                                       : internalError(job->route->info.dialect));
        } catch (const std::exception &bug) {
            qCCritical(lcRest) << job->route->pattern.constData() << "failed:" << bug.what();
            answer(internalError(job->route->info.dialect));
        }
    };
    if (job->route->work == Work::Immediate)
        return work();
    const auto giveUp = [job, answer] {
        answer(unavailable(job->route->info.dialect));
    };
    if (!queue(job->route->work == Work::Heavy ? m_parts.heavy : m_parts.api, work, giveUp))
        giveUp();
}

/// @return the refusal, when there were too many. @thread the worker's
std::optional<Response> Pipeline::checkBucketOfBody(Pending &pending, const Call &call)
{
    const Route &route = *pending.route;
    if (!route.majorInBody)
        return std::nullopt;
    const auto verdict = m_limiter.countInBucket(route, pending.principal(), pending.signedIn(),
                                                 route.majorInBody(call));
    if (!verdict.allowed)
        return m_limiter.refusal(route, verdict);
    pending.headers += RateLimiter::headers(route, verdict);
    return std::nullopt;
}

/// Has `work` done by the pool, or `expired` when that does not begin in time.
/// @return false: there is no use in waiting
bool Pipeline::queue(WorkerPool &pool, std::function<void()> work, std::function<void()> expired)
{
    if (m_parts.databaseAnswers && !m_parts.databaseAnswers())
        return false;
    if (!pool.submit(std::move(work), queuePatience, std::move(expired)))
        return false;
    if (!m_expiry.isActive())
        m_expiry.start();
    return true;
}

void Pipeline::expireWaiting()
{
    for (WorkerPool *pool : {&m_parts.api, &m_parts.heavy})
        pool->expireWaiting();
    if (m_parts.api.queueLength() == 0 && m_parts.heavy.queueLength() == 0)
        m_expiry.stop();
}

void Pipeline::retire()
{
    m_expiry.stop(); // it cannot be from another thread
    moveToThread(nullptr);
}

void Pipeline::abandoned(quint64 ticket)
{
    m_pending.erase(ticket);
}

} // namespace guildhall
