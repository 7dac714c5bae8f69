// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/rest/router.h"

#include <QtTest>

using namespace guildhall;
using namespace Qt::StringLiterals;

namespace {

struct Echo {
    QString text;
    static constexpr auto jsonFields() { return json::fields(json::field("text", &Echo::text)); }
};

struct Ask {
    int count = 1;
    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(field("count", &Ask::count, MayBeAbsent{}, Range{1, 5}));
    }
};

constexpr api::Limit limit{"sample", 5, 1000};
constexpr api::Endpoint<Echo, api::NoInput, ChannelId> getThing{
    api::Verb::Get, "/things/{thing}", api::Access::Account, limit, "Reads."};
constexpr auto postThing
    = api::Endpoint<Echo, Ask, ChannelId>{api::Verb::Post, "/things/{thing}", api::Access::Account,
                                          limit, "Posts."}
          .answering(201);
constexpr api::Endpoint<Echo, api::NoInput> getSpecial{api::Verb::Get, "/things/@me",
                                                       api::Access::Account, limit, "Own."};
constexpr api::Endpoint<api::NoReply, Ask, ChannelId, QString> deletePart{
    api::Verb::Delete, "/things/{thing}/parts/{part}", api::Access::Account, limit, "Deletes."};
constexpr auto getShelf
    = api::Endpoint<Echo, Ask>{api::Verb::Get, "/shelf", api::Access::Public, limit, "Shelf."}
          .storefront();

struct Handler {
    Result<Echo> get(const Caller &, ChannelId id) { return Echo{u"get "_s + id.toString()}; }
    Result<Echo> post(const Caller &, ChannelId id, const Submitted<Ask> &body)
    {
        if (id == ChannelId(404))
            return refuse(ErrorCode::UnknownChannel);
        GH_TRY(const Ask ask, body.checked());
        return Echo{u"post "_s + QString::number(ask.count)};
    }
    Result<Echo> special(const Caller &) { return Echo{u"special"_s}; }
    Result<api::NoReply> remove(const Caller &, ChannelId, const QString &part, const Ask &)
    {
        removed = part;
        return api::NoReply{};
    }
    Later<Result<Echo>> shelf(const Caller &, const Ask &ask)
    {
        return Later<Result<Echo>>::now(Echo{QString::number(ask.count)});
    }
    QString removed;
};

} // namespace

/// From a path to a handler and back. @source api.md 1.1
class TestRouter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void a_path_finds_its_route_data();
    void a_path_finds_its_route();
    void segments_are_decoded_once();
    void the_answer_has_status_and_body_data();
    void the_answer_has_status_and_body();
    void rights_are_judged_before_the_body();
    void routes_of_one_bucket_share_its_id();

private:
    Response call(const QByteArray &method, const QByteArray &target, const QByteArray &body = {},
                  const QByteArray &type = "application/json");

    std::unique_ptr<Router> m_router;
    Handler m_handler;
};

void TestRouter::init()
{
    m_router = std::make_unique<Router>();
    m_router->bind(getThing, &m_handler, &Handler::get);
    m_router->bind(postThing, &m_handler, &Handler::post);
    m_router->bind(getSpecial, &m_handler, &Handler::special);
    m_router->bind(deletePart, &m_handler, &Handler::remove);
    m_router->bind(getShelf, &m_handler, &Handler::shelf);
}

Response TestRouter::call(const QByteArray &method, const QByteArray &target,
                          const QByteArray &body, const QByteArray &type)
{
    const QList<QByteArray> parts = target.split('?');
    Router::Match match = m_router->match(method, parts.front());
    if (!match.route)
        return refusalResponse(makeError(match.error), match.dialect);
    Response answer;
    match.route->invoke({{}, match.parameters, parts.value(1), type, body},
                        [&](Response response) { answer = std::move(response); });
    return answer;
}

void TestRouter::a_path_finds_its_route_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("pattern"); // or the error's number
    const auto row = [](const QByteArray &method, const QByteArray &path, const QByteArray &found) {
        QTest::newRow(method + ' ' + path) << method << path << found;
    };
    for (const QByteArray &prefix : {"/api"_ba, "/api/v9"_ba, "/api/v10"_ba}) {
        row("GET", prefix + "/things/7", "GET /things/{thing}");
        row("GET", prefix + "/things/7/", "GET /things/{thing}");
        row("HEAD", prefix + "/things/7", "GET /things/{thing}");
        row("POST", prefix + "/things/7", "POST /things/{thing}");
        row("GET", prefix + "/things/@me", "GET /things/@me");
        row("GET", prefix + "/things/%40me", "GET /things/@me");
        // The literal has no POST, so it hides nothing.
        row("POST", prefix + "/things/@me", "POST /things/{thing}");
        row("GET", prefix + "/shelf", "GET /shelf");
        row("PUT", prefix + "/things/7", "405");
        row("TRACE", prefix + "/things/7", "405");
        row("get", prefix + "/things/7", "405");
        row("GET", prefix + "/nothing", "404");
        row("GET", prefix + "/things", "404");
        row("GET", prefix + "/things//", "404");
        row("GET", prefix + "//things/7", "404");
        row("GET", prefix + "/things/7/parts", "404");
        row("GET", prefix + "/things/7/parts/a", "405");
        row("GET", prefix + "/THINGS/7", "404");
        row("GET", prefix, "404");
    }
    row("GET", "/shelf", "GET /shelf");
    row("GET", "/shelf/", "GET /shelf");
    row("POST", "/shelf", "405");
    row("GET", "/things/7", "404");
    row("PUT", "/things/7", "404");
    row("GET", "/", "404");
    row("GET", "/api/v8/things/7", "400");
    row("GET", "/api/v11/shelf", "400");
    row("GET", "/api/v010/shelf", "400");
    row("GET", "/api/v/shelf", "404");
    row("GET", "/api/version/shelf", "404");
}

