// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/guild/guild_service.h"

#include "server/infrastructure/database/database.h"
#include "server/modules/guild/guild_events.h"
#include "server/modules/guild/guild_plan.h"
#include "server/modules/guild/guild_repository.h"

namespace guildhall {

GuildService::GuildService(const Kernel &kernel, PermissionService &permissions, UserService &users,
                           RoleService &roles, MemberService &members)
    : m_kernel(kernel)
    , m_permissions(permissions)
    , m_users(users)
    , m_roles(roles)
    , m_members(members)
    , m_counts(m_kernel, permissions)
{ }

std::optional<Guild> GuildService::find(db::Executor &db, GuildId guild)
{
    const auto record = GuildRepository::find(db, guild);
    return record ? std::optional(toGuild(*record, m_roles.list(db, guild))) : std::nullopt;
}

Result<CreatedGuild> GuildService::create(const Caller &who,
                                          const Submitted<CreateGuild> &submitted)
{
    GH_TRY(const CreateGuild body, submitted.checked());
    const std::optional<User> owner = m_users.find(who.user);
    if (!owner)
        return refuse(ErrorCode::UnknownUser);
    GH_TRY(const GuildPlan plan, planGuild(body, who.user, m_kernel.ids));
    return m_kernel.database.transact([&](db::Tx &tx) -> Result<CreatedGuild> {
        GH_CHECK(m_members.requireRoomFor(tx, who.user));
        GuildRepository::insert(tx, plan.guild);
        m_roles.createFirst(tx, plan.guild.id, plan.roles);
        GuildRepository::insertChannels(tx, plan.guild.id, plan.channels);
        GH_CHECK(m_members.join(tx, plan.guild.id, *owner));
        CreatedGuild created;
        static_cast<Guild &>(created) = toGuild(plan.guild, plan.roles);
        created.ownerIdCamel = who.user;
        return created;
    });
}

Result<Guild> GuildService::get(const Caller &who, GuildId id, const Submitted<GetGuild> &query)
{
    GH_CHECK(m_permissions.requireMember(who.user, id));
    GH_TRY(const GetGuild wanted, query.checked());
    auto guild = find(m_kernel.database.session(), id);
    if (!guild)
        return refuse(ErrorCode::UnknownGuild);
    if (wanted.withCounts) {
        const GuildCount count = m_counts.count(id);
        guild->approximateMemberCount = count.members;
        guild->approximatePresenceCount = count.online;
    }
    return std::move(*guild);
}

Result<void> GuildService::join(const Caller &who, GuildId id)
{
    const std::optional<User> user = m_users.find(who.user);
    if (!user)
        return refuse(ErrorCode::UnknownUser);
    const GuildSnapshotPtr rights = m_permissions.snapshot(id);
    if (!rights)
        return refuse(ErrorCode::UnknownGuild);
    if (rights->member(who.user))
        return {};
    return m_kernel.database.transact([&](db::Tx &tx) -> Result<void> {
        const auto guild = GuildRepository::find(tx, id);
        if (!guild)
            return refuse(ErrorCode::UnknownGuild);
        if (!guild->isDiscoverable())
            return refuse(ErrorCode::MissingAccess);
        GH_CHECK(m_members.join(tx, id, *user));
        return {};
    });
}

Result<void> GuildService::remove(const Caller &who, GuildId id)
{
    GH_TRY(const GuildGrant grant, m_permissions.requireOwner(who.user, id));
    return m_kernel.database.transact([&](db::Tx &tx) -> Result<void> {
        const auto guild = GuildRepository::lock(tx, id);
        if (!guild)
            return refuse(ErrorCode::UnknownGuild);
        // It may have been handed on since the check.
        if (guild->owner != who.user)
            return refuse(ErrorCode::MissingPermissions);
        GuildRepository::remove(tx, grant);
        tx.publishOnCommit(GuildDeleted{id});
        return {};
    });
}

} // namespace guildhall
