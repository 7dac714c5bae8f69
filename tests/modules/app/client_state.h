// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QMap>
#include <QStringList>

namespace guildhall::test {

/// What a client knows from READY and GUILD_CREATE, kept up to date by events as bot libraries do
/// it: an event says all there is to know, and nothing is asked for.
class ClientState {
public:
    /// Takes one payload of the gateway; what is no dispatch is ignored.
    void take(const QJsonObject &payload);

    /// As one object, with lists as objects by id, since their order means nothing.
    QJsonObject toJson() const;
    /// Events that this client does not know of. A new event belongs into the table of take().
    const QStringList &unknown() const { return m_unknown; }
    /// The number of guilds that READY announced and GUILD_CREATE has not brought.
    qsizetype awaited() const { return m_awaited.size(); }

private:
    using ById = QMap<QString, QJsonObject>;
    struct Guild {
        QJsonObject fields;
        ById roles;
        ById channels;
        ById members;
        ById presences;
    };

    void ready(const QJsonObject &d);
    void guildCreate(const QJsonObject &d);
    void guildUpdate(const QJsonObject &d);
    void guildDelete(const QJsonObject &d);
    void roleSet(const QJsonObject &d);
    void roleDelete(const QJsonObject &d);
    void channelSet(const QJsonObject &d);
    void channelDelete(const QJsonObject &d);
    void memberAdd(const QJsonObject &d);
    void memberUpdate(const QJsonObject &d);
    void memberRemove(const QJsonObject &d);
    void presenceUpdate(const QJsonObject &d);
    void messageCreate(const QJsonObject &d);
    void userUpdate(const QJsonObject &d) { m_user = d; }
    void countMembers(const QJsonObject &d, int by);
    Guild &guildOf(const QJsonObject &d);

    QJsonObject m_user;
    QMap<QString, Guild> m_guilds;
    QStringList m_awaited;
    QStringList m_unknown;
};

/// Where two values differ: "guilds.7.name: "a" against "b"", one line each; empty when they do
/// not.
QStringList differences(const QJsonObject &a, const QJsonObject &b);

} // namespace guildhall::test
