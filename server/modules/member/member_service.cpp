// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/member/member_service.h"

#include "server/infrastructure/database/database.h"
#include "server/infrastructure/runtime/clock.h"
#include "server/modules/member/member_events.h"
#include "server/modules/member/member_repository.h"

namespace guildhall {

MemberService::MemberService(const Kernel &kernel, PermissionService &permissions,
                             UserService &users)
    : m_kernel(kernel)
    , m_permissions(permissions)
    , m_users(users)
{ }

Result<void> MemberService::requireRoomFor(db::Tx &tx, UserId user)
{
    const std::optional<bool> bot = MemberRepository::lockAccount(tx, user);
    if (!bot)
        return refuse(ErrorCode::UnknownUser);
    if (!*bot && MemberRepository::countGuilds(tx, user) >= maxGuilds)
        return refuse(ErrorCode::MaximumGuilds);
    return {};
}

Result<GuildMember> MemberService::join(db::Tx &tx, GuildId guild, const User &user,
                                        const std::vector<RoleId> &roles)
{
    if (!MemberRepository::lockAccount(tx, user.id))
        return refuse(ErrorCode::UnknownUser);
    if (!MemberRepository::keepGuild(tx, guild))
        return refuse(ErrorCode::UnknownGuild);
    if (const auto record = MemberRepository::find(tx, guild, user.id))
        return toGuildMember(guild, *record, user);
    if (MemberRepository::isBanned(tx, guild, user.id))
        return refuse(ErrorCode::UserBanned);
    GH_CHECK(requireRoomFor(tx, user.id));

    MemberRecord record;
    record.user = user.id;
    record.joinedAt = m_kernel.clock.now();
    record.roles = roles;
    MemberRepository::insert(tx, guild, record);
    GuildMember joined = toGuildMember(guild, record, user);
    tx.publishOnCommit(MemberJoined{joined});
    return joined;
}

Result<void> MemberService::remove(db::Tx &tx, GuildId guild, const User &user)
{
    MemberRepository::lockAccount(tx, user.id);
    const std::optional<UserId> owner = MemberRepository::keepOwner(tx, guild);
    if (!owner)
        return refuse(ErrorCode::UnknownGuild);
    if (*owner == user.id)
        return refuse(ErrorCode::InvalidGuild);
    if (!MemberRepository::remove(tx, guild, user.id))
        return refuse(ErrorCode::UnknownMember);
    tx.publishOnCommit(MemberLeft{guild, user});
    return {};
}

std::vector<Member> MemberService::withUsers(const std::vector<MemberRecord> &records)
{
    std::vector<UserId> ids;
    ids.reserve(records.size());
    for (const MemberRecord &record : records)
        ids.push_back(record.user);
    const std::vector<User> users = m_users.find(ids);
    std::vector<Member> members;
    members.reserve(users.size());
    // Both lists are in the same order, and an account that is gone takes its memberships with it.
    auto user = users.begin();
    for (const MemberRecord &record : records) {
        if (user == users.end())
            break;
        if (user->id != record.user)
            continue;
        members.push_back(toMember(record, *user));
        ++user;
    }
    return members;
}

std::vector<Member> MemberService::membersOf(db::Executor &db, GuildId guild, UserId after,
                                             int limit)
{
    return withUsers(MemberRepository::page(db, guild, after, limit));
}

std::vector<Member> MemberService::membersOf(db::Executor &db, GuildId guild,
                                             std::span<const UserId> users)
{
    return withUsers(MemberRepository::find(db, guild, users));
}

std::vector<Member> MemberService::membersNamed(db::Executor &db, GuildId guild,
                                                const QString &query, int limit)
{
    return withUsers(MemberRepository::search(db, guild, query, limit));
}

std::optional<Member> MemberService::member(db::Executor &db, GuildId guild, UserId user)
{
    const auto record = MemberRepository::find(db, guild, user);
    const auto person = record ? m_users.find(user) : std::nullopt;
    return person ? std::optional<Member>(toMember(*record, *person)) : std::nullopt;
}

int MemberService::count(db::Executor &db, GuildId guild)
{
    return MemberRepository::count(db, guild);
}

Result<std::vector<Member>> MemberService::list(const Caller &who, GuildId guild,
                                                const Submitted<ListMembers> &query)
{
    GH_CHECK(m_permissions.requireMember(who.user, guild));
    GH_TRY(const ListMembers page, query.checked());
    return membersOf(m_kernel.database.session(), guild, page.after, page.limit);
}

Result<std::vector<Member>> MemberService::search(const Caller &who, GuildId guild,
                                                  const Submitted<SearchMembers> &query)
{
    GH_CHECK(m_permissions.requireMember(who.user, guild));
    GH_TRY(const SearchMembers wanted, query.checked());
    return membersNamed(m_kernel.database.session(), guild, wanted.query, wanted.limit);
}

Result<Member> MemberService::find(const Caller &who, GuildId guild, UserId user)
{
    GH_TRY(const GuildGrant grant, m_permissions.requireMember(who.user, guild));
    const std::optional<User> person = m_users.find(user);
    if (!person)
        return refuse(ErrorCode::UnknownUser);
    const MemberRecord *record = grant.snapshot().member(user);
    if (!record)
        return refuse(ErrorCode::UnknownMember);
    return toMember(*record, *person);
}

Result<Member> MemberService::own(const Caller &who, GuildId guild)
{
    GH_TRY(const GuildGrant grant, m_permissions.requireMember(who.user, guild));
    const std::optional<User> person = m_users.find(who.user);
    if (!person)
        return refuse(ErrorCode::UnknownUser);
    Member member = toMember(*grant.snapshot().member(who.user), *person);
    member.permissions = grant.permissions();
    return member;
}

Result<void> MemberService::kick(const Caller &who, GuildId guild, UserId user)
{
    GH_TRY(const MemberGrant grant,
           m_permissions.requireOver(who.user, guild, user, Permission::KickMembers));
    const std::optional<User> person = m_users.find(grant.target());
    if (!person)
        return refuse(ErrorCode::UnknownMember);
    return m_kernel.database.transact([&](db::Tx &tx) { return remove(tx, guild, *person); });
}

Result<void> MemberService::leave(const Caller &who, GuildId guild)
{
    GH_CHECK(m_permissions.requireMember(who.user, guild));
    const std::optional<User> person = m_users.find(who.user);
    if (!person)
        return refuse(ErrorCode::UnknownUser);
    return m_kernel.database.transact([&](db::Tx &tx) { return remove(tx, guild, *person); });
}

} // namespace guildhall
