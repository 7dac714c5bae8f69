// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/modules/app/daemon_world.h"

#include "tests/gateway/raw_client.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

#include <stdexcept>

namespace guildhall::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

QJsonObject RestAnswer::object() const
{
    return QJsonDocument::fromJson(body).object();
}

DaemonWorld::DaemonWorld()
    : m_proxy(m_home.parameters())
    , m_session(m_home.parameters())
{ }

DaemonWorld::~DaemonWorld()
{
    m_proxy.setFrozen(false);
    m_proxy.setAway(false);
}

void DaemonWorld::start()
{
    m_daemon = std::make_unique<Daemon>(config());
    m_daemon->start();
}

Config DaemonWorld::config() const
{
    const db::ConnectionParameters &database = m_proxy.parameters();
    Config config;
    config.database.host = database.host;
    config.database.port = database.port;
    config.database.user = database.user;
    config.database.name = database.database;
    config.http.listen = QHostAddress::LocalHost;
    config.http.headerTimeout = config.http.bodyTimeout = 30s;
    config.http.idleTimeout = config.http.writeTimeout = 60s;
    config.http.maxConnectionsPerAddress = 1000;
    config.http.bodyMemory = 64 * 1024 * 1024;
    config.http.apiThreads = 4;
    config.gateway.threads = 2;
    config.gateway.heartbeat = 40s;
    config.metrics.listen = QHostAddress::LocalHost;
    config.metrics.isExplicit = true;
    config.auth.jwtLifetime = 1h;
    config.limits.enabled = false;
    config.limits.registrationsPerMinute = 1000;
    return config;
}

RestAnswer DaemonWorld::callPort(quint16 port, const QByteArray &verb, const QByteArray &path,
                                 const QString &token, const QByteArray &body)
{
    RawClient client(port);
    QByteArray request = verb + ' ' + path + " HTTP/1.1\r\nHost: guildhall.test\r\n";
    if (!token.isEmpty())
        request += "Authorization: Bearer " + token.toLatin1() + "\r\n";
    if (verb != "GET") {
        request += "Content-Type: application/json\r\nContent-Length: "
            + QByteArray::number(body.size()) + "\r\n";
    }
    client.send(request + "\r\n" + body);
    const RawClient::Answer answer = client.answer();
    return {answer.status, answer.body};
}

RestAnswer DaemonWorld::call(const QByteArray &verb, const QByteArray &path, const QString &token,
                             const QByteArray &body) const
{
    return callPort(m_daemon->port(), verb, "/api/v10" + path, token, body);
}

RestAnswer DaemonWorld::monitor(const QByteArray &path) const
{
    return callPort(m_daemon->healthPort(), "GET", path, {}, {});
}

DaemonWorld::Person DaemonWorld::person(const QByteArray &name)
{
    const RestAnswer answer = callPort(m_daemon->port(), "POST", "/auth/register", {},
                                       R"({"username":")" + name + R"(","email":")" + name
                                           + R"(@guildhall.test","password":"a long password"})");
    if (answer.status != 201)
        throw std::runtime_error("nobody was registered: " + answer.body.toStdString());
    return {answer.object()["user_id"_L1].toString(), answer.object()["token"_L1].toString()};
}

std::unique_ptr<GatewayClient> DaemonWorld::gateway() const
{
    return std::make_unique<GatewayClient>(
        QUrl(u"ws://127.0.0.1:%1/?v=10&encoding=json"_s.arg(m_daemon->port())));
}

DaemonGuild::DaemonGuild(DaemonWorld &world)
    : ann(world.person("ann"))
    , bob(world.person("bob"))
{
    id = world.call("POST", "/guilds", ann.token, R"({"name":"Guild"})")
             .object()["id"_L1]
             .toString()
             .toLatin1();
    const RestAnswer list = world.call("GET", "/guilds/" + id + "/channels", ann.token);
    QByteArray channel;
    for (const QJsonValue &value : QJsonDocument::fromJson(list.body).array()) {
        if (value["type"_L1].toInt() == 0)
            channel = value["id"_L1].toString().toLatin1();
    }
    messages = "/channels/" + channel + "/messages";
    const RestAnswer invite
        = world.call("POST", "/channels/" + channel + "/invites", ann.token, "{}");
    world.call("POST", "/invites/" + invite.object()["code"_L1].toString().toLatin1(), bob.token,
               "{}");
    if (world.call("POST", messages, bob.token, R"({"content":"here"})").status != 200)
        throw std::runtime_error("bob cannot write");
}

} // namespace guildhall::test
