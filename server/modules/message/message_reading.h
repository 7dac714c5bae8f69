// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/caller.h"
#include "server/gateway/rest/submitted.h"
#include "server/modules/kernel.h"
#include "server/modules/message/message_view.h"
#include "server/modules/permission/permission_service.h"
#include "shared/dto/message_input.h"

namespace guildhall {

/// Reads messages. @thread api pool (blocks)
class MessageReading {
public:
    MessageReading(const Kernel &kernel, PermissionService &permissions, MessageView &view);

    /// Newest first, whichever way it was asked for; nothing without ReadMessageHistory.
    /// @error UnknownChannel, MissingAccess, InvalidFormBody  @source api.md 6.6
    Result<std::vector<Message>> list(const Caller &who, ChannelId channel,
                                      const Submitted<ListMessages> &submitted);
    /// @error UnknownChannel, MissingAccess, MissingPermissions (ReadMessageHistory),
    /// UnknownMessage
    Result<Message> get(const Caller &who, ChannelId channel, MessageId message);

private:
    std::vector<MessageRecord> page(ChannelId channel, const ListMessages &query);

    Kernel m_kernel;
    PermissionService &m_permissions;
    MessageView &m_view;
};

} // namespace guildhall
