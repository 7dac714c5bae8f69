// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline_world.h"

#include <QtTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

/// From a head to an answer. @source api.md 1.1, 1.4, 2, 3
class TestPipeline : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void who_may_call_what_data();
    void who_may_call_what();
    void a_token_known_by_heart_asks_nobody();
    void checks_come_in_the_order_of_the_contract();
    void every_answer_carries_limits_and_a_request_id();
    void refusals_of_strangers_carry_no_limits();
    void a_preflight_is_answered_for_any_path();
    void an_origin_gets_the_headers_it_needs();
    void the_caller_knows_reason_address_and_base();
    void a_public_address_wins_over_the_host();
    void faults_become_answers_data();
    void faults_become_answers();
    void a_database_that_is_away_while_authenticating_is_503();
    void a_full_pool_is_503();
    void a_full_pool_while_authenticating_is_503();
    void a_peer_that_leaves_while_authenticating_is_forgotten();
    void a_peer_that_leaves_before_its_body_is_forgotten();
    void bodies_are_capped_by_the_route();
    void every_answer_is_observed_once();
};

void TestPipeline::who_may_call_what_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("holds");
    const auto row = [](const char *name, const char *method, const char *path, const char *token,
                        int status, const char *holds) {
        QTest::newRow(name) << QByteArray(method) << QByteArray(path) << QByteArray(token) << status
                            << QByteArray(holds);
    };
    row("public", "GET", "/api/open", "", 200, R"("user":"0")");
    row("public with a token", "GET", "/api/open", "nonsense", 200, R"("user":"0")");
    row("no token", "GET", "/api/any", "", 401, R"({"message":"401: Unauthorized","code":0})");
    row("bad token", "GET", "/api/any", "nonsense", 401, R"("code":0)");
    row("person", "GET", "/api/any", "user 8", 200, R"("user":"8")");
    row("bot", "GET", "/api/any", "Bot 7", 200, R"("user":"7")");
    row("person where people may", "GET", "/api/people", "user 8", 200, "8");
    row("bot where people may", "GET", "/api/people", "Bot 7", 403, R"("code":20001)");
    row("bot where bots may", "GET", "/api/bots", "Bot 7", 200, "7");
    row("person where bots may", "GET", "/api/bots", "user 8", 403, R"("code":20002)");
    row("HEAD", "HEAD", "/api/any", "user 8", 200, R"("user":"8")");
    row("unknown path", "GET", "/api/nothing", "", 404, R"({"message":"404: Not Found","code":0})");
    row("wrong method", "PUT", "/api/any", "", 405, R"("code":0)");
    row("version", "GET", "/api/v3/any", "", 400, R"("code":50041)");
    row("heavy work", "POST", "/api/images", "user 8", 200, R"("user":"8")");
}

void TestPipeline::who_may_call_what()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, token);
    QFETCH(const int, status);
    QFETCH(const QByteArray, holds);
    PipelineWorld world;
    const auto answer = world.ask(PipelineWorld::head(method, path, token));
    QVERIFY(answer);
    QCOMPARE(answer->status, status);
    QVERIFY2(answer->body.contains(holds), answer->body);
}

void TestPipeline::a_token_known_by_heart_asks_nobody()
{
    PipelineWorld world;
    world.authenticator.knowsByHeart = true;
    const quint64 ticket = world.begin(PipelineWorld::head("GET", "/api/any", "user 8"));
    QVERIFY(world.admission(ticket)); // at once
    QVERIFY(!world.admission(ticket)->refusal);
    QCOMPARE(world.authenticator.asked, 0);
    const quint64 other = world.begin(PipelineWorld::head("GET", "/api/any", "nonsense"));
    QCOMPARE(world.admission(other)->refusal->status, 401);
}

void TestPipeline::checks_come_in_the_order_of_the_contract()
{
    PipelineWorld world;
    world.authenticator.knowsByHeart = true;
    const auto statusOf = [&](const char *path, const char *token) {
        return world.ask(PipelineWorld::head("GET", path, token))
            .value_or(Response{0, {}, {}, {}})
            .status;
    };
    // Three pass; then the bucket refuses, and it does so before the path is read.
    for (int i = 0; i < 3; ++i)
        QCOMPARE(statusOf("/api/broken/x", ""), 400);
    QCOMPARE(statusOf("/api/broken/x", ""), 429);
    // A stranger is refused before anything is counted: 401 however often.
    for (int i = 0; i < 10; ++i)
        QCOMPARE(statusOf("/api/any", "nonsense"), 401);
    // And who may call is judged before how often.
    for (int i = 0; i < 10; ++i)
        QCOMPARE(statusOf("/api/people", "Bot 7"), 403);
    QCOMPARE(statusOf("/api/any", "Bot 7"), 200);
}

