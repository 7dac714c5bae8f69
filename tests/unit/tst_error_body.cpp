// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/rest/error_body.h"

#include <QtTest>

using namespace guildhall;
using namespace Qt::StringLiterals;

/// @source api.md 2, 12
class TestErrorBody : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_refusal_has_number_and_sentence_data();
    void a_refusal_has_number_and_sentence();
    void mistakes_are_a_tree_in_the_shape_of_the_request();
    void the_storefront_adds_status_and_reason();
    void slow_mode_says_how_long();
    void a_service_that_is_away_says_when_to_come_back();
    void a_status_of_its_own_wins();
    void texts_are_escaped();
    void an_empty_body_is_204();
};

void TestErrorBody::a_refusal_has_number_and_sentence_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, ErrorCode code, int status, const char *body) {
        QTest::newRow(name) << int(code) << status << QByteArray(body);
    };
    row("404", ErrorCode::NotFound, 404, R"({"message":"404: Not Found","code":0})");
    row("405", ErrorCode::MethodNotAllowed, 405,
        R"({"message":"405: Method Not Allowed","code":0})");
    row("401", ErrorCode::Unauthorized, 401, R"({"message":"401: Unauthorized","code":0})");
    row("500", ErrorCode::Internal, 500, R"({"message":"500: Internal Server Error","code":0})");
    row("50001", ErrorCode::MissingAccess, 403, R"({"message":"Missing Access","code":50001})");
    row("50013", ErrorCode::MissingPermissions, 403,
        R"({"message":"Missing Permissions","code":50013})");
    row("10003", ErrorCode::UnknownChannel, 404, R"({"message":"Unknown Channel","code":10003})");
    row("50041", ErrorCode::InvalidApiVersion, 400,
        R"({"message":"Invalid API version","code":50041})");
    row("50021", ErrorCode::SystemMessage, 403, R"("code":50021})");
    row("413", ErrorCode::RequestTooLarge, 413,
        R"({"message":"Request entity too large","code":40005})");
}

void TestErrorBody::a_refusal_has_number_and_sentence()
{
    QFETCH(const int, code);
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    const Response response = refusalResponse(makeError(ErrorCode(code)), api::Dialect::Api);
    QCOMPARE(response.status, status);
    QVERIFY2(response.body.endsWith(body), response.body);
    QVERIFY(response.headers.contains({"Content-Type", "application/json"}));
}

void TestErrorBody::mistakes_are_a_tree_in_the_shape_of_the_request()
{
    ApiError error = makeError(ErrorCode::InvalidFormBody);
    error.fields = {{{u"content"_s}, "A", u"a"_s},
                    {{u"embeds"_s, u"10"_s, u"title"_s}, "B", u"b"_s},
                    {{u"embeds"_s}, "C", u"c"_s},
                    {{u"embeds"_s, u"2"_s, u"title"_s}, "D", u"d"_s},
                    {{u"content"_s}, "E", u"e"_s}};
    QCOMPARE(refusalResponse(error, api::Dialect::Api).body,
             QByteArray(
                 R"({"message":"Invalid Form Body","code":50035,"errors":{)"
                 R"("content":{"_errors":[{"code":"A","message":"a"},{"code":"E","message":"e"}]},)"
                 R"("embeds":{"_errors":[{"code":"C","message":"c"}],)"
                 R"("10":{"title":{"_errors":[{"code":"B","message":"b"}]}},)"
                 R"("2":{"title":{"_errors":[{"code":"D","message":"d"}]}}}}})"));
}

void TestErrorBody::the_storefront_adds_status_and_reason()
{
    const Response response
        = refusalResponse(makeError(ErrorCode::UnknownGuild), api::Dialect::Storefront);
    QCOMPARE(
        response.body,
        QByteArray(
            R"({"message":"Unknown Guild","code":10004,"statusCode":404,"error":"Not Found"})"));
}

void TestErrorBody::slow_mode_says_how_long()
{
    ApiError error = makeError(ErrorCode::SlowMode);
    error.retryAfter = 2.25;
    const Response response = refusalResponse(error, api::Dialect::Api);
    QCOMPARE(response.status, 429);
    QVERIFY(response.body.contains(R"("code":20016,"retry_after":2.25,"global":false)"));
    QVERIFY(response.headers.contains({"Retry-After", "3"}));
    QVERIFY(response.headers.contains({"X-RateLimit-Scope", "user"}));
}

void TestErrorBody::a_service_that_is_away_says_when_to_come_back()
{
    ApiError error = makeError(ErrorCode::Unavailable);
    error.retryAfter = 0.2;
    const Response response = refusalResponse(error, api::Dialect::Api);
    QCOMPARE(response.status, 503);
    QVERIFY(response.headers.contains({"Retry-After", "1"}));
    QVERIFY(!response.body.contains("retry_after"));
}

void TestErrorBody::a_status_of_its_own_wins()
{
    ApiError error = makeError(ErrorCode::InvalidFormBody);
    error.status = 401;
    const Response response = refusalResponse(error, api::Dialect::Storefront);
    QCOMPARE(response.status, 401);
    QVERIFY(response.body.contains(R"("statusCode":401,"error":"Unauthorized")"));
}

void TestErrorBody::texts_are_escaped()
{
    ApiError error = makeFieldError({u"a\"b"_s}, "X", u"<\n\"é>"_s);
    error.message = u"\\\""_s;
    QCOMPARE(
        refusalResponse(error, api::Dialect::Api).body,
        QByteArray("{\"message\":\"\\\\\\\"\",\"code\":50035,\"errors\":{\"a\\\"b\":{\"_errors\":"
                   "[{\"code\":\"X\",\"message\":\"<\\n\\\"\xC3\xA9>\"}]}}}"));
}

void TestErrorBody::an_empty_body_is_204()
{
    const Response response = jsonResponse(200, {});
    QCOMPARE(response.status, 204);
    QVERIFY(response.headers.isEmpty());
}

QTEST_APPLESS_MAIN(TestErrorBody)
#include "tst_error_body.moc"
