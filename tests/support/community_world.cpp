// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/community_world.h"

#include "sql/queries/test_world.h"

#include <stdexcept>

namespace guildhall::test {

using namespace Qt::StringLiterals;

CommunityWorld::CommunityWorld()
    : m_permission(kernel())
    , m_user(kernel())
    , m_role(kernel(), m_permission.service())
    , m_member(kernel(), m_permission.service(), m_user.service())
    , m_guild(kernel(), m_permission.service(), m_user.service(), m_role.service(),
              m_member.service())
    , m_channel(kernel(), m_permission.service())
    , m_invite(kernel(), m_permission.service(), m_user.service(), m_guild.service(),
               m_member.service())
{ }

CommunityWorld::~CommunityWorld() = default;

QString CommunityWorld::newName()
{
    return u"person%1"_s.arg(++m_names);
}

GuildId CommunityWorld::guild(UserId owner, const QString &name)
{
    CreateGuild body;
    body.name = name;
    return guilds().create(as(owner, users().isBot(owner)), body).value().id;
}

GuildId CommunityWorld::guild()
{
    return guild(user(newName()));
}

UserId CommunityWorld::ownerOf(GuildId guild)
{
    return permissions().snapshot(guild)->owner();
}

void CommunityWorld::join(GuildId guild, UserId user)
{
    const User person = users().find(user).value();
    database().transact([&](db::Tx &tx) { return members().join(tx, guild, person); }).value();
}

UserId CommunityWorld::memberOf(GuildId guild)
{
    const UserId id = user(newName());
    join(guild, id);
    return id;
}

RoleId CommunityWorld::topRole(GuildId guild, Permissions permissions)
{
    const Caller owner = as(ownerOf(guild));
    RoleInput body;
    body.name = newName();
    body.permissions = permissions;
    const RoleId id = roles().create(owner, guild, body).value().id;
    const int count = int(roles().list(owner, guild).value().size());
    roles().move(owner, guild, std::vector<RolePosition>{{id, Patch<int>(count - 1)}}).value();
    return id;
}

void CommunityWorld::give(GuildId guild, UserId user, RoleId role)
{
    if (const auto given = editing().grantRole(as(ownerOf(guild)), guild, user, role); !given)
        throw std::runtime_error(given.error().message.toStdString());
}

UserId CommunityWorld::memberWith(GuildId guild, Permissions permissions)
{
    const UserId id = memberOf(guild);
    give(guild, id, topRole(guild, permissions));
    return id;
}

ChannelId CommunityWorld::channelOf(GuildId guild, ChannelType type)
{
    for (const Channel &channel : channels().list(database().session(), guild)) {
        if (channel.type == type)
            return channel.id;
    }
    return {};
}

void CommunityWorld::deleteChannelRow(ChannelId channel)
{
    database().session().exec(sql::test_world::delete_channel, db::bind(":channel_id", channel));
}

void CommunityWorld::ban(GuildId guild, UserId user)
{
    database().session().exec(sql::test_world::insert_ban, db::bind(":guild_id", guild),
                              db::bind(":user_id", user));
}

Role CommunityWorld::roleNow(GuildId guild, RoleId role)
{
    for (const Role &candidate : roles().list(database().session(), guild)) {
        if (candidate.id == role)
            return candidate;
    }
    return {};
}

} // namespace guildhall::test