void TestPipeline::every_answer_carries_limits_and_a_request_id()
{
    PipelineWorld world;
    const auto answer = world.ask(PipelineWorld::head("GET", "/api/any", "user 8"));
    QVERIFY(answer);
    QCOMPARE(headerOf(*answer, "X-RateLimit-Limit"), QByteArray("3"));
    QCOMPARE(headerOf(*answer, "X-RateLimit-Remaining"), QByteArray("2"));
    QCOMPARE(headerOf(*answer, "X-RateLimit-Reset-After"), QByteArray("1.000"));
    QVERIFY(!headerOf(*answer, "X-RateLimit-Bucket").isEmpty());
    QVERIFY(!headerOf(*answer, "X-Request-Id").isEmpty());
    QVERIFY(headerOf(*answer, "Access-Control-Allow-Origin").isEmpty());
}

void TestPipeline::refusals_of_strangers_carry_no_limits()
{
    PipelineWorld world;
    const auto answer = world.ask(PipelineWorld::head("GET", "/api/any", "nonsense"));
    QVERIFY(answer);
    QVERIFY(headerOf(*answer, "X-RateLimit-Limit").isEmpty());
    QVERIFY(!headerOf(*answer, "X-Request-Id").isEmpty());
}

void TestPipeline::a_preflight_is_answered_for_any_path()
{
    PipelineWorld world;
    for (const QByteArray &path : {"/api/any"_ba, "/api/nothing"_ba, "/"_ba}) {
        const auto answer
            = world.ask(PipelineWorld::head("OPTIONS", path, {}, {{"origin", "https://app.test"}}));
        QVERIFY(answer);
        QCOMPARE(answer->status, 204);
        QVERIFY(answer->body.isEmpty());
        QCOMPARE(headerOf(*answer, "Access-Control-Allow-Origin"), QByteArray("https://app.test"));
        QCOMPARE(headerOf(*answer, "Access-Control-Allow-Methods"),
                 QByteArray("GET,POST,PUT,PATCH,DELETE,OPTIONS"));
        for (const char *name : {"authorization", "content-type", "x-audit-log-reason",
                                 "x-super-properties", "x-fingerprint", "x-discord-locale"})
            QVERIFY(headerOf(*answer, "Access-Control-Allow-Headers").contains(name));
    }
    const auto bare = world.ask(PipelineWorld::head("OPTIONS", "/api/any"));
    QCOMPARE(headerOf(*bare, "Access-Control-Allow-Origin"), QByteArray("*"));
}

void TestPipeline::an_origin_gets_the_headers_it_needs()
{
    PipelineWorld world;
    for (const QByteArray &token : {"user 8"_ba, "nonsense"_ba}) {
        const auto answer = world.ask(
            PipelineWorld::head("GET", "/api/any", token, {{"origin", "https://app.test"}}));
        QVERIFY(answer);
        QCOMPARE(headerOf(*answer, "Access-Control-Allow-Origin"), QByteArray("https://app.test"));
        QVERIFY(
            headerOf(*answer, "Access-Control-Expose-Headers").contains("X-RateLimit-Remaining"));
        QVERIFY(headerOf(*answer, "Access-Control-Expose-Headers").contains("Retry-After"));
        QCOMPARE(headerOf(*answer, "Vary"), QByteArray("Origin"));
    }
}

void TestPipeline::the_caller_knows_reason_address_and_base()
{
    PipelineWorld world;
    const QByteArray longReason = QByteArray("%F0%9F%98%80").repeated(600);
    const auto answer = world.ask(PipelineWorld::head(
        "GET", "/api/any", "user 8", {{"x-audit-log-reason", "caf%C3%A9%20%26%20more"}}));
    QVERIFY(answer->body.contains("\"reason\":\"café & more\""));
    QVERIFY(answer->body.contains(R"("address":"192.0.2.1")"));
    QVERIFY(answer->body.contains("\"base\":\"http://chat.test\""));
    const auto cut = world.ask(
        PipelineWorld::head("GET", "/api/any", "user 8", {{"x-audit-log-reason", longReason}}));
    QCOMPARE(cut->body.count("😀"), 512);
}

void TestPipeline::a_public_address_wins_over_the_host()
{
    PipelineWorld world({}, 10, "https://chat.example");
    const auto answer = world.ask(PipelineWorld::head("GET", "/api/any", "user 8"));
    QVERIFY(answer->body.contains("\"base\":\"https://chat.example\""));
}

void TestPipeline::faults_become_answers_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("status");
    QTest::newRow("temporary") << "/api/broken/1"_ba << 503;
    QTest::newRow("fault") << "/api/broken/2"_ba << 500;
    QTest::newRow("bug") << "/api/broken/3"_ba << 500;
}

