// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/role/role_controller.h"

#include "server/gateway/rest/router.h"
#include "shared/api/role_api.h"

namespace guildhall {

RoleController::RoleController(Router &routes, RoleService &roles)
    : m_roles(roles)
{
    routes.bind(api::listRoles, this, &RoleController::list);
    routes.bind(api::getRole, this, &RoleController::find);
    routes.bind(api::createRole, this, &RoleController::create);
    routes.bind(api::moveRoles, this, &RoleController::move);
    routes.bind(api::modifyRole, this, &RoleController::modify);
    routes.bind(api::deleteRole, this, &RoleController::remove);
}

Result<std::vector<Role>> RoleController::list(const Caller &who, GuildId guild)
{
    return m_roles.list(who, guild);
}

Result<Role> RoleController::find(const Caller &who, GuildId guild, RoleId role)
{
    return m_roles.find(who, guild, role);
}

Result<Role> RoleController::create(const Caller &who, GuildId guild,
                                    const Submitted<RoleInput> &body)
{
    return m_roles.create(who, guild, body);
}

Result<std::vector<Role>> RoleController::move(const Caller &who, GuildId guild,
                                               const Submitted<std::vector<RolePosition>> &body)
{
    return m_roles.move(who, guild, body);
}

Result<Role> RoleController::modify(const Caller &who, GuildId guild, RoleId role,
                                    const Submitted<RoleInput> &body)
{
    return m_roles.modify(who, guild, role, body);
}

Result<void> RoleController::remove(const Caller &who, GuildId guild, RoleId role)
{
    return m_roles.remove(who, guild, role);
}

} // namespace guildhall
