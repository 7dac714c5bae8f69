// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/role/role_service.h"

#include "server/infrastructure/database/database.h"
#include "server/infrastructure/runtime/snowflakes.h"
#include "server/modules/role/role_changes.h"
#include "server/modules/role/role_events.h"
#include "server/modules/role/role_order.h"
#include "server/modules/role/role_repository.h"

namespace guildhall {

using namespace Qt::StringLiterals;

namespace {

/// The rights that a role has and the actor does not, unless it had them before.
/// @error MissingPermissions  when there are any
Result<void> requireHeld(const GuildGrant &grant, Permissions wanted, Permissions before)
{
    if (!grant.has(wanted.without(before)))
        return refuse(ErrorCode::MissingPermissions);
    return {};
}

void publishUpdated(db::Tx &tx, GuildId guild, const std::vector<Role> &roles)
{
    std::vector<AnyEvent> events;
    for (const Role &role : roles)
        events.push_back(AnyEvent::of(RoleUpdated{{guild, role}}));
    if (!events.empty())
        tx.publishAllOnCommit(std::move(events));
}

} // namespace

RoleService::RoleService(const Kernel &kernel, PermissionService &permissions)
    : m_kernel(kernel)
    , m_permissions(permissions)
{ }

Role RoleService::described(const RoleInput &input, Permissions usual)
{
    Role role;
    role.name = u"new role"_s;
    role.permissions = input.permissions.valueOr(usual);
    applyLooks(input, role);
    return role;
}

std::vector<Role> RoleService::list(db::Executor &db, GuildId guild)
{
    return RoleRepository::list(db, guild);
}

Result<Role> RoleService::insertLowest(db::Tx &tx, const GuildGrant &grant, Role role)
{
    if (!RoleRepository::lockOrder(tx, grant.guild()))
        return refuse(ErrorCode::UnknownGuild);
    if (RoleRepository::count(tx, grant.guild()) >= maxRoles)
        return refuse(ErrorCode::MaximumRoles);
    role.id = m_kernel.ids.next<RoleId>();
    role.position = 1;
    RoleRepository::shiftUp(tx, grant);
    std::vector<Role> shifted = RoleRepository::list(tx, grant.guild());
    std::erase_if(shifted, [](const Role &other) { return other.position == 0; });
    RoleRepository::insert(tx, grant, role);
    tx.publishOnCommit(RoleCreated{{grant.guild(), role}});
    // Clients do not reckon that the others stand one higher now.
    publishUpdated(tx, grant.guild(), shifted);
    return role;
}

Result<Role> RoleService::createManaged(db::Tx &tx, const GuildGrant &grant, UserId bot,
                                        const QString &name, Permissions permissions)
{
    Role role;
    role.name = name;
    role.permissions = permissions & grant.permissions();
    role.managed = true;
    role.tags = RoleTags{bot};
    return insertLowest(tx, grant, std::move(role));
}

void RoleService::removeManaged(db::Tx &tx, GuildId guild, UserId bot)
{
    for (const RoleId role : RoleRepository::removeOfBot(tx, guild, bot))
        tx.publishOnCommit(RoleDeleted{guild, role});
}

void RoleService::createFirst(db::Tx &tx, GuildId guild, const std::vector<Role> &roles)
{
    for (const Role &role : roles)
        RoleRepository::insertFirst(tx, guild, role);
}

Result<std::vector<Role>> RoleService::list(const Caller &who, GuildId guild)
{
    GH_CHECK(m_permissions.requireMember(who.user, guild));
    return RoleRepository::list(m_kernel.database.session(), guild);
}

Result<Role> RoleService::find(const Caller &who, GuildId guild, RoleId role)
{
    GH_CHECK(m_permissions.requireMember(who.user, guild));
    auto found = RoleRepository::find(m_kernel.database.session(), guild, role);
    if (!found)
        return refuse(ErrorCode::UnknownRole);
    return std::move(*found);
}

Result<Role> RoleService::create(const Caller &who, GuildId guild,
                                 const Submitted<RoleInput> &submitted)
{
    GH_TRY(const GuildGrant grant, m_permissions.require(who.user, guild, Permission::ManageRoles));
    GH_TRY(const RoleInput input, submitted.checked());
    const RoleRights *everyone = grant.snapshot().role(RoleId(guild));
    const Role role = described(input, everyone ? everyone->permissions : Permissions::none());
    if (input.permissions.hasValue())
        GH_CHECK(requireHeld(grant, role.permissions, Permissions::none()));
    return m_kernel.database.transact([&](db::Tx &tx) { return insertLowest(tx, grant, role); });
}

Result<std::vector<Role>> RoleService::move(const Caller &who, GuildId guild,
                                            const Submitted<std::vector<RolePosition>> &submitted)
{
    GH_TRY(const GuildGrant grant, m_permissions.require(who.user, guild, Permission::ManageRoles));
    GH_TRY(const std::vector<RolePosition> moves, submitted.checked());
    const Rank own = grant.snapshot().rank(who.user);
    const auto isBelow = [&](const Role &role) {
        return own.isAbove({role.position, role.id, false});
    };
    return m_kernel.database.transact([&](db::Tx &tx) -> Result<std::vector<Role>> {
        if (!RoleRepository::lockOrder(tx, guild))
            return refuse(ErrorCode::UnknownGuild);
        const RoleOrder before(RoleRepository::list(tx, guild), guild);
        GH_TRY(const RoleOrder after, before.moved(moves));
        if (!after.keepsTopOf(before, isBelow))
            return refuse(ErrorCode::MissingPermissions);
        const std::vector<Role> changed = after.renumbered();
        if (!changed.empty()) {
            RoleRepository::setPositions(tx, grant, changed);
            publishUpdated(tx, guild, changed);
        }
        return RoleRepository::list(tx, guild);
    });
}

Result<Role> RoleService::modify(const Caller &who, GuildId guild, RoleId id,
                                 const Submitted<RoleInput> &submitted)
{
    GH_TRY(const GuildGrant grant, m_permissions.requireMember(who.user, guild));
    if (!grant.snapshot().role(id))
        return refuse(ErrorCode::UnknownRole);
    if (!grant.has(Permission::ManageRoles))
        return refuse(ErrorCode::MissingPermissions);
    GH_CHECK(m_permissions.requireAboveRole(grant, id));
    GH_TRY(const RoleInput input, submitted.checked());
    return m_kernel.database.transact([&](db::Tx &tx) -> Result<Role> {
        if (!RoleRepository::lockOrder(tx, guild))
            return refuse(ErrorCode::UnknownGuild);
        const auto before = RoleRepository::find(tx, guild, id);
        if (!before)
            return refuse(ErrorCode::UnknownRole);
        Role after = *before;
        after.permissions = input.permissions.valueOr(before->permissions);
        GH_CHECK(requireHeld(grant, after.permissions, before->permissions));
        if (id != RoleId(guild))
            applyLooks(input, after);
        if (after == *before)
            return after;
        RoleRepository::update(tx, grant, after);
        tx.publishOnCommit(RoleUpdated{{guild, after}});
        return after;
    });
}

Result<void> RoleService::remove(const Caller &who, GuildId guild, RoleId id)
{
    GH_TRY(const GuildGrant grant, m_permissions.requireMember(who.user, guild));
    const RoleRights *role = grant.snapshot().role(id);
    if (!role)
        return refuse(ErrorCode::UnknownRole);
    if (!grant.has(Permission::ManageRoles))
        return refuse(ErrorCode::MissingPermissions);
    if (id == RoleId(guild) || role->managed)
        return refuse(ErrorCode::InvalidRole);
    GH_CHECK(m_permissions.requireAboveRole(grant, id));
    return m_kernel.database.transact([&](db::Tx &tx) -> Result<void> {
        if (!RoleRepository::lockOrder(tx, guild))
            return refuse(ErrorCode::UnknownGuild);
        if (!RoleRepository::find(tx, guild, id))
            return refuse(ErrorCode::UnknownRole);
        RoleRepository::remove(tx, grant, id);
        tx.publishOnCommit(RoleDeleted{guild, id});
        return {};
    });
}

} // namespace guildhall
