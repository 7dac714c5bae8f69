// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/message/message_module.h"
#include "tests/support/guild_world.h"

#include <mutex>

namespace guildhall::test {

/// A guild of ann's with a channel in which bob may write, and messages that are stored for real.
/// Counts the statements that requests cost.
class MessageWorld : public GuildWorld {
public:
    explicit MessageWorld(Permissions everyone = defaultEveryonePermissions)
        : m_counting(countFrom(database()))
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

    /// The statements since the last call, BEGIN and COMMIT left out.
    QByteArrayList statements()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_statements, {});
    }

private:
    bool countFrom(db::Database &database)
    {
        database.setObserver([this](const db::Query &query, std::chrono::nanoseconds) {
            const QByteArray name(query.name);
            if (name.startsWith("db."))
                return;
            const std::lock_guard lock(m_mutex);
            m_statements.append(name);
        });
        return true;
    }

    std::mutex m_mutex;
    QByteArrayList m_statements;
    bool m_counting; ///< before the first session is made

public:
    MessageModule messages;
    const UserId ann; ///< the owner
    const GuildId home;
    const ChannelId general;
    const UserId bob;
};

} // namespace guildhall::test
