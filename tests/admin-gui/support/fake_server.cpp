// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/admin-gui/support/fake_server.h"

#include "shared/dto/auth.h"
#include "shared/dto/gateway_info.h"

#include <QCoreApplication>
#include <QTest>

namespace guildhall::console {

namespace {

HttpReply ok(const QByteArray &body)
{
    return {200, body, QStringLiteral("req-1"), {}};
}

QByteArray signedIn()
{
    SignedIn answer;
    answer.token = QStringLiteral("token-1");
    answer.userId = ann;
    static_cast<User &>(answer.user) = sampleUser(ann, QStringLiteral("Ann"));
    return json::encode(answer);
}

} // namespace

FakeServer::FakeServer()
    : settings(folder.filePath(QStringLiteral("console.ini")))
    , socket(new ScriptedSocket)
    , session(transport, std::unique_ptr<SocketTransport>(socket), keychain, settings,
              BackOff(BackOff::Ms(20), BackOff::Ms(40)))
{
    transport.answerBy([this](const HttpRequest &request) { return reply(request); });
}

HttpReply FakeServer::reply(const HttpRequest &request)
{
    const QByteArray line = FakeTransport::line(request);
    for (auto rule = m_rules.rbegin(); rule != m_rules.rend(); ++rule) {
        if (rule->left == 0 || !line.startsWith(rule->lineStart))
            continue;
        if (rule->left > 0)
            --rule->left;
        return rule->reply;
    }
    if (line == "POST /api/v10/auth/login")
        return ok(signedIn());
    if (line == "GET /api/v10/gateway")
        return ok(json::encode(GatewayInfo{QStringLiteral("ws://gateway.example:1")}));
    if (line == "GET /api/v10/users/@me") {
        UserSelf self;
        static_cast<User &>(self) = sampleUser(ann, QStringLiteral("Ann"));
        return ok(json::encode(self));
    }
    if (line.startsWith("GET /api/v10/users/@me/guilds"))
        return ok(
            "[{\"id\":\"1000\",\"name\":\"The Hall\",\"icon\":null,\"banner\":null,\"owner\":true,"
            "\"permissions\":\"8\",\"features\":[],\"approximate_member_count\":4}]");
    if (line.startsWith("GET /api/v10/guilds/1000/members"))
        return ok(json::encode(guild.members));
    if (line.startsWith("GET /api/v10/guilds/1000/roles"))
        return ok(json::encode(guild.roles));
    return {204, {}, QStringLiteral("req-1"), {}};
}

void FakeServer::answerWith(const QByteArray &lineStart, int status, const QByteArray &body)
{
    answerNext(-1, lineStart, status, body);
}

void FakeServer::answerNext(int times, const QByteArray &lineStart, int status,
                            const QByteArray &body)
{
    m_rules.push_back({lineStart, {status, body, QStringLiteral("req-7"), {}}, times});
}

GatewayGuild FakeServer::otherGuild(GuildId id, const QString &name)
{
    GatewayGuild guild = sampleGuild();
    guild.id = id;
    guild.name = name;
    for (Role &role : guild.roles) {
        if (role.id == everyoneRole)
            role.id = RoleId(id);
    }
    for (Presence &presence : guild.presences)
        presence.guildId = id;
    return guild;
}

void FakeServer::signIn(UserId self)
{
    session.signIn(QUrl(QStringLiteral("http://localhost:3000")), QStringLiteral("ann"),
                   QStringLiteral("correct horse"), false);
    QTRY_VERIFY2(!socket->urls.isEmpty(), "the session does not open the gateway");
    ready(self, {guild});
}

void FakeServer::ready(UserId self, const std::vector<GatewayGuild> &guilds)
{
    socket->hello();
    socket->dispatch("READY", sampleReady(self, guilds));
    session.directory().flush();
}

} // namespace guildhall::console