void TestRouter::a_path_finds_its_route()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, pattern);
    const Router::Match match = m_router->match(method, path);
    QCOMPARE(match.route ? match.route->pattern
                         : QByteArray::number(makeError(match.error).effectiveStatus()),
             pattern);
}

void TestRouter::segments_are_decoded_once()
{
    QCOMPARE(call("DELETE", "/api/things/7/parts/%F0%9F%91%8D").status, 204);
    QCOMPARE(m_handler.removed, u"👍"_s);
    call("DELETE", "/api/things/7/parts/name%3A12%2F%2541");
    QCOMPARE(m_handler.removed, u"name:12/%41"_s);
}

void TestRouter::the_answer_has_status_and_body_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("holds");
    const auto row = [](const char *name, const char *method, const char *target, const char *body,
                        const char *type, int status, const char *holds) {
        QTest::newRow(name) << QByteArray(method) << QByteArray(target) << QByteArray(body)
                            << QByteArray(type) << status << QByteArray(holds);
    };
    const char *json = "application/json";
    row("an id", "GET", "/api/things/7", "", "", 200, R"({"text":"get 7"})");
    row("no id", "GET", "/api/things/x7", "", "", 400,
        R"("errors":{"thing":{"_errors":[{"code":"NUMBER_TYPE_COERCE","message":"Value \"x7\" is not snowflake."}]}})");
    row("an id beyond all", "GET", "/api/things/9223372036854775808", "", "", 400, "50035");
    row("body", "POST", "/api/things/7", R"({"count":2})", json, 201, "post 2");
    row("empty body", "POST", "/api/things/7", "", "", 201, "post 1");
    row("blank body", "POST", "/api/things/7", " \r\n", "", 201, "post 1");
    row("charset", "POST", "/api/things/7", "{}", "Application/JSON; charset=utf-8", 201, "post 1");
    row("another type", "POST", "/api/things/7", "count=2", "application/x-www-form-urlencoded",
        400, "50035");
    row("no JSON", "POST", "/api/things/7", "{", json, 400, "50109");
    row("a rule", "POST", "/api/things/7", R"({"count":9})", json, 400, "NUMBER_TYPE_MAX");
    row("not an object", "POST", "/api/things/7", "[]", json, 400, "DICT_TYPE_CONVERT");
    row("query", "GET", "/shelf?count=3", "", "", 200, R"({"text":"3"})");
    row("query out of range", "GET", "/shelf?count=0", "", "", 400, R"("statusCode":400)");
    row("no content", "DELETE", "/api/things/7/parts/a", R"({"ignored":1})", json, 204, "");
}

void TestRouter::the_answer_has_status_and_body()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, type);
    QFETCH(const int, status);
    QFETCH(const QByteArray, holds);
    const Response answer = call(method, target, body, type);
    QCOMPARE(answer.status, status);
    QVERIFY2(answer.body.contains(holds), answer.body);
    QCOMPARE(answer.body.isEmpty(), status == 204);
    QCOMPARE(answer.headers.contains({"Content-Type", "application/json"}), status != 204);
}

void TestRouter::rights_are_judged_before_the_body()
{
    QCOMPARE(call("POST", "/api/things/404", "{").status, 404);
    QCOMPARE(call("POST", "/api/things/405", "{").status, 400);
    QCOMPARE(call("POST", "/api/things/x", "{").status, 400);
}

void TestRouter::routes_of_one_bucket_share_its_id()
{
    const QByteArray get = m_router->match("GET", "/api/things/7").route->bucketId;
    QCOMPARE(m_router->match("POST", "/api/things/8").route->bucketId, get);
    QVERIFY(!get.isEmpty() && get.size() <= 32);
    QCOMPARE(m_router->routes().size(), size_t(5));
}

QTEST_APPLESS_MAIN(TestRouter)
#include "tst_router.moc"
