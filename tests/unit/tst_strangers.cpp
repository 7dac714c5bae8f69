// SPDX-License-Identifier: GPL-3.0-or-later
// What an address may ask for before anybody knows who it is.
#include "pipeline_world.h"

#include <QtTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int allowed = 50; // a second
constexpr size_t longQueue = 1000;

RequestHead from(const QString &peer, const QByteArray &path, const QByteArray &token)
{
    RequestHead head = PipelineWorld::head("GET", path, token);
    head.peer = QHostAddress(peer);
    return head;
}

/// How often each status was the answer; of one that was let in, 0.
QMap<int, int> outcomes(const PipelineWorld &world, const std::vector<quint64> &tickets)
{
    QMap<int, int> counts;
    for (const quint64 ticket : tickets) {
        const Admission *admission = world.admission(ticket);
        ++counts[!admission ? -1 : admission->refusal ? admission->refusal->status : 0];
    }
    return counts;
}

bool allDecided(const PipelineWorld &world, const std::vector<quint64> &tickets)
{
    return std::all_of(tickets.begin(), tickets.end(),
                       [&](quint64 ticket) { return world.admission(ticket) != nullptr; });
}

/// Has an address use up what it has.
void exhaust(PipelineWorld &world, const QString &peer = u"192.0.2.1"_s)
{
    std::vector<quint64> tickets;
    for (int i = 0; i < allowed; ++i)
        tickets.push_back(world.begin(from(peer, "/api/nothing", {})));
    QCOMPARE(outcomes(world, tickets), (QMap<int, int>{{404, allowed}}));
}

} // namespace

/// @source api.md 3.3: the global bucket of an address
class TestStrangers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refused_tokens_are_counted_before_the_database_is_asked();
    void tokens_that_are_refused_by_heart_count_as_well();
    void calls_of_no_route_count();
    void calls_of_no_route_count_for_the_account_that_is_known();
    void a_refusal_says_when_it_is_over();
    void a_known_token_is_let_in_beside_a_flood();
    void a_token_that_was_good_is_judged_beside_a_flood();
    void a_signed_token_is_judged_beside_a_flood_of_guesses();
    void what_browsers_ask_first_is_counted_by_itself();
    void new_good_tokens_use_nothing_up();
    void who_waits_goes_on_when_others_turn_out_good();
    void a_database_that_is_away_uses_nothing_up();
    void a_peer_that_leaves_while_it_waits_uses_nothing_up();
    void other_addresses_are_not_concerned();
    void a_network_of_IPv6_is_one_address();
    void without_limits_nothing_is_counted();
};

void TestStrangers::refused_tokens_are_counted_before_the_database_is_asked()
{
    PipelineWorld world({}, longQueue);
    std::vector<quint64> tickets;
    for (int i = 0; i < 3 * allowed; ++i)
        tickets.push_back(world.begin(
            PipelineWorld::head("GET", "/api/any", "forged " + QByteArray::number(i) + "x")));
    QTRY_VERIFY(allDecided(world, tickets));
    QCOMPARE(outcomes(world, tickets), (QMap<int, int>{{401, allowed}, {429, 2 * allowed}}));
    QCOMPARE(world.authenticator.asked.load(), allowed);

    world.clock.advance(1s);
    QCOMPARE(world.ask(PipelineWorld::head("GET", "/api/any", "forged x"))->status, 401);
}

void TestStrangers::tokens_that_are_refused_by_heart_count_as_well()
{
    PipelineWorld world;
    world.authenticator.knowsByHeart = true;
    std::vector<quint64> tickets;
    for (int i = 0; i < 2 * allowed; ++i)
        tickets.push_back(world.begin(PipelineWorld::head("GET", "/api/any", "nonsense")));
    QCOMPARE(outcomes(world, tickets), (QMap<int, int>{{401, allowed}, {429, allowed}}));
}

void TestStrangers::calls_of_no_route_count()
{
    PipelineWorld world;
    exhaust(world);
    QCOMPARE(world.ask(PipelineWorld::head("GET", "/api/nothing"))->status, 429);
    QCOMPARE(world.ask(PipelineWorld::head("PUT", "/api/any"))->status, 429);
    QCOMPARE(world.ask(PipelineWorld::head("GET", "/api/open"))->status, 429);
    QCOMPARE(world.ask(PipelineWorld::head("OPTIONS", "/api/open"))->status, 204);
}

