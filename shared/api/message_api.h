// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/api/endpoint.h"
#include "shared/dto/message_input.h"
#include "shared/dto/storefront.h"

#include <vector>

namespace guildhall::api {

inline constexpr Endpoint<std::vector<Message>, ListMessages, ChannelId> listMessages{
    Verb::Get, "/channels/{channel}/messages", Access::Account, limits::read,
    "Messages of a channel, newest first."};
inline constexpr Endpoint<Message, NoInput, ChannelId, MessageId> getMessage{
    Verb::Get, "/channels/{channel}/messages/{message}", Access::Account, limits::read,
    "One message."};
inline constexpr Endpoint<Message, CreateMessage, ChannelId> createMessage{
    Verb::Post, "/channels/{channel}/messages", Access::Account, limits::messageCreate,
    "Posts a message."};
inline constexpr Endpoint<Message, EditMessage, ChannelId, MessageId> editMessage{
    Verb::Patch, "/channels/{channel}/messages/{message}", Access::Account, limits::messageEdit,
    "Changes a message."};
inline constexpr Endpoint<NoReply, NoInput, ChannelId, MessageId> deleteMessage{
    Verb::Delete, "/channels/{channel}/messages/{message}", Access::Account, limits::messageDelete,
    "Deletes a message."};
inline constexpr Endpoint<NoReply, BulkDelete, ChannelId> bulkDeleteMessages{
    Verb::Post, "/channels/{channel}/messages/bulk-delete", Access::Account, limits::bulkDelete,
    "Deletes up to a hundred messages at once."};

inline constexpr auto listStorefrontMessages
    = Endpoint<std::vector<StorefrontMessage>, ListMessages,
               ChannelId>{Verb::Get, "/messages/channel/{channel}", Access::Account, limits::read,
                          "Messages of a channel, newest first."}
          .storefront();
inline constexpr auto createStorefrontMessage
    = Endpoint<StorefrontMessage,
               StorefrontCreateMessage>{Verb::Post, "/messages", Access::Account,
                                        limits::messageCreate,
                                        "Posts a message; the channel stands in the body."}
          .answering(201)
          .storefront();

} // namespace guildhall::api
