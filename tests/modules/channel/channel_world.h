// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/channel/channel_module.h"
#include "tests/support/guild_world.h"

namespace guildhall::test {

/// A guild of ann's with a channel; carol manages channels and overwrites, bob manages nothing.
class ChannelWorld : public GuildWorld {
public:
    ChannelWorld()
        : channels(kernel(), permissions())
        , ann(user(QStringLiteral("ann")))
        , home(guild(ann))
        , general(channel(home))
        , category(channel(home, {ChannelType::Category, {}, 0, QStringLiteral("Category")}))
        , manager(role(home, Permission::ManageChannels | Permission::ManageRoles, 2))
        , carol(member(QStringLiteral("carol"), home, {manager}))
        , bob(member(QStringLiteral("bob"), home))
        , outsider(user(QStringLiteral("outsider")))
    { }

    QByteArray inGuild() const { return "/api/v10/guilds/" + str(home) + "/channels"; }
    static QByteArray path(ChannelId channel) { return "/api/v10/channels/" + str(channel); }
    static QByteArray overwritePath(ChannelId channel, quint64 target)
    {
        return path(channel) + "/permissions/" + QByteArray::number(target);
    }
    /// An overwrite of a role as JSON.
    static QByteArray overwrite(quint64 id, int type, Permissions allow, Permissions deny)
    {
        return "{\"id\":\"" + QByteArray::number(id) + "\",\"type\":" + QByteArray::number(type)
            + ",\"allow\":\"" + QByteArray::number(allow.bits()) + "\",\"deny\":\""
            + QByteArray::number(deny.bits()) + "\"}";
    }
    ChannelId made(const QByteArray &body)
    {
        return ChannelId(ask("POST", inGuild(), ann, body).at("id").toULongLong());
    }

    ChannelModule channels;
    const UserId ann;
    const GuildId home;
    const ChannelId general;
    const ChannelId category;
    const RoleId manager;
    const UserId carol;
    const UserId bob;
    const UserId outsider;
};

} // namespace guildhall::test