void TestStrangers::calls_of_no_route_count_for_the_account_that_is_known()
{
    PipelineWorld world;
    world.authenticator.knowsByHeart = true;
    std::vector<quint64> tickets;
    for (int i = 0; i < 2 * allowed; ++i)
        tickets.push_back(world.begin(PipelineWorld::head("GET", "/api/nothing", "Bot 7")));
    QCOMPARE(outcomes(world, tickets), (QMap<int, int>{{404, allowed}, {429, allowed}}));
    QCOMPARE(world.ask(PipelineWorld::head("GET", "/api/nothing"))->status, 404);
    QCOMPARE(world.ask(PipelineWorld::head("GET", "/api/any", "Bot 7"))->status, 429);
}

void TestStrangers::a_refusal_says_when_it_is_over()
{
    PipelineWorld world;
    exhaust(world);
    for (const QByteArray &token : {QByteArray(), "forged x"_ba}) {
        const auto refused = world.ask(
            PipelineWorld::head("GET", token.isEmpty() ? "/api/nothing" : "/api/any", token));
        QCOMPARE(refused->status, 429);
        QCOMPARE(refused->body,
                 R"({"message":"You are being rate limited.","retry_after":1.0,"global":true})");
        const QHash<QByteArray, QByteArray> headers(refused->headers.begin(),
                                                    refused->headers.end());
        QCOMPARE(headers.value("Retry-After"), "1");
        QCOMPARE(headers.value("X-RateLimit-Global"), "true");
        QCOMPARE(headers.value("X-RateLimit-Scope"), "global");
        QCOMPARE(headers.value("X-RateLimit-Limit"), "50");
        QVERIFY(!headers.contains("X-RateLimit-Bucket"));
        QVERIFY(headers.contains("X-Request-Id"));
    }
}

void TestStrangers::a_known_token_is_let_in_beside_a_flood()
{
    PipelineWorld world;
    exhaust(world);
    QCOMPARE(world.ask(PipelineWorld::head("GET", "/api/any", "forged x"))->status, 429);
    world.authenticator.knowsByHeart = true;
    QCOMPARE(world.ask(PipelineWorld::head("GET", "/api/any", "user 8"))->status, 200);
}

void TestStrangers::a_token_that_was_good_is_judged_beside_a_flood()
{
    PipelineWorld world({}, longQueue);
    exhaust(world);
    const QByteArray gone = "gone x";
    world.authenticator.standings.insert(gone, Authenticator::Standing::WasGood);
    std::vector<quint64> tickets;
    for (int i = 1; i <= 2 * allowed; ++i) {
        const QByteArray token = "user " + QByteArray::number(i);
        world.authenticator.standings.insert(token, Authenticator::Standing::WasGood);
        tickets.push_back(world.begin(PipelineWorld::head("GET", "/api/any", token)));
    }
    QTRY_VERIFY(allDecided(world, tickets));
    QCOMPARE(outcomes(world, tickets), (QMap<int, int>{{0, 2 * allowed}}));
    QCOMPARE(world.ask(PipelineWorld::head("GET", "/api/any", gone))->status, 401);
    QCOMPARE(world.ask(PipelineWorld::head("GET", "/api/any", "user 999"))->status, 429);
}

void TestStrangers::a_signed_token_is_judged_beside_a_flood_of_guesses()
{
    PipelineWorld world({}, longQueue);
    exhaust(world);
    for (int i = 0; i < 2 * allowed; ++i)
        world.authenticator.standings.insert("revoked " + QByteArray::number(i) + 'x',
                                             Authenticator::Standing::Signed);
    world.authenticator.standings.insert("user 8", Authenticator::Standing::Signed);
    QCOMPARE(world.ask(PipelineWorld::head("GET", "/api/any", "user 8"))->status, 200);
    // They have an allowance of their own, which is as large.
    std::vector<quint64> tickets;
    for (int i = 0; i < 2 * allowed; ++i)
        tickets.push_back(world.begin(
            PipelineWorld::head("GET", "/api/any", "revoked " + QByteArray::number(i) + 'x')));
    QTRY_VERIFY(allDecided(world, tickets));
    QCOMPARE(outcomes(world, tickets), (QMap<int, int>{{401, allowed}, {429, allowed}}));
}

void TestStrangers::what_browsers_ask_first_is_counted_by_itself()
{
    PipelineWorld world;
    std::vector<quint64> tickets;
    for (int i = 0; i < 2 * allowed; ++i)
        tickets.push_back(world.begin(PipelineWorld::head("OPTIONS", "/api/any")));
    QCOMPARE(outcomes(world, tickets), (QMap<int, int>{{204, allowed}, {429, allowed}}));
    exhaust(world);
}

