// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/rest/rate_limiter.h"

#include "server/gateway/rest/error_body.h"
#include "server/infrastructure/metrics/labelled.h"
#include "shared/json/writer.h"

#include <cmath>

namespace guildhall {

namespace {

constexpr quint64 globalBucket = 1;

/// Addresses and accounts are numbers of their own; the lowest bit keeps them apart.
quint64 keyOf(quint64 principal, bool signedIn)
{
    return principal << 1 | quint64(signedIn);
}

/// Buckets whose limit protects accounts from guessing; they count even with limits off.
bool guardsSignIn(const Route &route)
{
    return route.info.limit.bucket != nullptr
        && std::string_view(route.info.limit.bucket).starts_with("auth.");
}

bool registers(const Route &route)
{
    return route.info.limit.bucket != nullptr
        && std::string_view(route.info.limit.bucket) == api::limits::registration.bucket;
}

/// The number of the first path parameter when it is a guild, channel or webhook.
quint64 majorOf(const Route &route, const std::vector<QByteArray> &parameters)
{
    if (parameters.empty())
        return 0;
    const QByteArray &name = route.parameterNames.front();
    return name == "channel" || name == "guild" || name == "webhook"
        ? parameters.front().toULongLong()
        : 0;
}

/// For metrics: what it is called, or the one route that it is for.
std::string bucketName(const Route &route)
{
    return route.info.limit.bucket ? route.info.limit.bucket : route.pattern.toStdString();
}

QByteArray seconds(double value)
{
    return QByteArray::number(value, 'f', 3);
}

QList<std::pair<QByteArray, QByteArray>> headersOf(const RateLimiter::Verdict &verdict)
{
    return {{"X-RateLimit-Limit", QByteArray::number(verdict.limit)},
            {"X-RateLimit-Remaining", QByteArray::number(verdict.remaining)},
            {"X-RateLimit-Reset", seconds(verdict.resetAt)},
            {"X-RateLimit-Reset-After", seconds(verdict.resetAfter)}};
}

Response refusalOf(const RateLimiter::Verdict &verdict, api::Dialect dialect, bool ofSignIn)
{
    json::Writer out;
    out.beginObject();
    out.key("message");
    out.value(defaultMessage(ErrorCode::RateLimited));
    out.key("retry_after");
    out.value(verdict.resetAfter);
    out.key("global");
    out.value(verdict.global);
    if (ofSignIn) {
        out.key("code");
        out.value(qint64(wireCode(ErrorCode::AuthThrottled)));
    }
    if (dialect == api::Dialect::Storefront) {
        out.key("statusCode");
        out.value(qint64(429));
        out.key("error");
        out.value(QByteArrayView("Too Many Requests"));
    }
    out.endObject();
    Response response = jsonResponse(429, out.take());
    response.headers.emplace_back("Retry-After",
                                  QByteArray::number(qint64(std::ceil(verdict.resetAfter))));
    response.headers.emplace_back("X-RateLimit-Scope", verdict.global ? "global" : "user");
    if (verdict.global)
        response.headers.emplace_back("X-RateLimit-Global", "true");
    return response;
}

} // namespace

RateLimiter::RateLimiter(Settings settings, const Clock &clock)
    : m_settings(settings)
    , m_clock(clock)
{ }

RateLimiter::Verdict RateLimiter::take(const Key &key, int limit, int windowMs)
{
    const std::lock_guard lock(m_mutex);
    const qint64 nowMs = std::chrono::duration_cast<std::chrono::milliseconds>(
                             m_clock.monotonic().time_since_epoch())
                             .count();
    if (m_windows.size() >= m_sweepAt)
        sweep(nowMs);
    Window &window = m_windows[key];
    if (window.endsAtMs <= nowMs)
        window = {nowMs + windowMs, 0};
    Verdict verdict;
    verdict.limit = limit;
    verdict.allowed = window.used < limit;
    if (verdict.allowed)
        ++window.used;
    verdict.remaining = limit - window.used;
    verdict.resetAfter = double(window.endsAtMs - nowMs) / 1000.0;
    verdict.resetAt = double(m_clock.now().ms) / 1000.0 + verdict.resetAfter;
    return verdict;
}

RateLimiter::Verdict RateLimiter::count(const Route &route, quint64 principal, bool signedIn,
                                        const std::vector<QByteArray> &parameters)
{
    if (!m_settings.enabled && !guardsSignIn(route))
        return unlimited();
    if (const Verdict global = countGlobally(principal, signedIn); !global.allowed)
        return global;
    return countInBucket(route, principal, signedIn, majorOf(route, parameters));
}

RateLimiter::Verdict RateLimiter::countInBucket(const Route &route, quint64 principal,
                                                bool signedIn, quint64 major)
{
    if (!m_settings.enabled && !guardsSignIn(route))
        return unlimited();
    const api::Limit &limit = route.info.limit;
    const quint64 bucket = qHash(route.bucketId, 2);
    return take({keyOf(principal, signedIn), bucket, major},
                registers(route) ? m_settings.registrationsPerMinute : limit.requests,
                limit.windowMs);
}

RateLimiter::Verdict RateLimiter::countGlobally(quint64 principal, bool signedIn)
{
    if (!m_settings.enabled)
        return unlimited();
    Verdict verdict
        = take({keyOf(principal, signedIn), globalBucket, 0}, m_settings.globalPerSecond, 1000);
    verdict.global = !verdict.allowed;
    return verdict;
}

void RateLimiter::giveBack(quint64 address)
{
    const std::lock_guard lock(m_mutex);
    const auto window = m_windows.find({keyOf(address, false), globalBucket, 0});
    if (window != m_windows.end() && window->second.used > 0)
        --window->second.used;
}

RateLimiter::Verdict RateLimiter::unlimited() const
{
    constexpr int plenty = 1'000'000;
    return {true, false, plenty, plenty, 1.0, double(m_clock.now().ms) / 1000.0 + 1.0};
}

void RateLimiter::sweep(qint64 nowMs)
{
    std::erase_if(m_windows, [nowMs](const auto &entry) { return entry.second.endsAtMs <= nowMs; });
    m_sweepAt = std::max<size_t>(4096, m_windows.size() * 2);
}

QList<std::pair<QByteArray, QByteArray>> RateLimiter::headers(const Route &route,
                                                              const Verdict &verdict)
{
    auto headers = headersOf(verdict);
    headers.emplace_back("X-RateLimit-Bucket", route.bucketId);
    return headers;
}

void RateLimiter::noteRefusal(const std::string &bucket) const
{
    if (m_settings.refusals)
        m_settings.refusals->of(bucket).Increment();
}

Response RateLimiter::refusal(const Route &route, const Verdict &verdict) const
{
    noteRefusal(verdict.global ? "global" : bucketName(route));
    Response response = refusalOf(verdict, route.info.dialect, guardsSignIn(route));
    response.headers += headers(route, verdict);
    return response;
}

Response RateLimiter::globalRefusal(api::Dialect dialect, const Verdict &verdict) const
{
    noteRefusal("global");
    Response response = refusalOf(verdict, dialect, false);
    response.headers += headersOf(verdict);
    return response;
}

} // namespace guildhall
