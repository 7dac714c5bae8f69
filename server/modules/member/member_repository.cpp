// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/member/member_repository.h"

#include "sql/queries/member.h"

namespace guildhall {

namespace {

/// A record as this module's statements select it.
struct MemberRow {
    MemberRecord record;
};

std::vector<MemberRecord> records(std::vector<MemberRow> rows)
{
    std::vector<MemberRecord> members;
    members.reserve(rows.size());
    for (MemberRow &row : rows)
        members.push_back(std::move(row.record));
    return members;
}

void giveRoles(db::Tx &tx, GuildId guild, UserId user, const std::vector<RoleId> &roles)
{
    if (roles.empty())
        return;
    tx.exec(sql::member::give_roles, db::bind(":guild_id", guild), db::bind(":user_id", user),
            db::bind(":role_ids", roles));
}

} // namespace

namespace db {

template <>
struct RowReader<MemberRow> {
    static MemberRow read(Row &row)
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
        return {std::move(member)};
    }
};

template <>
struct RowReader<MemberRepository::InGuild> {
    static MemberRepository::InGuild read(Row &row)
    {
        const GuildId guild = row.take<GuildId>();
        return {guild, row.take<MemberRow>().record};
    }
};

} // namespace db

std::optional<bool> MemberRepository::lockAccount(db::Tx &tx, UserId user)
{
    return tx.maybe<bool>(sql::member::lock_account, db::bind(":user_id", user));
}

bool MemberRepository::keepGuild(db::Tx &tx, GuildId guild)
{
    return tx.maybe<GuildId>(sql::member::keep_guild, db::bind(":guild_id", guild)).has_value();
}

std::optional<UserId> MemberRepository::keepOwner(db::Tx &tx, GuildId guild)
{
    return tx.maybe<UserId>(sql::member::keep_owner, db::bind(":guild_id", guild));
}

std::optional<MemberRecord> MemberRepository::lock(db::Tx &tx, GuildId guild, UserId user)
{
    // Two statements: what a FOR UPDATE waited for is only seen by the statement after it.
    if (!tx.maybe<UserId>(sql::member::lock_member, db::bind(":guild_id", guild),
                          db::bind(":user_id", user)))
        return std::nullopt;
    return find(tx, guild, user);
}

bool MemberRepository::isBanned(db::Executor &db, GuildId guild, UserId user)
{
    return db.one<bool>(sql::member::is_banned, db::bind(":guild_id", guild),
                        db::bind(":user_id", user));
}

int MemberRepository::countGuilds(db::Executor &db, UserId user)
{
    return db.one<int>(sql::member::count_guilds, db::bind(":user_id", user));
}

int MemberRepository::count(db::Executor &db, GuildId guild)
{
    return db.one<int>(sql::member::count_members, db::bind(":guild_id", guild));
}

std::optional<MemberRecord> MemberRepository::find(db::Executor &db, GuildId guild, UserId user)
{
    auto row = db.maybe<MemberRow>(sql::member::member, db::bind(":guild_id", guild),
                                   db::bind(":user_id", user));
    return row ? std::optional<MemberRecord>(std::move(row->record)) : std::nullopt;
}

std::vector<MemberRecord> MemberRepository::page(db::Executor &db, GuildId guild, UserId after,
                                                 int limit)
{
    return records(db.list<MemberRow>(sql::member::page, db::bind(":guild_id", guild),
                                      db::bind(":after", after), db::bind(":limit", limit)));
}

std::vector<MemberRecord> MemberRepository::find(db::Executor &db, GuildId guild,
                                                 std::span<const UserId> users)
{
    if (users.empty())
        return {};
    return records(db.list<MemberRow>(sql::member::members_by_id, db::bind(":guild_id", guild),
                                      db::bind(":user_ids", users)));
}

std::vector<MemberRecord> MemberRepository::search(db::Executor &db, GuildId guild,
                                                   const QString &query, int limit)
{
    return records(db.list<MemberRow>(sql::member::search, db::bind(":guild_id", guild),
                                      db::bind(":query", query), db::bind(":limit", limit)));
}

std::vector<MemberRepository::InGuild> MemberRepository::membershipsOf(db::Executor &db,
                                                                       UserId user)
{
    return db.list<InGuild>(sql::member::memberships_of, db::bind(":user_id", user));
}

void MemberRepository::insert(db::Tx &tx, GuildId guild, const MemberRecord &member)
{
    tx.exec(sql::member::insert_member, db::bind(":guild_id", guild),
            db::bind(":user_id", member.user), db::bind(":joined_at", member.joinedAt));
    giveRoles(tx, guild, member.user, member.roles);
}

bool MemberRepository::remove(db::Tx &tx, GuildId guild, UserId user)
{
    return tx.exec(sql::member::delete_member, db::bind(":guild_id", guild),
                   db::bind(":user_id", user))
        > 0;
}

void MemberRepository::update(db::Tx &tx, const GuildGrant &grant, const MemberRecord &member)
{
    const std::optional<QString> nick
        = member.nick.isNull() ? std::nullopt : std::optional(member.nick);
    tx.exec(sql::member::update_member, db::bind(":guild_id", grant.guild()),
            db::bind(":user_id", member.user), db::bind(":nick", nick),
            db::bind(":deaf", member.deaf), db::bind(":mute", member.mute),
            db::bind(":flags", member.flags), db::bind(":timed_out_until", member.timedOutUntil));
}

void MemberRepository::setRoles(db::Tx &tx, const GuildGrant &grant, UserId user,
                                const std::vector<RoleId> &roles)
{
    tx.exec(sql::member::take_other_roles, db::bind(":guild_id", grant.guild()),
            db::bind(":user_id", user), db::bind(":role_ids", roles));
    giveRoles(tx, grant.guild(), user, roles);
}

} // namespace guildhall