void TestStrangers::new_good_tokens_use_nothing_up()
{
    PipelineWorld world({}, longQueue);
    std::vector<quint64> tickets;
    for (int i = 1; i <= 3 * allowed; ++i)
        tickets.push_back(
            world.begin(PipelineWorld::head("GET", "/api/any", "user " + QByteArray::number(i))));
    QTRY_VERIFY(allDecided(world, tickets));
    QCOMPARE(outcomes(world, tickets), (QMap<int, int>{{0, 3 * allowed}}));
    exhaust(world); // all of it is left
}

void TestStrangers::who_waits_goes_on_when_others_turn_out_good()
{
    PipelineWorld world({}, longQueue);
    std::promise<void> release;
    world.authenticator.wait = release.get_future();
    std::vector<quint64> good;
    for (int i = 1; i <= allowed; ++i)
        good.push_back(
            world.begin(PipelineWorld::head("GET", "/api/any", "user " + QByteArray::number(i))));
    const quint64 late = world.begin(PipelineWorld::head("GET", "/api/any", "user 99"));
    QCoreApplication::processEvents();
    QVERIFY(!world.admission(late));
    release.set_value();
    QTRY_VERIFY(world.admission(late));
    QVERIFY(!world.admission(late)->refusal);
    QTRY_VERIFY(allDecided(world, good));
}

void TestStrangers::a_database_that_is_away_uses_nothing_up()
{
    PipelineWorld world({}, longQueue);
    world.authenticator.failing = true;
    std::vector<quint64> tickets;
    for (int i = 0; i < 2 * allowed; ++i)
        tickets.push_back(world.begin(PipelineWorld::head("GET", "/api/any", "user 8")));
    QTRY_VERIFY(allDecided(world, tickets));
    QCOMPARE(outcomes(world, tickets), (QMap<int, int>{{503, 2 * allowed}}));
    exhaust(world);
}

void TestStrangers::a_peer_that_leaves_while_it_waits_uses_nothing_up()
{
    PipelineWorld world({}, longQueue);
    std::promise<void> release;
    world.authenticator.wait = release.get_future();
    std::vector<quint64> tickets;
    for (int i = 0; i < 3 * allowed; ++i)
        tickets.push_back(world.begin(PipelineWorld::head("GET", "/api/any", "user 8")));
    for (const quint64 ticket : tickets)
        world.pipeline->abandoned(ticket);
    const quint64 last = world.begin(PipelineWorld::head("GET", "/api/any", "user 9"));
    release.set_value();
    QTRY_VERIFY(world.admission(last));
    QVERIFY(!world.admission(last)->refusal);
    QCOMPARE(outcomes(world, tickets), (QMap<int, int>{{-1, 3 * allowed}}));
    QVERIFY(world.authenticator.asked <= allowed + 1);
    exhaust(world);
}

void TestStrangers::other_addresses_are_not_concerned()
{
    PipelineWorld world;
    exhaust(world);
    QCOMPARE(world.ask(from(u"192.0.2.2"_s, "/api/any", "forged x"))->status, 401);
    QCOMPARE(world.ask(from(u"192.0.2.2"_s, "/api/nothing", {}))->status, 404);
}

void TestStrangers::a_network_of_IPv6_is_one_address()
{
    PipelineWorld world;
    exhaust(world, u"2001:db8:1:2::1"_s);
    QCOMPARE(world.ask(from(u"2001:db8:1:2:3::4"_s, "/api/nothing", {}))->status, 429);
    QCOMPARE(world.ask(from(u"2001:db8:1:2:3::5"_s, "/api/open", {}))->status, 429);
    QCOMPARE(world.ask(from(u"2001:db8:1:3::1"_s, "/api/nothing", {}))->status, 404);
}

void TestStrangers::without_limits_nothing_is_counted()
{
    RateLimiter::Settings off;
    off.enabled = false;
    PipelineWorld world(off, longQueue);
    for (int i = 0; i < 2 * allowed; ++i)
        QCOMPARE(world.ask(PipelineWorld::head("GET", "/api/nothing"))->status, 404);
    for (int i = 0; i < 2 * allowed; ++i)
        QCOMPARE(world.ask(PipelineWorld::head("GET", "/api/any", "forged x"))->status, 401);
}

QTEST_GUILESS_MAIN(TestStrangers)
#include "tst_strangers.moc"
