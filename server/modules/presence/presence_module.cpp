// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/presence/presence_module.h"

#include "server/infrastructure/events/event_bus.h"
#include "server/infrastructure/logging/categories.h"
#include "server/infrastructure/runtime/worker_pool.h"
#include "server/modules/member/member_events.h"
#include "server/modules/presence/presence_events.h"
#include "server/modules/user/user_events.h"

namespace guildhall {

PresenceModule::PresenceModule(const Kernel &kernel, PermissionService &permissions,
                               UserService &users)
    : m_service(kernel)
    , m_typing(kernel, permissions, users)
    , m_controller(kernel.routes, m_typing)
{
    kernel.events.declare<PresenceChanged>();
    kernel.events.declare<TypingStarted>();
    listen(kernel);
}

/// Behind the event that is heard, never before it: a presence of somebody whose joining is not
/// known yet would mean nothing to clients.
void PresenceModule::listen(const Kernel &kernel)
{
    const auto later = [&pool = kernel.api](std::function<void()> work) {
        if (!pool.submit(std::move(work)))
            qCWarning(lcPresence) << "a presence was not told: too much waits";
    };
    kernel.events.on<MemberJoined>(&m_listener, [this, later](const MemberJoined &event) {
        later([this, user = event.member.user.id, guild = event.member.guildId] {
            m_service.tellNewGuild(user, guild);
        });
    });
    kernel.events.on<UserUpdated>(&m_listener, [this, later](const UserUpdated &event) {
        later([this, user = event.user.id] { m_service.tellAgain(user); });
    });
}

} // namespace guildhall
