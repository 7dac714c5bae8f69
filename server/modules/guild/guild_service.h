// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/caller.h"
#include "server/gateway/rest/submitted.h"
#include "server/modules/guild/guild_counts.h"
#include "server/modules/guild/guild_record.h"
#include "server/modules/kernel.h"
#include "server/modules/member/member_service.h"
#include "server/modules/permission/permission_service.h"
#include "server/modules/role/role_service.h"
#include "server/modules/user/user_service.h"
#include "shared/dto/guild_input.h"
#include "shared/dto/storefront.h"

namespace guildhall {

/// Making, showing and ending guilds. Their settings are GuildEditing's.
/// @thread api pool (blocks)
/// @source api.md 6.4, 12.1
class GuildService {
public:
    GuildService(const Kernel &kernel, PermissionService &permissions, UserService &users,
                 RoleService &roles, MemberService &members);

    /// With its roles, as the database has it now; no rights are judged.
    std::optional<Guild> find(db::Executor &db, GuildId guild);
    /// How many people it has and how many are here; zero of a guild that is not there.
    GuildCount count(GuildId guild) { return m_counts.count(guild); }
    GuildCounts &counts() { return m_counts; }

    /// The caller becomes owner and first member.
    /// @error InvalidFormBody; MaximumGuilds
    /// @event MemberJoined
    Result<CreatedGuild> create(const Caller &who, const Submitted<CreateGuild> &submitted);
    /// @error UnknownGuild, MissingAccess
    Result<Guild> get(const Caller &who, GuildId guild, const Submitted<GetGuild> &query);
    /// Guilds with the feature DISCOVERABLE take in anybody. A member stays one.
    /// @error UnknownGuild; MissingAccess when it is not open; UserBanned, MaximumGuilds
    /// @event MemberJoined
    Result<void> join(const Caller &who, GuildId guild);
    /// With everything in it. @error UnknownGuild, MissingAccess; MissingPermissions for others
    /// than the owner
    /// @event GuildDeleted
    Result<void> remove(const Caller &who, GuildId guild);

private:
    Kernel m_kernel;
    PermissionService &m_permissions;
    UserService &m_users;
    RoleService &m_roles;
    MemberService &m_members;
    GuildCounts m_counts;
};

} // namespace guildhall
