// SPDX-License-Identifier: GPL-3.0-or-later
// What the gateway counts.
#include "gateway_events.h"
#include "gateway_world.h"
#include "raw_gateway.h"
#include "tests/support/scrape.h"

#include <QTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace guildhall::realtime;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Scrape scrape(const GatewayWorld &world)
{
    return Scrape(world.metrics.text());
}

double sessions(const GatewayWorld &world)
{
    return scrape(world).value("guildhall_gateway_sessions");
}

double events(const GatewayWorld &world)
{
    return scrape(world).value("guildhall_gateway_events_total");
}

double sentBytes(const GatewayWorld &world)
{
    return scrape(world).value("guildhall_gateway_sent_bytes_total");
}

double closed(const GatewayWorld &world, int code)
{
    return scrape(world).value("guildhall_gateway_closed_total{code=\"" + QByteArray::number(code)
                               + "\"}");
}

double dropped(const GatewayWorld &world, const char *reason)
{
    return scrape(world).value(QByteArray("guildhall_gateway_dropped_total{reason=\"") + reason
                               + "\"}");
}

/// Connects and identifies, and stops reading after READY.
std::unique_ptr<RawGateway> stalledClient(const GatewayWorld &world)
{
    auto client = std::make_unique<RawGateway>(world.port());
    client->sendText(R"({"op":2,"d":{"token":"user-7"}})");
    client->readUntil(0x81);
    client->readUntil(0x81);
    client->socket().setReadBufferSize(1000); // or the test's event loop would read on
    return client;
}

constexpr int big = 100'000;

} // namespace

class TestGatewayMetrics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sessions_come_and_go();
    void every_event_of_every_session_is_counted();
    void bytes_are_those_on_the_wire();
    void closings_are_counted_by_code();
    void a_client_that_leaves_was_not_closed();
    void what_is_dropped_for_a_slow_client_is_counted();
    void what_is_lost_with_a_connection_is_counted();
    void a_view_that_nobody_can_judge_is_counted();
    void turns_are_measured_by_shard();
};

void TestGatewayMetrics::sessions_come_and_go()
{
    GatewayWorld world;
    QCOMPARE(sessions(world), 0.0);
    GatewayClient one(world.url());
    one.identify(u"user-7"_s);
    {
        GatewayClient other(world.url());
        other.identify(u"user-8"_s);
        QCOMPARE(sessions(world), 2.0);
    }
    QTRY_COMPARE(sessions(world), 1.0);
    world.shards.shutdown(100ms);
    QCOMPARE(sessions(world), 0.0);
}

void TestGatewayMetrics::every_event_of_every_session_is_counted()
{
    GatewayWorld world;
    GatewayClient one(world.url());
    one.identify(u"user-7"_s);
    GatewayClient other(world.url());
    other.identify(u"user-8"_s);
    for (int i = 0; i < 5; ++i)
        world.publish(Posted{"hello"});
    for (GatewayClient *client : {&one, &other}) {
        QTRY_COMPARE(client->names().count(u"MESSAGE_CREATE"_s), 5);
        QVERIFY(client->sync());
    }
    // READY and what came with it included.
    const auto received = double(one.names().size() + other.names().size());
    QTRY_COMPARE(events(world), received);
}

void TestGatewayMetrics::bytes_are_those_on_the_wire()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    client.identify(u"user-7"_s);
    QVERIFY(client.sync());
    QTRY_VERIFY(sentBytes(world) > 0);
    world.shards.shutdown(100ms); // tells what was not told yet
    const double before = sentBytes(world);
    QVERIFY(before > 100);
    QVERIFY(before < 10'000);

    GatewayWorld loud;
    GatewayClient hearer(loud.url());
    hearer.identify(u"user-7"_s);
    for (int i = 0; i < 10; ++i)
        loud.publish(Posted{QByteArray(big, 'x')});
    QTRY_COMPARE(hearer.names().count(u"MESSAGE_CREATE"_s), 10);
    QTRY_VERIFY(sentBytes(loud) >= 10 * big);
    QVERIFY(sentBytes(loud) < 11 * big);
}

