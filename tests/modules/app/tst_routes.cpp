// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/instance_controller.h"
#include "server/app/modules.h"
#include "server/app/routes_page.h"
#include "server/infrastructure/metrics/metrics.h"
#include "shared/api/all_endpoints.h"
#include "tests/support/module_world.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <map>

using namespace guildhall;

class TestRoutes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_endpoint_is_bound_and_every_route_is_listed();
    void only_routes_that_say_so_are_open_to_anybody();
    void bodies_with_images_may_be_large();
    void a_bucket_of_a_channel_or_guild_knows_which_one();
    void the_page_shows_each_route();
    void the_document_is_the_page();
};

namespace {

QByteArray nameOf(const api::EndpointInfo &endpoint)
{
    return QByteArray(api::verbName(endpoint.verb).data()) + ' '
        + QByteArray(endpoint.path.data(), qsizetype(endpoint.path.size()));
}

QByteArrayList listed()
{
    QByteArrayList names;
    for (const api::EndpointInfo &endpoint : api::allEndpoints)
        names.append(nameOf(endpoint));
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace

void TestRoutes::every_endpoint_is_bound_and_every_route_is_listed()
{
    test::ModuleWorld world;
    Metrics metrics;
    Modules modules(world.kernel(), Config{}, metrics.auth);
    InstanceController instance(
        world.kernel(), [](UserId) { return SessionStartLimit{}; }, [] { return true; });
    QByteArrayList bound;
    for (const Route *route : world.kernel().routes.routes())
        bound.append(route->pattern);
    std::sort(bound.begin(), bound.end());
    QCOMPARE(bound, listed());
}

void TestRoutes::only_routes_that_say_so_are_open_to_anybody()
{
    QByteArrayList open;
    for (const api::EndpointInfo &endpoint : api::allEndpoints) {
        if (endpoint.access == api::Access::Public)
            open.append(nameOf(endpoint));
    }
    std::sort(open.begin(), open.end());
    const QByteArrayList expected{"GET /gateway", "GET /health", "GET /invites/{code}",
                                  "POST /auth/login", "POST /auth/register"};
    QCOMPARE(open, expected);
}

void TestRoutes::bodies_with_images_may_be_large()
{
    QByteArrayList large;
    for (const api::EndpointInfo &endpoint : api::allEndpoints) {
        if (endpoint.bodyCap == api::imageBodyCap)
            large.append(nameOf(endpoint));
        else
            QCOMPARE(endpoint.bodyCap, api::defaultBodyCap);
    }
    std::sort(large.begin(), large.end());
    const QByteArrayList expected{"PATCH /applications/@me",   "PATCH /applications/{application}",
                                  "PATCH /guilds/{guild}",     "PATCH /guilds/{guild}/roles/{role}",
                                  "PATCH /users/@me",          "POST /guilds",
                                  "POST /guilds/{guild}/roles"};
    QCOMPARE(large, expected);
}

void TestRoutes::a_bucket_of_a_channel_or_guild_knows_which_one()
{
    test::ModuleWorld world;
    Metrics metrics;
    Modules modules(world.kernel(), Config{}, metrics.auth);
    const std::map<QByteArray, QByteArray> bodies{
        {"POST /messages", R"({"channelId":"5","content":"a"})"},
        {"POST /channels", R"({"guild_id":"5","name":"a"})"}};
    int inBody = 0;
    for (const Route *route : world.kernel().routes.routes()) {
        const char *bucket = route->info.limit.bucket;
        if (bucket == nullptr
            || (bucket != QByteArray(api::limits::messageCreate.bucket)
                && bucket != QByteArray(api::limits::channelCreate.bucket)))
            continue;
        QCOMPARE(bool(route->majorInBody), route->parameterNames.empty());
        if (!route->majorInBody)
            continue;
        QVERIFY2(bodies.contains(route->pattern), route->pattern);
        QCOMPARE(route->majorInBody({{}, {}, {}, "application/json", bodies.at(route->pattern)}),
                 quint64(5));
        ++inBody;
    }
    QCOMPARE(inBody, int(bodies.size()));
}

void TestRoutes::the_page_shows_each_route()
{
    const QByteArray page = routesPage();
    for (const api::EndpointInfo &endpoint : api::allEndpoints)
        QVERIFY(page.contains(QByteArray(endpoint.path.data(), qsizetype(endpoint.path.size()))));
}

void TestRoutes::the_document_is_the_page()
{
    QFile document(QStringLiteral(GUILDHALL_SOURCE_DIR "/resources/docs/rest/routes.md"));
    QVERIFY(document.open(QIODevice::ReadOnly));
    const QByteArrayList committed = document.readAll().split('\n');
    const QByteArrayList printed = (routesPage() + '\n').split('\n');
    for (qsizetype line = 0; line < std::min(committed.size(), printed.size()); ++line)
        QCOMPARE(committed[line], printed[line]);
    QVERIFY2(committed.size() == printed.size(),
             "guildhalld routes > resources/docs/rest/routes.md makes it anew");
}

QTEST_GUILESS_MAIN(TestRoutes)
#include "tst_routes.moc"
