// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/caller.h"
#include "server/modules/kernel.h"
#include "server/modules/permission/permission_service.h"
#include "server/modules/user/user_service.h"
#include "shared/api/endpoint.h"

namespace guildhall {

/// Tells a channel that somebody types. @thread api pool
class TypingService {
public:
    TypingService(const Kernel &kernel, PermissionService &permissions, UserService &users);

    /// Clients show it for ten seconds; calling again renews it.
    /// @error UnknownChannel, MissingAccess, MissingPermissions (SendMessages)
    /// @error NotATextChannel  nothing can be written there
    /// @event TypingStarted
    Result<api::NoReply> start(const Caller &who, ChannelId channel);

private:
    Kernel m_kernel;
    PermissionService &m_permissions;
    UserService &m_users;
};

} // namespace guildhall
