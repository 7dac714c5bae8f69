// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/role/role_service.h"

namespace guildhall {

class Router;

/// The routes of roles; those that give a role to a member are the member module's.
class RoleController {
public:
    RoleController(Router &routes, RoleService &roles);

    Result<std::vector<Role>> list(const Caller &who, GuildId guild);
    Result<Role> find(const Caller &who, GuildId guild, RoleId role);
    Result<Role> create(const Caller &who, GuildId guild, const Submitted<RoleInput> &body);
    Result<std::vector<Role>> move(const Caller &who, GuildId guild,
                                   const Submitted<std::vector<RolePosition>> &body);
    Result<Role> modify(const Caller &who, GuildId guild, RoleId role,
                        const Submitted<RoleInput> &body);
    Result<void> remove(const Caller &who, GuildId guild, RoleId role);

private:
    RoleService &m_roles;
};

} // namespace guildhall
