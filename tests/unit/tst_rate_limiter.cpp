// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/rest/rate_limiter.h"
#include "server/infrastructure/metrics/metrics.h"
#include "server/infrastructure/runtime/manual_clock.h"
#include "shared/json/parse.h"

#include <QtTest>

using namespace guildhall;
using namespace std::chrono_literals;

namespace {

constexpr Timestamp start{1'767'225'600'250};

Route routeOf(const char *pattern, api::Limit limit, std::vector<QByteArray> parameters = {},
              api::Dialect dialect = api::Dialect::Api)
{
    Route route;
    route.info = {api::Verb::Post, "", api::Access::Account, limit, "", 200};
    route.info.dialect = dialect;
    route.pattern = pattern;
    route.bucketId = QByteArray(limit.bucket ? limit.bucket : pattern).toHex().left(32);
    route.parameterNames = std::move(parameters);
    return route;
}

QByteArray headerOf(const QList<std::pair<QByteArray, QByteArray>> &headers, const char *name)
{
    for (const auto &header : headers) {
        if (header.first == name)
            return header.second;
    }
    return {};
}

} // namespace

/// @source api.md 3
class TestRateLimiter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_window_starts_with_the_first_call();
    void every_header_says_what_is_left();
    void a_refusal_says_how_long_and_keeps_its_word();
    void the_global_limit_is_marked_as_global();
    void buckets_are_counted_by_account_and_major_parameter();
    void minor_parameters_share_a_bucket();
    void addresses_and_accounts_are_not_mixed_up();
    void without_limits_only_sign_ins_count();
    void registrations_have_a_limit_of_their_own();
    void refused_sign_ins_carry_their_code();
    void the_storefront_gets_its_dialect();
    void a_wall_clock_set_back_changes_no_window();
    void windows_that_ended_are_forgotten();
    void refusals_are_counted_by_bucket();
};

void TestRateLimiter::a_window_starts_with_the_first_call()
{
    ManualClock clock(start);
    RateLimiter limiter({}, clock);
    const Route route = routeOf("POST /a", {"a", 2, 5000});
    QVERIFY(limiter.count(route, 1, true, {}).allowed);
    clock.advance(4999ms);
    QVERIFY(limiter.count(route, 1, true, {}).allowed);
    QVERIFY(!limiter.count(route, 1, true, {}).allowed);
    clock.advance(1ms);
    const auto again = limiter.count(route, 1, true, {});
    QVERIFY(again.allowed);
    QCOMPARE(again.remaining, 1);
    QCOMPARE(again.resetAfter, 5.0);
}

void TestRateLimiter::every_header_says_what_is_left()
{
    ManualClock clock(start);
    RateLimiter limiter({}, clock);
    const Route route = routeOf("POST /a", {"a", 3, 5000});
    limiter.count(route, 1, true, {});
    clock.advance(1500ms);
    const auto headers = RateLimiter::headers(route, limiter.count(route, 1, true, {}));
    QCOMPARE(headerOf(headers, "X-RateLimit-Limit"), QByteArray("3"));
    QCOMPARE(headerOf(headers, "X-RateLimit-Remaining"), QByteArray("1"));
    QCOMPARE(headerOf(headers, "X-RateLimit-Reset-After"), QByteArray("3.500"));
    QCOMPARE(headerOf(headers, "X-RateLimit-Reset"), QByteArray("1767225605.250"));
    QCOMPARE(headerOf(headers, "X-RateLimit-Bucket"), route.bucketId);
    QCOMPARE(headers.size(), 5);
}

