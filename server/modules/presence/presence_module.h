// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/presence/presence_controller.h"
#include "server/modules/presence/presence_service.h"
#include "server/modules/presence/typing_service.h"

#include <QObject>

namespace guildhall {

/// Who is here and who types.
class PresenceModule {
public:
    PresenceModule(const Kernel &kernel, PermissionService &permissions, UserService &users);

    PresenceService &service() { return m_service; }

private:
    void listen(const Kernel &kernel);

    PresenceService m_service;
    TypingService m_typing;
    PresenceController m_controller;
    QObject m_listener; ///< last: nothing is heard any more when the rest goes
};

} // namespace guildhall
