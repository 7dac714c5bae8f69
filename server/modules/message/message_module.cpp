// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/message/message_module.h"

#include "server/infrastructure/events/event_bus.h"
#include "server/infrastructure/logging/categories.h"
#include "server/infrastructure/runtime/clock.h"
#include "server/modules/member/member_events.h"
#include "server/modules/message/message_repository.h"

namespace guildhall {

namespace {

/// Longer than any nonce is enforced.
constexpr qint64 nonceKeptMs = 10 * 60 * 1000;

} // namespace

MessageModule::MessageModule(const Kernel &kernel, PermissionService &permissions,
                             UserService &users)
    : m_kernel(kernel)
    , m_view(users)
    , m_lane(kernel)
    , m_creation(kernel, permissions, users, m_view, m_lane)
    , m_reading(kernel, permissions, m_view)
    , m_editing(kernel, permissions, users, m_view, m_lane)
    , m_controller(kernel.routes, m_creation, m_reading, m_editing)
{
    kernel.events.declare<MessageCreated>();
    kernel.events.declare<MessageUpdated>();
    kernel.events.declare<MessageDeleted>();
    kernel.events.declare<MessagesDeleted>();
    kernel.events.atCommit<MemberJoined>([this](const MemberJoined &event) {
        try {
            m_creation.welcome(event.member.guildId, event.member.user);
        } catch (const std::exception &fault) {
            qCWarning(lcMessage) << "a newcomer was not greeted:" << fault.what();
        }
    });
}

void MessageModule::forgetOldNonces()
{
    MessageRepository::forgetNonces(m_kernel.database.session(),
                                    Timestamp{m_kernel.clock.now().ms - nonceKeptMs});
}

} // namespace guildhall