void TestGatewayMetrics::closings_are_counted_by_code()
{
    GatewayWorld world;
    GatewayClient nonsense(world.url());
    QVERIFY(nonsense.waitOpen());
    nonsense.sendText(u"nonsense"_s);
    QCOMPARE(nonsense.closeCode(), 4002);
    QCOMPARE(closed(world, 4002), 1.0);
    GatewayClient stranger(world.url());
    stranger.sendIdentify(u"nobody"_s);
    QCOMPARE(stranger.closeCode(), 4004);
    QCOMPARE(closed(world, 4004), 1.0);
    RawGateway wrong(world.port());
    wrong.send(RawGateway::encode(0x81, "not masked", false));
    const int code = wrong.closeCode();
    QVERIFY(code > 0);
    QCOMPARE(closed(world, code), code == 4002 ? 2.0 : 1.0);
}

void TestGatewayMetrics::a_client_that_leaves_was_not_closed()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    client.identify(u"user-7"_s);
    client.socket().close();
    QTRY_COMPARE(world.shards.statistics().connections, 0);
    QCOMPARE(scrape(world).sum("guildhall_gateway_closed_total{"), 0.0);
    QCOMPARE(scrape(world).sum("guildhall_gateway_dropped_total{"), 0.0);
}

void TestGatewayMetrics::what_is_dropped_for_a_slow_client_is_counted()
{
    GatewayWorld world;
    const auto stalled = stalledClient(world);
    for (int i = 0; i < 400; ++i) // 40 MB: more than the limit and what both kernels buffer
        world.publish(Posted{QByteArray(big, 'x')});
    QTRY_COMPARE(world.shards.statistics().sessions, 0);
    QTRY_VERIFY(dropped(world, "too_slow") > 0);
    QVERIFY(dropped(world, "too_slow") <= 400);
    QCOMPARE(closed(world, 4000), 1.0);
}

void TestGatewayMetrics::what_is_lost_with_a_connection_is_counted()
{
    GatewaySettings settings;
    settings.maxQueuedBytes = 1'000'000'000;
    GatewayWorld world(settings);
    const auto stalled = stalledClient(world);
    for (int i = 0; i < 300; ++i)
        world.publish(Posted{QByteArray(big, 'x')});
    QTRY_VERIFY(events(world) >= 300);
    stalled->socket().abort();
    QTRY_COMPARE(world.shards.statistics().connections, 0);
    QTRY_VERIFY(dropped(world, "gone") > 0);
    QVERIFY(dropped(world, "gone") <= 300);
    QCOMPARE(dropped(world, "too_slow"), 0.0);
}

void TestGatewayMetrics::a_view_that_nobody_can_judge_is_counted()
{
    GatewayWorld world;
    GatewayClient client(world.url());
    client.identify(u"user-7"_s);
    world.rights.forgetful = true;
    world.rights.failing = true;
    world.publish(Posted{"lost"});
    QCOMPARE(client.next(9)[u"d"], QJsonValue(false));
    QCOMPARE(dropped(world, "unknown_rights"), 1.0);
}

void TestGatewayMetrics::turns_are_measured_by_shard()
{
    GatewaySettings settings;
    settings.shards = 2;
    GatewayWorld world(settings);
    GatewayClient one(world.url());
    GatewayClient other(world.url());
    one.identify(u"user-7"_s);
    other.identify(u"user-8"_s);
    for (const char *shard : {"shard-0", "shard-1"})
        QTRY_VERIFY(scrape(world).value(QByteArray("guildhall_loop_turn_seconds_count{thread=\"")
                                        + shard + "\"}")
                    > 0);
}

QTEST_GUILESS_MAIN(TestGatewayMetrics)
#include "tst_gateway_metrics.moc"
