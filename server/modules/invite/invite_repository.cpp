// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/invite/invite_repository.h"

#include "sql/queries/invite.h"

namespace guildhall {

namespace db {

template <>
struct RowReader<InviteRecord> {
    static InviteRecord read(Row &row)
    {
        InviteRecord invite;
        invite.code = row.take<QString>();
        invite.guild = row.take<GuildId>();
        invite.channel.id = row.take<ChannelId>();
        invite.inviter = row.take<std::optional<UserId>>().value_or(UserId());
        invite.maxAge = row.take<int>();
        invite.maxUses = row.take<int>();
        invite.uses = row.take<int>();
        invite.temporary = row.take<bool>();
        invite.createdAt = row.take<Timestamp>();
        invite.expiresAt = row.take<std::optional<Timestamp>>();
        invite.channel.name = row.take<QString>();
        invite.channel.type = ChannelType(row.take<int>());
        return invite;
    }
};

} // namespace db

std::optional<InviteRecord> InviteRepository::find(db::Executor &db, const QString &code,
                                                   Timestamp now)
{
    return db.maybe<InviteRecord>(sql::invite::invite, db::bind(":code", code),
                                  db::bind(":now", now));
}

std::optional<InviteRecord> InviteRepository::lock(db::Tx &tx, const QString &code, Timestamp now)
{
    // Two statements: what a lock waited for is only seen by the statement after it.
    if (!tx.maybe<QString>(sql::invite::lock_invite, db::bind(":code", code)))
        return std::nullopt;
    return find(tx, code, now);
}

std::vector<InviteRecord> InviteRepository::ofGuild(db::Executor &db, GuildId guild, Timestamp now)
{
    return db.list<InviteRecord>(sql::invite::invites_of_guild, db::bind(":guild_id", guild),
                                 db::bind(":now", now));
}

std::vector<InviteRecord> InviteRepository::ofChannel(db::Executor &db, ChannelId channel,
                                                      Timestamp now)
{
    return db.list<InviteRecord>(sql::invite::invites_of_channel, db::bind(":channel_id", channel),
                                 db::bind(":now", now));
}

std::optional<InviteRecord> InviteRepository::alike(db::Executor &db, const InviteRecord &wanted,
                                                    Timestamp now)
{
    return db.maybe<InviteRecord>(sql::invite::alike, db::bind(":channel_id", wanted.channel.id),
                                  db::bind(":inviter_id", wanted.inviter),
                                  db::bind(":max_age", wanted.maxAge),
                                  db::bind(":max_uses", wanted.maxUses),
                                  db::bind(":temporary", wanted.temporary), db::bind(":now", now));
}

void InviteRepository::lockGuild(db::Tx &tx, GuildId guild)
{
    tx.maybe<GuildId>(sql::invite::lock_guild, db::bind(":guild_id", guild));
}

bool InviteRepository::channelStands(db::Tx &tx, ChannelId channel)
{
    return tx.maybe<bool>(sql::invite::channel_stands, db::bind(":channel_id", channel))
        .has_value();
}

int InviteRepository::count(db::Tx &tx, GuildId guild, Timestamp now)
{
    tx.exec(sql::invite::delete_expired, db::bind(":guild_id", guild), db::bind(":now", now));
    return tx.one<int>(sql::invite::count_invites, db::bind(":guild_id", guild));
}

bool InviteRepository::insert(db::Tx &tx, const ChannelGrant &grant, const InviteRecord &invite)
{
    return tx.exec(sql::invite::insert_invite, db::bind(":code", invite.code),
                   db::bind(":guild_id", grant.guild()), db::bind(":channel_id", grant.channel()),
                   db::bind(":inviter_id", grant.user()), db::bind(":max_age", invite.maxAge),
                   db::bind(":max_uses", invite.maxUses), db::bind(":temporary", invite.temporary),
                   db::bind(":created_at", invite.createdAt),
                   db::bind(":expires_at", invite.expiresAt))
        > 0;
}

void InviteRepository::countUse(db::Tx &tx, const QString &code)
{
    tx.exec(sql::invite::count_use, db::bind(":code", code));
}

void InviteRepository::remove(db::Tx &tx, const QString &code)
{
    tx.exec(sql::invite::delete_invite, db::bind(":code", code));
}

} // namespace guildhall
