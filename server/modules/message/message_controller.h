// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/message/message_creation.h"
#include "server/modules/message/message_editing.h"
#include "server/modules/message/message_reading.h"
#include "shared/dto/storefront.h"

namespace guildhall {

class Router;

class MessageController {
public:
    MessageController(Router &routes, MessageCreation &creation, MessageReading &reading,
                      MessageEditing &editing);

private:
    Result<std::vector<Message>> list(const Caller &who, ChannelId channel,
                                      const Submitted<ListMessages> &query);
    Result<Message> get(const Caller &who, ChannelId channel, MessageId message);
    Later<Result<Message>> create(const Caller &who, ChannelId channel,
                                  const Submitted<CreateMessage> &body);
    Later<Result<Message>> edit(const Caller &who, ChannelId channel, MessageId message,
                                const Submitted<EditMessage> &body);
    Later<Result<api::NoReply>> remove(const Caller &who, ChannelId channel, MessageId message);
    Later<Result<api::NoReply>> removeMany(const Caller &who, ChannelId channel,
                                           const Submitted<BulkDelete> &body);

    Result<std::vector<StorefrontMessage>> listForStorefront(const Caller &who, ChannelId channel,
                                                             const Submitted<ListMessages> &query);
    Later<Result<StorefrontMessage>> createForStorefront(const Caller &who,
                                                         const StorefrontCreateMessage &body);

    MessageCreation &m_creation;
    MessageReading &m_reading;
    MessageEditing &m_editing;
};

} // namespace guildhall
