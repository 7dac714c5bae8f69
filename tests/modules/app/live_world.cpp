// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/modules/app/live_world.h"

#include <QJsonArray>
#include <QUrl>

#include <stdexcept>

namespace guildhall::test {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds patienceAtEnd{5};

} // namespace

LiveWorld::LiveWorld()
    : m_modules(kernel(), Config{}, m_metrics.auth)
    , m_shards({},
               {bus(),
                kernel().api,
                clock(),
                m_modules.permission.rights(),
                m_authenticator,
                m_modules.ready.service(),
                m_modules.commands,
                {&m_modules.presence.service()}})
    , m_upgrades(m_shards, {})
{
    m_modules.message.start();
    m_shards.start();
    m_front = std::make_unique<HttpFront>(DoorSettings(), &m_upgrades);
}

LiveWorld::~LiveWorld()
{
    kernel().api.drain(patienceAtEnd);
    m_shards.shutdown(std::chrono::milliseconds(50));
    m_modules.message.stop();
}

std::unique_ptr<GatewayClient> LiveWorld::connect()
{
    return std::make_unique<GatewayClient>(
        QUrl(u"ws://127.0.0.1:%1/?v=10&encoding=json"_s.arg(m_front->port())));
}

QString LiveWorld::tokenOf(UserId user, bool bot)
{
    return (bot ? u"bot-"_s : u"user-"_s) + user.toString();
}

Watcher::Watcher(LiveWorld &world, UserId user, bool bot)
    : m_world(world)
    , m_user(user)
    , m_bot(bot)
    , m_client(start({}, m_state))
{
    m_taken = m_client->all().size();
}

std::unique_ptr<GatewayClient> Watcher::start(const QJsonObject &more, ClientState &state)
{
    auto client = m_world.connect();
    QJsonObject identify = more;
    identify[u"intents"_s] = qint64(Intents::all().bits);
    if (client->identify(LiveWorld::tokenOf(m_user, m_bot), identify).isEmpty())
        throw std::runtime_error("no READY");
    qsizetype taken = 0;
    do {
        while (taken < client->all().size())
            state.take(client->all()[taken++]);
    } while (state.awaited() > 0 && !client->nextDispatch(u"GUILD_CREATE"_s).isEmpty());
    return client;
}

void Watcher::catchUp()
{
    if (!m_client->sync())
        throw std::runtime_error("the session has ended");
    while (m_taken < m_client->all().size())
        m_state.take(m_client->all()[m_taken++]);
}

QJsonObject Watcher::state()
{
    catchUp();
    return compared(m_state);
}

QJsonObject Watcher::freshState()
{
    // Invisible, so that nobody hears of it.
    const QJsonObject invisible{{u"status"_s, u"invisible"_s},
                                {u"activities"_s, QJsonArray()},
                                {u"since"_s, QJsonValue::Null},
                                {u"afk"_s, false}};
    ClientState state;
    start({{u"presence"_s, invisible}}, state);
    return compared(state);
}

QJsonObject Watcher::compared(const ClientState &state) const
{
    QJsonObject all = state.toJson();
    QJsonObject guilds = all["guilds"_L1].toObject();
    for (const QString &id : guilds.keys()) {
        QJsonObject guild = guilds[id].toObject();
        // Who changes their own presence is not told of it.
        QJsonObject presences = guild["presences"_L1].toObject();
        presences.remove(m_user.toString());
        guild["presences"_L1] = presences;
        QJsonObject channels = guild["channels"_L1].toObject();
        if (channels.contains(m_blindFor.toString())) {
            QJsonObject channel = channels[m_blindFor.toString()].toObject();
            channel.remove("last_message_id"_L1);
            channels[m_blindFor.toString()] = channel;
        }
        guild["channels"_L1] = channels;
        guilds[id] = guild;
    }
    all["guilds"_L1] = guilds;
    return all;
}

} // namespace guildhall::test
