// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/caller.h"
#include "server/modules/kernel.h"
#include "server/modules/permission/permission_service.h"
#include "shared/api/endpoint.h"
#include "shared/core/result.h"
#include "shared/dto/application.h"
#include "shared/dto/integration.h"

namespace guildhall {

class MemberService;
class RoleService;
class UserService;

/// Bots in guilds: adding them, and seeing which there are.
/// @thread api pool (blocks)
/// @source api.md 6.3, POST /oauth2/authorize
class BotAuthorization {
public:
    BotAuthorization(const Kernel &kernel, PermissionService &permissions, UserService &users,
                     RoleService &roles, MemberService &members);

    /// Makes the bot a member, with a role of its own that has the rights asked for, as far as the
    /// caller has them. A bot that is a member already stays as it is.
    /// @error InvalidFormBody     no application named, or a scope without `bot`
    /// @error UnknownApplication, UnknownGuild, MissingAccess, MissingPermissions
    /// @error OwnerOnly           the application is private and not the caller's
    /// @error UserBanned, MaximumRoles
    /// @event RoleCreated, RoleUpdated of those it moves up, MemberJoined
    Result<AuthorizedBot>
    authorize(const Caller &who, const api::QueryAndBody<AuthorizeBotQuery, AuthorizeBot> &input);

    /// @error UnknownGuild, MissingAccess, MissingPermissions
    Result<std::vector<Integration>> list(const Caller &who, GuildId guild);

private:
    Result<void> add(const GuildGrant &grant, ApplicationId id, const QString &roleName,
                     Permissions permissions);

    Kernel m_kernel;
    PermissionService &m_permissions;
    UserService &m_users;
    RoleService &m_roles;
    MemberService &m_members;
};

} // namespace guildhall
