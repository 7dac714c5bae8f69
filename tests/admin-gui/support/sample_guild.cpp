// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/admin-gui/support/sample_guild.h"

namespace guildhall::console {

User sampleUser(UserId id, const QString &name)
{
    User user;
    user.id = id;
    user.username = name.toLower();
    user.globalName = name;
    return user;
}

Member sampleMember(UserId id, const QString &name, std::vector<RoleId> roles)
{
    Member member;
    member.user = sampleUser(id, name);
    member.roles = std::move(roles);
    member.joinedAt = Timestamp{1700000000000 + qint64(id.value() % 100) * 86400000};
    return member;
}

GuildMember sampleGuildMember(UserId id, const QString &name, std::vector<RoleId> roles)
{
    GuildMember member;
    static_cast<Member &>(member) = sampleMember(id, name, std::move(roles));
    member.guildId = hall;
    return member;
}

Role sampleRole(RoleId id, const QString &name, int position, Permissions permissions)
{
    Role role;
    role.id = id;
    role.name = name;
    role.position = position;
    role.permissions = permissions;
    return role;
}

Presence samplePresence(UserId id, const QString &status)
{
    Presence presence;
    presence.user.id = id;
    presence.guildId = hall;
    presence.status = status;
    if (status != u"offline")
        presence.clientStatus.desktop = status;
    return presence;
}

GatewayGuild sampleGuild()
{
    GatewayGuild guild;
    guild.id = hall;
    guild.name = QStringLiteral("The Hall");
    guild.ownerId = ann;
    guild.joinedAt = Timestamp{1700000000000};
    guild.members = {sampleMember(ann, QStringLiteral("Ann")),
                     sampleMember(bob, QStringLiteral("Bob"), {moderators}),
                     sampleMember(cyn, QStringLiteral("Cyn")),
                     sampleMember(dan, QStringLiteral("Dan"), {helpers})};
    guild.memberCount = 4;
    guild.presences = {samplePresence(ann, QStringLiteral("online")),
                       samplePresence(bob, QStringLiteral("online")),
                       samplePresence(dan, QStringLiteral("idle"))};
    guild.roles = {sampleRole(everyoneRole, QStringLiteral("@everyone"), 0,
                              Permission::ViewChannel | Permission::SendMessages),
                   sampleRole(helpers, QStringLiteral("Helpers"), 1, Permission::ManageMessages),
                   sampleRole(moderators, QStringLiteral("Moderators"), 2,
                              Permission::KickMembers | Permission::ManageRoles)};
    return guild;
}

QByteArray sampleReady(UserId self, const std::vector<GatewayGuild> &guilds,
                       const QByteArray &session)
{
    UserSelf user;
    static_cast<User &>(user) = sampleUser(self, QStringLiteral("Ann"));
    return "{\"v\":10,\"user\":" + json::encode(user) + ",\"guilds\":" + json::encode(guilds)
        + ",\"session_id\":\"" + session
        + "\",\"resume_gateway_url\":\"ws://resume.example:1\",\"private_channels\":[]}";
}

} // namespace guildhall::console