void TestRateLimiter::a_refusal_says_how_long_and_keeps_its_word()
{
    ManualClock clock(start);
    RateLimiter limiter({}, clock);
    const Route route = routeOf("POST /a", {"a", 1, 5000});
    limiter.count(route, 1, true, {});
    clock.advance(1250ms);
    const auto verdict = limiter.count(route, 1, true, {});
    const Response refusal = limiter.refusal(route, verdict);
    QCOMPARE(refusal.status, 429);
    QCOMPARE(headerOf(refusal.headers, "Retry-After"), QByteArray("4"));
    QCOMPARE(headerOf(refusal.headers, "X-RateLimit-Scope"), QByteArray("user"));
    QCOMPARE(headerOf(refusal.headers, "X-RateLimit-Global"), QByteArray());
    QCOMPARE(headerOf(refusal.headers, "X-RateLimit-Remaining"), QByteArray("0"));
    QCOMPARE(refusal.body,
             QByteArray(
                 R"({"message":"You are being rate limited.","retry_after":3.75,"global":false})"));
    // Refused calls do not prolong the wait.
    for (int i = 0; i < 10; ++i)
        QVERIFY(!limiter.count(route, 1, true, {}).allowed);
    clock.advance(3750ms);
    QVERIFY(limiter.count(route, 1, true, {}).allowed);
}

void TestRateLimiter::the_global_limit_is_marked_as_global()
{
    ManualClock clock(start);
    RateLimiter limiter({true, 3, 60}, clock);
    for (int i = 0; i < 3; ++i)
        QVERIFY(limiter.count(routeOf("GET /" + QByteArray::number(i), {}), 1, true, {}).allowed);
    const Route route = routeOf("GET /x", {});
    const auto verdict = limiter.count(route, 1, true, {});
    QVERIFY(!verdict.allowed && verdict.global);
    const Response refusal = limiter.refusal(route, verdict);
    QCOMPARE(headerOf(refusal.headers, "X-RateLimit-Scope"), QByteArray("global"));
    QCOMPARE(headerOf(refusal.headers, "X-RateLimit-Global"), QByteArray("true"));
    QCOMPARE(headerOf(refusal.headers, "Retry-After"), QByteArray("1"));
    QVERIFY(refusal.body.contains(R"("global":true)"));
    QVERIFY(limiter.count(route, 2, true, {}).allowed);
    clock.advance(1s);
    QVERIFY(limiter.count(route, 1, true, {}).allowed);
}

void TestRateLimiter::buckets_are_counted_by_account_and_major_parameter()
{
    ManualClock clock(start);
    RateLimiter limiter({}, clock);
    const Route route = routeOf("POST /channels/{channel}/messages", {"m", 1, 5000}, {"channel"});
    QVERIFY(limiter.count(route, 1, true, {"10"}).allowed);
    QVERIFY(limiter.count(route, 1, true, {"11"}).allowed);
    QVERIFY(limiter.count(route, 2, true, {"10"}).allowed);
    QVERIFY(!limiter.count(route, 1, true, {"10"}).allowed);
}

void TestRateLimiter::minor_parameters_share_a_bucket()
{
    ManualClock clock(start);
    RateLimiter limiter({}, clock);
    const Route message = routeOf("DELETE /channels/{channel}/messages/{message}", {"d", 1, 5000},
                                  {"channel", "message"});
    QVERIFY(limiter.count(message, 1, true, {"10", "100"}).allowed);
    QVERIFY(!limiter.count(message, 1, true, {"10", "101"}).allowed);
    const Route user = routeOf("GET /users/{user}", {"u", 1, 5000}, {"user"});
    QVERIFY(limiter.count(user, 1, true, {"10"}).allowed);
    QVERIFY(!limiter.count(user, 1, true, {"11"}).allowed);
}

void TestRateLimiter::addresses_and_accounts_are_not_mixed_up()
{
    ManualClock clock(start);
    RateLimiter limiter({}, clock);
    const Route route = routeOf("POST /a", {"a", 1, 5000});
    QVERIFY(limiter.count(route, 7, true, {}).allowed);
    QVERIFY(limiter.count(route, 7, false, {}).allowed);
    QVERIFY(!limiter.count(route, 7, false, {}).allowed);
}

void TestRateLimiter::without_limits_only_sign_ins_count()
{
    ManualClock clock(start);
    RateLimiter limiter({false, 1, 2}, clock);
    const Route route = routeOf("POST /a", {"a", 1, 5000});
    for (int i = 0; i < 1000; ++i)
        QVERIFY(limiter.count(route, 1, true, {}).allowed);
    const auto headers = RateLimiter::headers(route, limiter.count(route, 1, true, {}));
    QVERIFY(headerOf(headers, "X-RateLimit-Remaining").toInt() > 1000);
    QVERIFY(headerOf(headers, "X-RateLimit-Reset-After").toDouble() > 0);
    const Route signIn = routeOf("POST /auth/login", {"auth.login", 3, 60000});
    for (int i = 0; i < 3; ++i)
        QVERIFY(limiter.count(signIn, 1, false, {}).allowed);
    QVERIFY(!limiter.count(signIn, 1, false, {}).allowed);
}