void TestPipeline::faults_become_answers()
{
    QFETCH(const QByteArray, path);
    QFETCH(const int, status);
    PipelineWorld world;
    const auto answer = world.ask(PipelineWorld::head("GET", path));
    QVERIFY(answer);
    QCOMPARE(answer->status, status);
    QVERIFY(answer->body.contains(R"("code":0)"));
    QVERIFY(!answer->body.contains("broken") && !answer->body.contains("bug"));
    QCOMPARE(headerOf(*answer, "Retry-After"), status == 503 ? QByteArray("1") : QByteArray());
}

void TestPipeline::a_database_that_is_away_while_authenticating_is_503()
{
    PipelineWorld world;
    world.authenticator.failing = true;
    const auto answer = world.ask(PipelineWorld::head("GET", "/api/any", "user 8"));
    QVERIFY(answer);
    QCOMPARE(answer->status, 503);
    QCOMPARE(headerOf(*answer, "Retry-After"), QByteArray("1"));
}

void TestPipeline::a_full_pool_is_503()
{
    PipelineWorld world({}, 1);
    std::promise<void> release;
    const auto released = release.get_future().share();
    std::promise<void> busy;
    QVERIFY(world.api.submit([&] {
        busy.set_value();
        released.wait();
    }));
    busy.get_future().wait();
    QVERIFY(world.api.submit([] {}));
    const auto answer = world.ask(PipelineWorld::head("GET", "/api/open"));
    release.set_value();
    QVERIFY(answer);
    QCOMPARE(answer->status, 503);
    QCOMPARE(headerOf(*answer, "Retry-After"), QByteArray("1"));
}

void TestPipeline::a_full_pool_while_authenticating_is_503()
{
    PipelineWorld world({}, 1);
    std::promise<void> release;
    const auto released = release.get_future().share();
    std::promise<void> busy;
    QVERIFY(world.api.submit([&] {
        busy.set_value();
        released.wait();
    }));
    busy.get_future().wait();
    QVERIFY(world.api.submit([] {}));
    const quint64 ticket = world.begin(PipelineWorld::head("GET", "/api/any", "user 8"));
    release.set_value();
    QVERIFY(world.admission(ticket));
    QCOMPARE(world.admission(ticket)->refusal.value_or(Response()).status, 503);
    QCOMPARE(world.authenticator.asked, 0);
}

void TestPipeline::a_peer_that_leaves_while_authenticating_is_forgotten()
{
    PipelineWorld world;
    std::promise<void> release;
    world.authenticator.wait = release.get_future();
    const quint64 ticket = world.begin(PipelineWorld::head("GET", "/api/any", "user 8"));
    world.pipeline->abandoned(ticket);
    release.set_value();
    // The pool has one thread: when the next one is judged, the first one was.
    QVERIFY(world.ask(PipelineWorld::head("GET", "/api/any", "user 8")));
    QVERIFY(!world.admission(ticket));
    QVERIFY(!world.sink.find(ticket));
    QCOMPARE(world.allObserved().size(), size_t(1));
}

void TestPipeline::a_peer_that_leaves_before_its_body_is_forgotten()
{
    PipelineWorld world;
    const quint64 ticket = world.begin(PipelineWorld::head("GET", "/api/open"));
    QVERIFY(world.admission(ticket));
    world.pipeline->abandoned(ticket);
    QVERIFY(world.ask(PipelineWorld::head("GET", "/api/open")));
    QVERIFY(!world.sink.find(ticket));
}

void TestPipeline::bodies_are_capped_by_the_route()
{
    PipelineWorld world;
    const quint64 small = world.begin(PipelineWorld::head("GET", "/api/open"));
    QCOMPARE(world.admission(small)->bodyCap, 1024 * 1024);
    world.authenticator.knowsByHeart = true;
    const quint64 large = world.begin(PipelineWorld::head("POST", "/api/images", "user 8"));
    QCOMPARE(world.admission(large)->bodyCap, 14 * 1024 * 1024);
}

void TestPipeline::every_answer_is_observed_once()
{
    PipelineWorld world;
    world.ask(PipelineWorld::head("GET", "/api/any", "user 8"));
    world.ask(PipelineWorld::head("GET", "/api/broken/3"));
    world.ask(PipelineWorld::head("GET", "/api/secret/path"));
    const auto observed = world.allObserved();
    QCOMPARE(observed.size(), size_t(3));
    QCOMPARE(observed[0].pattern, QByteArray("GET /any"));
    QCOMPARE(observed[0].user, UserId(8));
    QCOMPARE(observed[0].status, 200);
    QCOMPARE(observed[1].pattern, QByteArray("GET /broken/{kind}"));
    QCOMPARE(observed[1].status, 500);
    QCOMPARE(observed[2].pattern, QByteArray("unmatched"));
    QCOMPARE(observed[2].status, 404);
}

QTEST_GUILESS_MAIN(TestPipeline)
#include "tst_pipeline.moc"
