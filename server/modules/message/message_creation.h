// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/caller.h"
#include "server/gateway/rest/submitted.h"
#include "server/modules/message/message_lane.h"
#include "server/modules/message/message_rules.h"
#include "server/modules/message/message_view.h"
#include "server/modules/permission/permission_service.h"
#include "shared/dto/message_input.h"

namespace guildhall {

/// Posts messages. A worker judges, the lane stores; the answer comes when it is stored.
/// @thread api pool
class MessageCreation {
public:
    MessageCreation(const Kernel &kernel, PermissionService &permissions, UserService &users,
                    MessageView &view, MessageLane &lane);

    /// @return the message, or with `enforce_nonce` the one that has this nonce already
    /// @error UnknownChannel, MissingAccess, MissingPermissions (SendMessages), ReplyNeedsHistory
    /// @error NotATextChannel, ForumDirectMessage, InvalidFormBody, EmptyMessage, SlowMode,
    /// Unavailable
    /// @event MessageCreated  @source api.md 6.6
    Later<Result<Message>> create(const Caller &who, ChannelId channel,
                                  const Submitted<CreateMessage> &submitted);

    /// Says in the guild's system channel that somebody came, where the guild wants that.
    /// @thread any with a database session and no open transaction
    void welcome(GuildId guild, const User &newcomer);

private:
    Result<MessageDraft> judge(const Caller &who, ChannelId channel,
                               const Submitted<CreateMessage> &submitted);
    Result<void> addReply(const CreateMessage &body, const ChannelGrant &grant,
                          MessageRecord &record);
    Result<void> addContent(const CreateMessage &body, const Caller &who, const ChannelGrant &grant,
                            MessageRecord &record, std::vector<Embed> &embeds);
    MessageDraft assemble(MessageRecord record, messageRules::Mentions mentions,
                          std::vector<Embed> embeds, const CreateMessage &body,
                          const ChannelGrant &grant, const User &author);
    Result<Message> answer(Result<StoredMessage> stored, ChannelId channel);

    Kernel m_kernel;
    PermissionService &m_permissions;
    UserService &m_users;
    MessageView &m_view;
    MessageLane &m_lane;
};

} // namespace guildhall
