// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"
#include "shared/permission/permissions.h"

#include <QByteArray>

#include <utility>
#include <vector>

namespace guildhall {

/// Who may hear an event; a value, judged by the dispatcher with the rights of that moment.
struct Audience {
    enum class Kind {
        Nobody, ///< for listeners inside the daemon only
        Guild, ///< members of `guild` who hold `need` there
        Channel, ///< members of `guild` who hold `need` in `channel`
        Users, ///< the sessions of `users`, wherever they are
    };

    Kind kind = Kind::Nobody;
    GuildId guild;
    ChannelId channel;
    Permissions need;
    std::vector<UserId> users;
    /// Hears it whatever its intents are (a member's own GUILD_MEMBER_UPDATE).
    UserId always;
    /// Does not hear it: the gateway session that caused it. Empty: none.
    QByteArray exceptSession;

    static Audience nobody() { return {}; }
    static Audience members(GuildId guild, Permissions need = {})
    {
        return {Kind::Guild, guild, {}, need, {}, {}, {}};
    }
    static Audience viewers(GuildId guild, ChannelId channel,
                            Permissions need = Permission::ViewChannel)
    {
        return {Kind::Channel, guild, channel, need, {}, {}, {}};
    }
    static Audience only(std::vector<UserId> users)
    {
        return {Kind::Users, {}, {}, {}, std::move(users), {}, {}};
    }
    Audience andAlways(UserId user) const
    {
        Audience copy = *this;
        copy.always = user;
        return copy;
    }
    Audience butNotSession(QByteArray session) const
    {
        Audience copy = *this;
        copy.exceptSession = std::move(session);
        return copy;
    }
};

} // namespace guildhall
