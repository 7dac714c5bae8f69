// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/ready_encoder.h"

#include <algorithm>
#include <array>

namespace guildhall::realtime {

namespace {

/// Things Guildhall does not have, which clients iterate or look into all the same.
constexpr std::array<std::pair<const char *, const char *>, 4> emptyForAll{{
    {"relationships", "[]"},
    {"user_settings", "{}"},
    {"presences", "[]"},
    {"geo_ordered_rtc_regions", "[]"},
}};
constexpr std::array<std::pair<const char *, const char *>, 5> emptyForUsers{{
    {"users", "[]"},
    {"read_state", R"({"entries":[],"partial":false,"version":0})"},
    {"user_guild_settings", R"({"entries":[],"partial":false,"version":0})"},
    {"sessions", "[]"},
    {"auth_session_id_hash", R"("")"},
}};

class ObjectWriter {
public:
    void add(QByteArrayView key, QByteArrayView value)
    {
        m_text += m_text.isEmpty() ? '{' : ',';
        m_text += '"';
        m_text += key;
        m_text += "\":";
        m_text += value;
    }
    QByteArray take() && { return std::move(m_text) + '}'; }

private:
    QByteArray m_text;
};

/// Host names and URLs of ours hold no quotes; somebody's Host header may.
QByteArray quoted(const QByteArray &text)
{
    QByteArray clean;
    for (const char c : text) {
        if (c > ' ' && c < 0x7f && c != '"' && c != '\\')
            clean += c;
    }
    return '"' + clean + '"';
}

QByteArray joined(const std::vector<QByteArray> &values)
{
    qsizetype size = 2;
    for (const QByteArray &value : values)
        size += value.size() + 1;
    QByteArray list;
    list.reserve(size);
    list += '[';
    for (const QByteArray &value : values) {
        if (list.size() > 1)
            list += ',';
        list += value;
    }
    return list + ']';
}

QByteArray stub(GuildId guild)
{
    return "{\"id\":\"" + QByteArray::number(guild.value()) + "\",\"unavailable\":true}";
}

bool isGiven(const ReadyData &data, const char *key)
{
    return std::any_of(data.extra.begin(), data.extra.end(),
                       [&](const auto &entry) { return entry.first == key; });
}

} // namespace

ReadyPayloads encodeReady(const ReadyRequest &request, const ReadyData &data,
                          const QByteArray &sessionId, const QByteArray &resumeUrl)
{
    ReadyPayloads payloads;
    std::vector<QByteArray> guilds;
    const bool bot = request.identity.bot;
    for (const ReadyGuild &guild : data.guilds) {
        if (request.shard && !request.shard->holds(guild.id))
            continue;
        payloads.guilds.push_back(guild.id);
        guilds.push_back(bot ? stub(guild.id) : guild.create);
        if (bot && request.intents.has(Intent::Guilds))
            payloads.guildCreates.push_back(guild.create);
    }

    ObjectWriter d;
    d.add("v", "10");
    d.add("user", data.user);
    d.add("guilds", joined(guilds));
    d.add("session_id", quoted(sessionId));
    d.add("resume_gateway_url", quoted(resumeUrl));
    d.add("session_type", "\"normal\"");
    d.add("private_channels", data.privateChannels);
    if (request.shard)
        d.add("shard",
              '[' + QByteArray::number(request.shard->index) + ','
                  + QByteArray::number(request.shard->count) + ']');
    if (!data.application.isEmpty())
        d.add("application", data.application);
    for (const auto &[key, value] : data.extra)
        d.add(key, value);
    for (const auto &[key, value] : emptyForAll) {
        if (!isGiven(data, key))
            d.add(key, value);
    }
    for (const auto &[key, value] : emptyForUsers) {
        if (!bot && !isGiven(data, key))
            d.add(key, value);
    }
    payloads.ready = std::move(d).take();
    return payloads;
}

} // namespace guildhall::realtime
