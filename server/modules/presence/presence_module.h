// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/presence/presence_controller.h"
#include "server/modules/presence/presence_service.h"
#include "server/modules/presence/typing_service.h"

namespace guildhall {

/// Who is here and who types.
class PresenceModule {
public:
    PresenceModule(const Kernel &kernel, PermissionService &permissions, UserService &users);

    PresenceService &service() { return m_service; }

private:
    PresenceService m_service;
    TypingService m_typing;
    PresenceController m_controller;
};

} // namespace guildhall
