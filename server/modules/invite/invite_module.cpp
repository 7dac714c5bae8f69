// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/invite/invite_module.h"

#include "server/infrastructure/events/event_bus.h"
#include "server/modules/invite/invite_events.h"
#include "server/modules/user/user_events.h"

namespace guildhall {

InviteModule::InviteModule(const Kernel &kernel, PermissionService &permissions, UserService &users,
                           GuildService &guilds, MemberService &members)
    : m_service(kernel, permissions, users, guilds)
    , m_acceptance(kernel, users, guilds, members)
    , m_controller(kernel.routes, m_service, m_acceptance)
{
    kernel.events.declare<InviteCreated>();
    kernel.events.declare<InviteDeleted>();
    // Before the registration is answered: the new account finds its guild there.
    kernel.events.atCommit<AccountRegistered>([this](const AccountRegistered &event) {
        m_acceptance.acceptAtRegistration(event.user, event.invite);
    });
}

} // namespace guildhall
