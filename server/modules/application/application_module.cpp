// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/application/application_module.h"

#include "server/infrastructure/events/event_bus.h"
#include "server/modules/member/member_events.h"
#include "server/modules/role/role_service.h"

namespace guildhall {

ApplicationModule::ApplicationModule(const Kernel &kernel, PermissionService &permissions,
                                     UserService &users, AuthService &auth, RoleService &roles,
                                     MemberService &members)
    : m_service(kernel, users, auth, members)
    , m_authorization(kernel, permissions, users, roles, members)
    , m_controller(kernel, m_service, m_authorization)
{
    // A bot's own role goes with it, whether it left, was kicked or was banned.
    kernel.events.inTransaction<MemberLeft>(
        [&roles](db::Tx &tx, std::span<const MemberLeft *const> events) {
            for (const MemberLeft *left : events) {
                if (left->user.isBot())
                    roles.removeManaged(tx, left->guildId, left->user.id);
            }
        });
}

} // namespace guildhall
