// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/message/message_module.h"
#include "tests/support/guild_world.h"

#include <mutex>

namespace guildhall::test {

/// The names of the statements that were run, BEGIN and COMMIT left out.
class StatementList : public db::StatementObserver {
public:
    /// Those since the last call.
    QByteArrayList statements()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_names, {});
    }

    void statementRan(const db::Query &query, std::chrono::nanoseconds) override
    {
        const QByteArray name(query.name);
        if (name.startsWith("db."))
            return;
        const std::lock_guard lock(m_mutex);
        m_names.append(name);
    }
    void statementFailed(const db::DbFault &) override { }
    void reconnected() override { }

private:
    std::mutex m_mutex;
    QByteArrayList m_names;
};

/// A guild of ann's with a channel in which bob may write, and messages that are stored for real.
/// Knows the statements that requests cost.
class MessageWorld : public StatementList, public GuildWorld {
public:
    explicit MessageWorld(Permissions everyone = defaultEveryonePermissions)
        : GuildWorld(static_cast<StatementObserver *>(this))
        , messages(kernel(), permissions(), users())
        , ann(user(QStringLiteral("ann")))
        , home(guild(ann, everyone))
        , general(channel(home))
        , bob(member(QStringLiteral("bob"), home))
    {
        messages.start();
    }
    ~MessageWorld() { messages.stop(); }

    /// Posts by the route, as a test does that is about something else.
    MessageId post(UserId who, ChannelId where, const QByteArray &content)
    {
        const Answer answer = ask("POST", path(where), who, "{\"content\":\"" + content + "\"}");
        return MessageId(answer.at("id").toULongLong());
    }
    static QByteArray path(ChannelId channel)
    {
        return "/api/v10/channels/" + str(channel) + "/messages";
    }
    static QByteArray path(ChannelId channel, MessageId message)
    {
        return path(channel) + '/' + str(message);
    }

    MessageModule messages;
    const UserId ann; ///< the owner
    const GuildId home;
    const ChannelId general;
    const UserId bob;
};

} // namespace guildhall::test
