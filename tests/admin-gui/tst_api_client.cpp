// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/api/api_client.h"
#include "admin-gui/api/on_answer.h"
#include "shared/api/auth_api.h"
#include "shared/api/gateway_api.h"
#include "shared/api/guild_api.h"
#include "shared/api/member_api.h"
#include "shared/api/role_api.h"
#include "shared/api/user_api.h"
#include "tests/admin-gui/support/fake_transport.h"
#include "tests/admin-gui/support/sample_guild.h"

#include <QSignalSpy>
#include <QTest>

using namespace guildhall;
using namespace guildhall::console;

/// What goes over the wire for the endpoints that pages call, and what comes back of it.
class TestApiClient : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void a_call_goes_where_its_endpoint_says_data();
    void a_call_goes_where_its_endpoint_says();
    void a_server_behind_a_path_keeps_its_path();
    void the_token_goes_only_with_endpoints_that_need_an_account();
    void the_reason_goes_along_for_the_audit_log();
    void a_body_is_sent_only_where_there_is_one();
    void a_patch_names_only_what_changes();
    void a_reply_becomes_the_endpoints_type();
    void a_refusal_keeps_code_fields_and_request_id();
    void a_reply_that_is_no_json_is_told_as_such();
    void no_answer_is_told_apart_from_a_refusal();
    void a_wait_that_the_server_asks_for_is_kept();
    void a_refused_token_signs_out();
    void an_old_tokens_refusal_does_not_sign_out();
    void an_answer_after_its_page_is_gone_reaches_nobody();

private:
    template <typename T>
    CallResult<T> answered(const QFuture<CallResult<T>> &future, int status, const QByteArray &body)
    {
        m_transport->answer(status, body);
        return future.result();
    }

    std::unique_ptr<FakeTransport> m_transport;
    std::unique_ptr<ApiClient> m_api;
};

void TestApiClient::init()
{
    m_api.reset();
    m_transport = std::make_unique<FakeTransport>();
    m_api = std::make_unique<ApiClient>(*m_transport);
    m_api->setServer(QUrl(u"https://chat.example.org"_qs));
    m_api->setToken(Secret<QString>(u"t0ken"_qs));
}

namespace {

using Call = std::function<void(ApiClient &)>;

/// Each endpoint the console uses, called once.
const std::vector<std::pair<QByteArray, Call>> &calls()
{
    static const std::vector<std::pair<QByteArray, Call>> list{
        {"POST /api/v10/auth/login",
         [](ApiClient &api) {
             api.call(api::login);
         }},
        {"POST /api/v10/auth/logout",
         [](ApiClient &api) {
             api.call(api::logout);
         }},
        {"GET /api/v10/gateway",
         [](ApiClient &api) {
             api.call(api::getGateway);
         }},
        {"GET /api/v10/users/@me",
         [](ApiClient &api) {
             api.call(api::getSelf);
         }},
        {"GET /api/v10/users/@me/guilds?limit=200&with_counts=true",
         [](ApiClient &api) {
             ListGuilds query;
             query.withCounts = true;
             api.call(api::listOwnGuilds, {}, query);
         }},
        {"GET /api/v10/guilds/1000/members?limit=1000&after=12",
         [](ApiClient &api) {
             api.call(api::listMembers, {hall}, ListMembers{1000, bob});
         }},
        {"GET /api/v10/guilds/1000/members/search?query=%C3%84nn%20%26%20co&limit=100",
         [](ApiClient &api) {
             api.call(api::searchMembers, {hall}, SearchMembers{u"Änn & co"_qs, 100});
         }},
        {"DELETE /api/v10/guilds/1000/members/13",
         [](ApiClient &api) {
             api.call(api::kickMember, {hall, cyn});
         }},
        {"GET /api/v10/guilds/1000/roles",
         [](ApiClient &api) {
             api.call(api::listRoles, {hall});
         }},
        {"POST /api/v10/guilds/1000/roles",
         [](ApiClient &api) {
             api.call(api::createRole, {hall});
         }},
        {"PATCH /api/v10/guilds/1000/roles",
         [](ApiClient &api) {
             api.call(api::moveRoles, {hall});
         }},
        {"PATCH /api/v10/guilds/1000/roles/2001",
         [](ApiClient &api) {
             api.call(api::modifyRole, {hall, helpers});
         }},
        {"DELETE /api/v10/guilds/1000/roles/2001",
         [](ApiClient &api) {
             api.call(api::deleteRole, {hall, helpers});
         }},
    };
    return list;
}

} // namespace

