// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/channel/channel_module.h"
#include "server/modules/guild/guild_module.h"
#include "server/modules/invite/invite_module.h"
#include "server/modules/member/member_module.h"
#include "server/modules/permission/permission_module.h"
#include "server/modules/role/role_module.h"
#include "server/modules/user/user_module.h"
#include "tests/support/module_world.h"

namespace guildhall::test {

/// A module world with guilds, and everything in them but messages.
class CommunityWorld : public ModuleWorld {
public:
    CommunityWorld();
    ~CommunityWorld();

    PermissionService &permissions() { return m_permission.service(); }
    RightsCache &rights() { return m_permission.rights(); }
    UserService &users() { return m_user.service(); }
    RoleService &roles() { return m_role.service(); }
    MemberService &members() { return m_member.service(); }
    MemberEditing &editing() { return m_member.editing(); }
    MemberChunkService &chunks() { return m_member.chunks(); }
    GuildService &guilds() { return m_guild.service(); }
    ChannelService &channels() { return m_channel.service(); }

    // Made by the services, as their owner; what a test is about is called by the test itself.
    GuildId guild(UserId owner, const QString &name = QStringLiteral("The Den"));
    /// A guild of somebody new, that nobody else is in.
    GuildId guild();
    UserId ownerOf(GuildId guild);
    void join(GuildId guild, UserId user);
    /// A new account that is a member.
    UserId memberOf(GuildId guild);
    /// A role above all others, so that later ones stand higher.
    RoleId topRole(GuildId guild, Permissions permissions = Permissions::none());
    void give(GuildId guild, UserId user, RoleId role);
    /// A new member with one new role, above all others.
    UserId memberWith(GuildId guild, Permissions permissions);
    ChannelId channelOf(GuildId guild, ChannelType type);
    void ban(GuildId guild, UserId user);
    /// Behind everybody's back: the rights still know it.
    void deleteChannelRow(ChannelId channel);
    Role roleNow(GuildId guild, RoleId role);

    /// A body as a client sends it.
    template <typename T>
    static Submitted<T> body(const QByteArray &json)
    {
        return Submitted<T>(json::decode<T>(QByteArrayView(json)));
    }

private:
    QString newName();

    PermissionModule m_permission;
    UserModule m_user;
    RoleModule m_role;
    MemberModule m_member;
    GuildModule m_guild;
    ChannelModule m_channel;
    InviteModule m_invite;
    int m_names = 0;
};

} // namespace guildhall::test