void TestRateLimiter::registrations_have_a_limit_of_their_own()
{
    ManualClock clock(start);
    RateLimiter limiter({true, 50, 2}, clock);
    // The name is spelled out: only what it says counts, not which literal it is.
    const std::string name = "auth." + std::string("register");
    const Route route = routeOf("POST /auth/register", {name.c_str(), 60, 60000});
    QCOMPARE(limiter.count(route, 1, false, {}).limit, 2);
    QVERIFY(limiter.count(route, 1, false, {}).allowed);
    QVERIFY(!limiter.count(route, 1, false, {}).allowed);
}

void TestRateLimiter::refused_sign_ins_carry_their_code()
{
    ManualClock clock(start);
    RateLimiter limiter({}, clock);
    const Route route = routeOf("POST /auth/login", {"auth.login", 0, 60000});
    const Response refusal = limiter.refusal(route, limiter.count(route, 1, false, {}));
    QVERIFY(refusal.body.contains(R"("code":31001)"));
}

void TestRateLimiter::the_storefront_gets_its_dialect()
{
    ManualClock clock(start);
    RateLimiter limiter({}, clock);
    const Route route = routeOf("POST /messages", {"m", 0, 5000}, {}, api::Dialect::Storefront);
    const Response refusal = limiter.refusal(route, limiter.count(route, 1, true, {}));
    QVERIFY(refusal.body.contains(R"("statusCode":429,"error":"Too Many Requests")"));
    QVERIFY(json::parse(refusal.body));
}

void TestRateLimiter::a_wall_clock_set_back_changes_no_window()
{
    ManualClock clock(start);
    RateLimiter limiter({}, clock);
    const Route route = routeOf("POST /a", {"a", 1, 5000});
    limiter.count(route, 1, true, {});
    clock.set(Timestamp{start.ms - 3'600'000});
    clock.advance(5s);
    QVERIFY(limiter.count(route, 1, true, {}).allowed);
}

void TestRateLimiter::windows_that_ended_are_forgotten()
{
    ManualClock clock(start);
    RateLimiter limiter({}, clock);
    const Route route = routeOf("POST /a", {"a", 1, 5000});
    // Far more accounts than are kept at once, while one window goes on.
    QVERIFY(limiter.count(route, 1, true, {}).allowed);
    clock.advance(1s);
    for (quint64 who = 2; who < 20'000; ++who)
        QVERIFY(limiter.count(route, who, true, {}).allowed);
    QVERIFY(!limiter.count(route, 1, true, {}).allowed);
    clock.advance(4s);
    QVERIFY(limiter.count(route, 1, true, {}).allowed);
    QVERIFY(!limiter.count(route, 19'999, true, {}).allowed);
}

void TestRateLimiter::refusals_are_counted_by_bucket()
{
    Metrics metrics;
    const CountersBy &refused = metrics.auth.rateLimited;
    ManualClock clock(start);
    RateLimiter limiter({true, 4, 60, &refused}, clock);
    const Route named = routeOf("POST /a", {"a.create", 1, 5000});
    const Route unnamed = routeOf("GET /b", {nullptr, 1, 5000});
    for (const Route &route : {named, named, unnamed, unnamed, named}) {
        const auto verdict = limiter.count(route, 1, true, {});
        if (!verdict.allowed)
            limiter.refusal(route, verdict);
    }
    QCOMPARE(refused.of("a.create").Value(), 1.0);
    QCOMPARE(refused.of("GET /b").Value(), 1.0);
    QCOMPARE(refused.of("global").Value(), 1.0);
    limiter.globalRefusal(api::Dialect::Api, limiter.countGlobally(1, true));
    QCOMPARE(refused.of("global").Value(), 2.0);
}

QTEST_APPLESS_MAIN(TestRateLimiter)
#include "tst_rate_limiter.moc"