void TestApiClient::a_call_goes_where_its_endpoint_says_data()
{
    QTest::addColumn<int>("number");
    for (size_t i = 0; i < calls().size(); ++i)
        QTest::newRow(calls()[i].first.constData()) << int(i);
}

void TestApiClient::a_call_goes_where_its_endpoint_says()
{
    QFETCH(int, number);
    const auto &[line, call] = calls()[size_t(number)];
    call(*m_api);
    QCOMPARE(m_transport->lastLine(), line);
    QCOMPARE(m_transport->last().url.host(), u"chat.example.org"_qs);
    QCOMPARE(m_transport->last().url.scheme(), u"https"_qs);
}

void TestApiClient::a_server_behind_a_path_keeps_its_path()
{
    m_api->setServer(QUrl(u"https://example.org:8443/chat/"_qs));
    m_api->call(api::getSelf);
    QCOMPARE(m_transport->last().url, QUrl(u"https://example.org:8443/chat/api/v10/users/@me"_qs));
}

void TestApiClient::the_token_goes_only_with_endpoints_that_need_an_account()
{
    m_api->call(api::getSelf);
    QCOMPARE(m_transport->last().authorization.reveal(), "Bearer t0ken");
    m_api->call(api::login);
    QVERIFY(m_transport->last().authorization.reveal().isEmpty());
}

void TestApiClient::the_reason_goes_along_for_the_audit_log()
{
    m_api->call(api::kickMember, {hall, cyn}, {}, u"spam, wieder"_qs);
    QCOMPARE(m_transport->last().auditReason, u"spam, wieder"_qs);
}

void TestApiClient::a_body_is_sent_only_where_there_is_one()
{
    m_api->call(api::kickMember, {hall, cyn});
    QVERIFY(!m_transport->last().body);
    m_api->call(api::listMembers, {hall});
    QVERIFY(!m_transport->last().body);
    Login login;
    login.login = u"ann"_qs;
    login.password = u"secret"_qs;
    m_api->call(api::login, {}, login);
    QCOMPARE(m_transport->last().body.value_or(QByteArray()),
             "{\"login\":\"ann\",\"password\":\"secret\"}");
}

void TestApiClient::a_patch_names_only_what_changes()
{
    RoleInput input;
    input.permissions = Permissions(Permission::BanMembers);
    m_api->call(api::modifyRole, {hall, helpers}, input);
    QCOMPARE(m_transport->last().body.value_or(QByteArray()), "{\"permissions\":\"4\"}");
    m_api->call(api::moveRoles, {hall}, std::vector{RolePosition{helpers, 2}});
    QCOMPARE(m_transport->last().body.value_or(QByteArray()), "[{\"id\":\"2001\",\"position\":2}]");
}

void TestApiClient::a_reply_becomes_the_endpoints_type()
{
    const auto future = m_api->call(api::listRoles, {hall});
    const auto roles = answered(future, 200, json::encode(sampleGuild().roles));
    QVERIFY(roles.has_value());
    QCOMPARE(roles->size(), size_t(3));
    QCOMPARE((*roles)[2].name, u"Moderators"_qs);
    const auto kicked = answered(m_api->call(api::kickMember, {hall, cyn}), 204, {});
    QVERIFY(kicked.has_value());
}

