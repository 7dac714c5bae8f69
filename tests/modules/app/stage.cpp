// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/modules/app/stage.h"

#include <QJsonDocument>
#include <QTest>

#include <stdexcept>

namespace guildhall::test {

using namespace Qt::StringLiterals;

Stage::Stage()
{
    for (const char *name : {"ann", "bob", "carol", "dave"})
        person(name);
    makeGuild();
    makeBots();
    const auto watch = [this](const char *name, bool bot) {
        m_watchers[name] = std::make_unique<Watcher>(*this, UserId(m_ids[name].toULongLong()), bot);
    };
    for (const char *name : {"ann", "bob", "carol"})
        watch(name, false);
    for (const char *name : {"helper", "robot"})
        watch(name, true);
    for (const char *name : {"bob", "helper"})
        watcher(name).doesNotSee(ChannelId(m_ids["hidden"].toULongLong()));
}

UserId Stage::person(const QByteArray &name)
{
    const UserId id = user(QString::fromLatin1(name));
    m_ids[name] = id.toString().toLatin1();
    return id;
}

QByteArray Stage::make(const QByteArray &path, const QByteArray &body)
{
    return ask("ann", "POST", path, body)["id"_L1].toString().toLatin1();
}

void Stage::makeGuild()
{
    m_ids["guild"] = make("/guilds", R"({"name":"The Den"})");
    const QByteArray roles = "/guilds/$guild/roles";
    m_ids["low"] = make(roles, R"({"name":"low"})");
    m_ids["high"] = make(roles, R"({"name":"high"})");
    const QByteArray channels = "/guilds/$guild/channels";
    m_ids["category"] = make(channels, R"({"name":"halls","type":4,"permission_overwrites":[
        {"id":"$low","type":0,"allow":"0","deny":"32768"}]})");
    m_ids["synced"] = make(channels, R"({"name":"synced","parent_id":"$category"})");
    m_ids["general"] = make(channels, R"({"name":"general","parent_id":"$category",
        "permission_overwrites":[]})");
    m_ids["voice"] = make(channels, R"({"name":"Voice","type":2})");
    m_ids["hidden"] = make(channels, R"({"name":"hidden","permission_overwrites":[
        {"id":"$guild","type":0,"allow":"0","deny":"1024"}]})");
    ask("ann", "PATCH", "/guilds/$guild", R"({"system_channel_id":"$general"})");
    const auto invite = [&](const QByteArray &body) {
        return ask("ann", "POST", "/channels/$general/invites", body)["code"_L1]
            .toString()
            .toLatin1();
    };
    m_ids["invite"] = invite("{}");
    m_ids["once"] = invite(R"({"max_uses":1})");
    for (const char *name : {"bob", "dave"}) {
        ask(name, "POST", "/invites/$invite");
        ask("ann", "PUT", QByteArray("/guilds/$guild/members/$") + name + "/roles/$low");
    }
}

void Stage::makeBots()
{
    for (const char *name : {"helper", "robot"})
        m_ids[name] = make("/applications", QByteArray(R"({"name":")") + name + "\"}");
    ask("ann", "POST", "/oauth2/authorize?scope=bot&permissions=2048&client_id=$helper",
        R"({"guild_id":"$guild"})");
}

QByteArray Stage::filled(QByteArray text) const
{
    for (const auto &[name, id] : m_ids)
        text.replace('$' + name, id);
    return text;
}

QJsonObject Stage::ask(const QByteArray &who, const QByteArray &method, const QByteArray &path,
                       const QByteArray &body)
{
    const UserId user(m_ids.at(who).toULongLong());
    const Response answer
        = call(method, "/api/v10" + filled(path), as(user, who == "helper"), filled(body));
    if (answer.status >= 300)
        throw std::runtime_error(answer.body.toStdString());
    return QJsonDocument::fromJson(answer.body).object();
}

QStringList Stage::differencesTo(const States &fresh)
{
    QStringList all;
    for (const auto &[name, known] : states()) {
        for (const QString &event : watcher(name).unknownEvents())
            all << u"the client does not know %1"_s.arg(event);
        for (const QString &difference : differences(known, fresh.at(name)))
            all << u"%1: %2"_s.arg(QString::fromLatin1(name), difference);
    }
    return all;
}

QString Stage::disagreement()
{
    // Joins and presences are told by threads of their own: they are waited for.
    QStringList found;
    (void)QTest::qWaitFor(
        [&] {
            const States fresh = freshStates();
            found = differencesTo(fresh);
            if (found.isEmpty()) // and what comes late does not spoil it
                found = differencesTo(fresh);
            return found.isEmpty();
        },
        int(GatewayClient::patience.count()));
    return found.join(u'\n');
}

void Stage::goes(const QByteArray &name)
{
    GatewayClient &client = watcher(name).client();
    client.socket().close();
    if (client.closeCode() == 0)
        throw std::runtime_error("the session does not close");
    m_watchers.erase(name);
}

Stage::States Stage::states()
{
    States states;
    for (const auto &[name, watcher] : m_watchers)
        states[name] = watcher->state();
    return states;
}

Stage::States Stage::freshStates()
{
    States states;
    for (const auto &[name, watcher] : m_watchers)
        states[name] = watcher->freshState();
    return states;
}

} // namespace guildhall::test
