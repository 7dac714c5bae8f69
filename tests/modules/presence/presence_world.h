// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/presence/presence_events.h"
#include "server/modules/presence/presence_module.h"
#include "tests/support/guild_world.h"

namespace guildhall::test {

/// Ann is in two guilds, bob in one.
class PresenceWorld : public GuildWorld {
public:
    using Status = realtime::PresenceUpdate::Status;

    PresenceWorld()
        : presence(kernel(), permissions(), users())
        , ann(user(QStringLiteral("ann")))
        , bob(user(QStringLiteral("bob")))
        , first(guild(ann))
        , second(guild(ann))
        , general(channel(first))
    {
        join(first, bob);
    }
    static realtime::SessionHandle session(UserId user, const QByteArray &id, bool bot = false)
    {
        realtime::Identity identity;
        identity.user = user;
        identity.bot = bot;
        return realtime::SessionHandle(nullptr, 1, {id, identity, Intents::all()});
    }
    static realtime::PresenceUpdate status(Status status, const QByteArray &activities = "[]")
    {
        realtime::PresenceUpdate update;
        update.status = status;
        update.activities = activities;
        return update;
    }
    PresenceService &service() { return presence.service(); }
    void open(UserId user, const QByteArray &id, std::optional<Status> initial = std::nullopt)
    {
        service().sessionOpened(session(user, id),
                                initial ? std::optional(status(*initial)) : std::nullopt);
    }
    void close(UserId user, const QByteArray &id, bool abnormal)
    {
        service().sessionClosed(session(user, id).info(), abnormal);
    }
    /// What was told since the last call, as "online online" for two guilds.
    QString told()
    {
        QStringList words;
        for (const PresenceChanged &event : events().all<PresenceChanged>())
            words.append(event.presence.status);
        events().clear();
        return words.join(u' ');
    }

    PresenceModule presence;
    const UserId ann;
    const UserId bob;
    const GuildId first;
    const GuildId second;
    const ChannelId general;
};

} // namespace guildhall::test
