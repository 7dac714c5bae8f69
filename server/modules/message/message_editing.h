// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/caller.h"
#include "server/gateway/rest/submitted.h"
#include "server/modules/message/message_lane.h"
#include "server/modules/message/message_rules.h"
#include "server/modules/message/message_view.h"
#include "server/modules/permission/permission_service.h"
#include "shared/api/endpoint.h"
#include "shared/dto/message_input.h"

namespace guildhall {

/// Changes and deletes messages. A worker judges; the change is made in the lane, in its turn.
/// @thread api pool
class MessageEditing {
public:
    MessageEditing(const Kernel &kernel, PermissionService &permissions, UserService &users,
                   MessageView &view, MessageLane &lane);

    /// The author may change everything, holders of ManageMessages only `flags`.
    /// @error UnknownChannel, MissingAccess, UnknownMessage, EditAnotherUsersMessage, SystemMessage
    /// @error InvalidFormBody, EmptyMessage  @event MessageUpdated
    Later<Result<Message>> edit(const Caller &who, ChannelId channel, MessageId message,
                                const Submitted<EditMessage> &submitted);
    /// @error UnknownChannel, MissingAccess, UnknownMessage, SystemMessage
    /// @error MissingPermissions  neither the author nor a holder of ManageMessages
    /// @event MessageDeleted
    Later<Result<api::NoReply>> remove(const Caller &who, ChannelId channel, MessageId message);
    /// Ids that are not there are passed over.
    /// @error UnknownChannel, MissingAccess, MissingPermissions (ManageMessages)
    /// @error BulkDeleteCount, MessageTooOld  @event MessagesDeleted
    Later<Result<api::NoReply>> removeMany(const Caller &who, ChannelId channel,
                                           const Submitted<BulkDelete> &submitted);

private:
    /// What an edit changes; the rest stays as it is when the edit's turn comes, whatever other
    /// edits made of it meanwhile.
    struct Change {
        std::optional<int> flags;
        std::optional<QString> content;
        std::optional<messageRules::Mentions> mentions;
        std::optional<std::optional<QByteArray>> embeds; ///< nullopt inside: none any more
        std::optional<std::optional<QByteArray>> components;
        std::optional<Timestamp> editedAt;

        void applyTo(MessageRecord &record) const;
    };
    struct JudgedEdit {
        ChannelGrant grant;
        MessageId message;
        Change change;
    };
    Result<JudgedEdit> judgeEdit(const Caller &who, ChannelId channel, MessageId id,
                                 const Submitted<EditMessage> &submitted);
    Result<void> addContent(const EditMessage &body, const Caller &who, const ChannelGrant &grant,
                            const MessageRecord &record, Change &change);
    Result<Message> store(db::Tx &tx, const JudgedEdit &edit);
    Result<ChannelGrant> judgeRemoval(const Caller &who, ChannelId channel, MessageId id);

    Kernel m_kernel;
    PermissionService &m_permissions;
    UserService &m_users;
    MessageView &m_view;
    MessageLane &m_lane;
};

} // namespace guildhall
