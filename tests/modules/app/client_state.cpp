// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/modules/app/client_state.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

namespace guildhall::test {

using namespace Qt::StringLiterals;

namespace {

QString idOf(const QJsonObject &object)
{
    return object["id"_L1].toString();
}

QString userOf(const QJsonObject &object)
{
    return idOf(object["user"_L1].toObject());
}

QJsonObject without(QJsonObject object, QLatin1StringView key)
{
    object.remove(key);
    return object;
}

/// The list at `key`, by what `key of` says of each entry; taken out of the object.
template <typename KeyOf>
QMap<QString, QJsonObject> takeList(QJsonObject &object, QLatin1StringView key, KeyOf keyOf)
{
    QMap<QString, QJsonObject> entries;
    for (const QJsonValue &entry : object.take(key).toArray())
        entries[keyOf(entry.toObject())] = entry.toObject();
    return entries;
}

QJsonObject joined(const QMap<QString, QJsonObject> &entries)
{
    QJsonObject object;
    for (auto entry = entries.begin(); entry != entries.end(); ++entry)
        object[entry.key()] = entry.value();
    return object;
}

QString shown(const QJsonValue &value)
{
    if (value.isUndefined())
        return u"nothing"_s;
    const QByteArray text = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(text.mid(1, text.size() - 2));
}

void addDifferences(const QString &place, const QJsonValue &a, const QJsonValue &b,
                    QStringList &found)
{
    if (a == b)
        return;
    if (!a.isObject() || !b.isObject()) {
        found << u"%1: %2 against %3"_s.arg(place, shown(a), shown(b));
        return;
    }
    QStringList keys = a.toObject().keys() + b.toObject().keys();
    keys.removeDuplicates();
    for (const QString &key : keys)
        addDifferences(place.isEmpty() ? key : place + u'.' + key, a[key], b[key], found);
}

} // namespace

void ClientState::take(const QJsonObject &payload)
{
    using Taker = void (ClientState::*)(const QJsonObject &);
    static const QMap<QString, Taker> takers{
        {u"READY"_s, &ClientState::ready},
        {u"GUILD_CREATE"_s, &ClientState::guildCreate},
        {u"GUILD_UPDATE"_s, &ClientState::guildUpdate},
        {u"GUILD_DELETE"_s, &ClientState::guildDelete},
        {u"GUILD_ROLE_CREATE"_s, &ClientState::roleSet},
        {u"GUILD_ROLE_UPDATE"_s, &ClientState::roleSet},
        {u"GUILD_ROLE_DELETE"_s, &ClientState::roleDelete},
        {u"CHANNEL_CREATE"_s, &ClientState::channelSet},
        {u"CHANNEL_UPDATE"_s, &ClientState::channelSet},
        {u"CHANNEL_DELETE"_s, &ClientState::channelDelete},
        {u"GUILD_MEMBER_ADD"_s, &ClientState::memberAdd},
        {u"GUILD_MEMBER_UPDATE"_s, &ClientState::memberUpdate},
        {u"GUILD_MEMBER_REMOVE"_s, &ClientState::memberRemove},
        {u"PRESENCE_UPDATE"_s, &ClientState::presenceUpdate},
        {u"MESSAGE_CREATE"_s, &ClientState::messageCreate},
        {u"USER_UPDATE"_s, &ClientState::userUpdate},
        // About what is in no state.
        {u"INVITE_CREATE"_s, nullptr},
        {u"INVITE_DELETE"_s, nullptr},
    };
    if (payload["op"_L1].toInt() != 0)
        return;
    const QString name = payload["t"_L1].toString();
    if (!takers.contains(name))
        m_unknown << name;
    else if (const Taker taker = takers[name])
        (this->*taker)(payload["d"_L1].toObject());
}

void ClientState::ready(const QJsonObject &d)
{
    m_user = d["user"_L1].toObject();
    for (const QJsonValue &guild : d["guilds"_L1].toArray()) {
        if (guild["unavailable"_L1].toBool())
            m_awaited << guild["id"_L1].toString();
        else
            guildCreate(guild.toObject());
    }
}

void ClientState::guildCreate(const QJsonObject &d)
{
    Guild guild;
    guild.fields = d;
    guild.roles = takeList(guild.fields, "roles"_L1, idOf);
    guild.channels = takeList(guild.fields, "channels"_L1, idOf);
    guild.members = takeList(guild.fields, "members"_L1, userOf);
    guild.presences = takeList(guild.fields, "presences"_L1, userOf);
    m_awaited.removeAll(idOf(d));
    m_guilds[idOf(d)] = guild;
}

void ClientState::guildUpdate(const QJsonObject &d)
{
    Guild &guild = m_guilds[idOf(d)];
    QJsonObject changed = d;
    guild.roles = takeList(changed, "roles"_L1, idOf);
    for (auto field = changed.begin(); field != changed.end(); ++field)
        guild.fields[field.key()] = field.value();
}

void ClientState::guildDelete(const QJsonObject &d)
{
    m_guilds.remove(idOf(d));
}

ClientState::Guild &ClientState::guildOf(const QJsonObject &d)
{
    return m_guilds[d["guild_id"_L1].toString()];
}

void ClientState::roleSet(const QJsonObject &d)
{
    const QJsonObject role = d["role"_L1].toObject();
    guildOf(d).roles[idOf(role)] = role;
}

void ClientState::roleDelete(const QJsonObject &d)
{
    Guild &guild = guildOf(d);
    const QString id = d["role_id"_L1].toString();
    guild.roles.remove(id);
    for (QJsonObject &member : guild.members) { // nobody is told of each; libraries do this
        QJsonArray roles;
        for (const QJsonValue &role : member["roles"_L1].toArray()) {
            if (role.toString() != id)
                roles << role;
        }
        member["roles"_L1] = roles;
    }
}

void ClientState::channelSet(const QJsonObject &d)
{
    guildOf(d).channels[idOf(d)] = d;
}

void ClientState::channelDelete(const QJsonObject &d)
{
    guildOf(d).channels.remove(idOf(d));
}

void ClientState::countMembers(const QJsonObject &d, int by)
{
    QJsonValueRef count = guildOf(d).fields["member_count"_L1];
    count = count.toInt() + by;
}

void ClientState::memberAdd(const QJsonObject &d)
{
    countMembers(d, 1);
    memberUpdate(d);
}

void ClientState::memberUpdate(const QJsonObject &d)
{
    guildOf(d).members[userOf(d)] = without(d, "guild_id"_L1);
}

void ClientState::memberRemove(const QJsonObject &d)
{
    countMembers(d, -1);
    guildOf(d).members.remove(userOf(d));
    guildOf(d).presences.remove(userOf(d));
}

void ClientState::presenceUpdate(const QJsonObject &d)
{
    if (d["status"_L1].toString() == "offline"_L1)
        guildOf(d).presences.remove(userOf(d));
    else
        guildOf(d).presences[userOf(d)] = without(d, "guild_id"_L1);
}

void ClientState::messageCreate(const QJsonObject &d)
{
    guildOf(d).channels[d["channel_id"_L1].toString()]["last_message_id"_L1] = d["id"_L1];
}

QJsonObject ClientState::toJson() const
{
    QJsonObject guilds;
    for (auto guild = m_guilds.begin(); guild != m_guilds.end(); ++guild) {
        QJsonObject all = guild->fields;
        all["roles"_L1] = joined(guild->roles);
        all["channels"_L1] = joined(guild->channels);
        all["members"_L1] = joined(guild->members);
        all["presences"_L1] = joined(guild->presences);
        guilds[guild.key()] = all;
    }
    return {{u"user"_s, m_user}, {u"guilds"_s, guilds}};
}

QStringList differences(const QJsonObject &a, const QJsonObject &b)
{
    QStringList found;
    addDifferences({}, a, b, found);
    return found;
}

} // namespace guildhall::test
