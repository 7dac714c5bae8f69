// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/permission/permission_repository.h"

#include "sql/queries/permission.h"

namespace guildhall {

namespace {

struct RoleRow {
    RoleId id;
    RoleRights rights;
};

struct ChannelRow {
    ChannelId id;
    ChannelRights rights;
};

struct OverwriteRow {
    ChannelId channel;
    Overwrite overwrite;
};

} // namespace

namespace db {

template <>
struct RowReader<RoleRow> {
    static RoleRow read(Row &row)
    {
        RoleRow role;
        role.id = row.take<RoleId>();
        role.rights.permissions = row.take<Permissions>();
        role.rights.position = row.take<int>();
        role.rights.managed = row.take<bool>();
        role.rights.mentionable = row.take<bool>();
        return role;
    }
};

template <>
struct RowReader<ChannelRow> {
    static ChannelRow read(Row &row)
    {
        ChannelRow channel;
        channel.id = row.take<ChannelId>();
        channel.rights.type = ChannelType(row.take<int>());
        channel.rights.parent = row.take<std::optional<ChannelId>>().value_or(ChannelId());
        channel.rights.rateLimitPerUser = row.take<int>();
        return channel;
    }
};

template <>
struct RowReader<OverwriteRow> {
    static OverwriteRow read(Row &row)
    {
        OverwriteRow overwrite;
        overwrite.channel = row.take<ChannelId>();
        overwrite.overwrite.id = row.take<OverwriteId>();
        overwrite.overwrite.type = OverwriteType(row.take<int>());
        overwrite.overwrite.allow = row.take<Permissions>();
        overwrite.overwrite.deny = row.take<Permissions>();
        return overwrite;
    }
};

template <>
struct RowReader<MemberRecord> {
    static MemberRecord read(Row &row)
    {
        MemberRecord member;
        member.user = row.take<UserId>();
        member.nick = row.take<std::optional<QString>>().value_or(QString());
        member.avatar = row.take<std::optional<QString>>().value_or(QString());
        member.joinedAt = row.take<Timestamp>();
        member.deaf = row.take<bool>();
        member.mute = row.take<bool>();
        member.flags = row.take<int>();
        member.timedOutUntil = row.take<std::optional<Timestamp>>();
        member.roles = row.take<std::vector<RoleId>>();
        return member;
    }
};

} // namespace db

namespace {

/// In the order of reading: of a channel that was deleted in between there are no overwrites, and
/// overwrites of one that was made in between are left out.
GuildSnapshot::Channels joined(std::vector<ChannelRow> rows,
                               const std::vector<OverwriteRow> &overwrites)
{
    GuildSnapshot::Channels channels;
    for (ChannelRow &row : rows)
        channels.emplace(row.id, std::move(row.rights));
    for (const OverwriteRow &row : overwrites) {
        if (const auto channel = channels.find(row.channel); channel != channels.end())
            channel->second.overwrites.push_back(row.overwrite);
    }
    return channels;
}

} // namespace

std::optional<GuildId> PermissionRepository::guildOf(db::Executor &db, ChannelId channel)
{
    const auto found = db.maybe<std::optional<GuildId>>(sql::permission::guild_of_channel,
                                                        db::bind(":channel_id", channel));
    if (!found)
        return std::nullopt;
    return found->value_or(GuildId());
}

std::shared_ptr<const GuildSnapshot::Shape> PermissionRepository::shape(db::Executor &db,
                                                                        GuildId guild)
{
    const auto owner = PermissionRepository::owner(db, guild);
    if (!owner)
        return nullptr;
    auto shape = std::make_shared<GuildSnapshot::Shape>();
    shape->guild = guild;
    shape->owner = *owner;
    shape->roles = roles(db, guild);
    shape->channels = joined(
        db.list<ChannelRow>(sql::permission::guild_channels, db::bind(":guild_id", guild)),
        db.list<OverwriteRow>(sql::permission::guild_overwrites, db::bind(":guild_id", guild)));
    return shape;
}

std::optional<UserId> PermissionRepository::owner(db::Executor &db, GuildId guild)
{
    return db.maybe<UserId>(sql::permission::guild_owner, db::bind(":guild_id", guild));
}

GuildSnapshot::Roles PermissionRepository::roles(db::Executor &db, GuildId guild)
{
    GuildSnapshot::Roles roles;
    for (const RoleRow &role :
         db.list<RoleRow>(sql::permission::guild_roles, db::bind(":guild_id", guild)))
        roles.emplace(role.id, role.rights);
    return roles;
}

GuildSnapshot::Channels PermissionRepository::channels(db::Executor &db, GuildId guild,
                                                       std::span<const ChannelId> channels)
{
    return joined(db.list<ChannelRow>(sql::permission::channels_by_id,
                                      db::bind(":channel_ids", channels),
                                      db::bind(":guild_id", guild)),
                  db.list<OverwriteRow>(sql::permission::overwrites_by_channel,
                                        db::bind(":channel_ids", channels)));
}

std::vector<MemberRecord> PermissionRepository::members(db::Executor &db, GuildId guild)
{
    return db.list<MemberRecord>(sql::permission::guild_members, db::bind(":guild_id", guild));
}

std::vector<MemberRecord> PermissionRepository::members(db::Executor &db, GuildId guild,
                                                        std::span<const UserId> users)
{
    return db.list<MemberRecord>(sql::permission::members_by_id, db::bind(":guild_id", guild),
                                 db::bind(":user_ids", users));
}

} // namespace guildhall