void TestApiClient::a_refusal_keeps_code_fields_and_request_id()
{
    const auto future = m_api->call(api::createRole, {hall});
    const auto role = answered(
        future, 400,
        "{\"code\":50035,\"message\":\"Invalid Form Body\",\"errors\":{\"name\":{"
        "\"_errors\":[{\"code\":\"BASE_TYPE_BAD_LENGTH\",\"message\":\"Too long\"}]},"
        "\"list\":{\"0\":{\"id\":{\"_errors\":[{\"code\":\"X\",\"message\":\"Y\"}]}}}}}");
    QVERIFY(!role);
    QCOMPARE(role.error().code, ErrorCode::InvalidFormBody);
    QCOMPARE(role.error().effectiveStatus(), 400);
    QCOMPARE(role.error().requestId, u"req-1"_qs);
    const std::vector<FieldError> expected{{{u"name"_qs}, "BASE_TYPE_BAD_LENGTH", u"Too long"_qs},
                                           {{u"list"_qs, u"0"_qs, u"id"_qs}, "X", u"Y"_qs}};
    QVERIFY(role.error().fields == expected);
}

void TestApiClient::a_reply_that_is_no_json_is_told_as_such()
{
    const auto page = answered(m_api->call(api::getSelf), 502, "<html>bad gateway</html>");
    QVERIFY(!page);
    QCOMPARE(page.error().code, ErrorCode::Unavailable);
    QVERIFY(!page.error().message.contains(u"html"_qs));
    const auto garbled = answered(m_api->call(api::getSelf), 200, "<html>welcome</html>");
    QVERIFY(!garbled);
    QCOMPARE(garbled.error().effectiveStatus(), 200);
    QVERIFY(garbled.error().answered);
}

void TestApiClient::no_answer_is_told_apart_from_a_refusal()
{
    const auto future = m_api->call(api::getSelf);
    m_transport->answer(HttpReply{0, {}, {}, u"Connection refused"_qs});
    const auto self = future.result();
    QVERIFY(!self);
    QVERIFY(!self.error().answered);
    QCOMPARE(self.error().message, u"Connection refused"_qs);
}

void TestApiClient::a_wait_that_the_server_asks_for_is_kept()
{
    const auto self = answered(m_api->call(api::getSelf), 429,
                               "{\"message\":\"You are being rate limited.\",\"retry_after\":1.5,"
                               "\"global\":false}");
    QVERIFY(!self);
    QCOMPARE(self.error().code, ErrorCode::RateLimited);
    QCOMPARE(self.error().retryAfter.value_or(0), 1.5);
}

void TestApiClient::a_refused_token_signs_out()
{
    QSignalSpy out(m_api.get(), &ApiClient::signedOut);
    const auto self = answered(m_api->call(api::getSelf), 401,
                               "{\"message\":\"401: Unauthorized\",\"code\":0}");
    QVERIFY(self.error().isSignedOut());
    QTRY_COMPARE(out.size(), 1);
}

void TestApiClient::an_old_tokens_refusal_does_not_sign_out()
{
    QSignalSpy out(m_api.get(), &ApiClient::signedOut);
    m_api->call(api::getSelf);
    m_api->setToken(Secret<QString>(u"newer"_qs));
    m_transport->answer(401, "{\"message\":\"401: Unauthorized\",\"code\":0}");
    QCoreApplication::processEvents();
    QCOMPARE(out.size(), 0);
}

void TestApiClient::an_answer_after_its_page_is_gone_reaches_nobody()
{
    int reached = 0;
    auto page = std::make_unique<QObject>();
    onAnswer(m_api->call(api::getSelf), page.get(), [&](const auto &) { ++reached; });
    onAnswer(m_api->call(api::getSelf), m_api.get(), [&](const auto &) { ++reached; });
    page.reset();
    m_transport->answer(401);
    m_transport->answer(401);
    QTRY_COMPARE(reached, 1);
}

QTEST_GUILESS_MAIN(TestApiClient)
#include "tst_api_client.moc"
