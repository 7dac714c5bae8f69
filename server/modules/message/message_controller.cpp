// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/message/message_controller.h"

#include "server/gateway/rest/router.h"
#include "shared/api/message_api.h"

namespace guildhall {

namespace {

StorefrontMessage forStorefront(Message message)
{
    StorefrontMessage result{std::move(message), {}, {}, {}};
    result.channelIdCamel = result.channelId;
    result.authorId = result.author.id;
    result.createdAt = result.timestamp;
    return result;
}

} // namespace

MessageController::MessageController(Router &routes, MessageCreation &creation,
                                     MessageReading &reading, MessageEditing &editing)
    : m_creation(creation)
    , m_reading(reading)
    , m_editing(editing)
{
    routes.bind(api::listMessages, this, &MessageController::list);
    routes.bind(api::getMessage, this, &MessageController::get);
    routes.bind(api::createMessage, this, &MessageController::create);
    routes.bind(api::editMessage, this, &MessageController::edit);
    routes.bind(api::deleteMessage, this, &MessageController::remove);
    routes.bind(api::bulkDeleteMessages, this, &MessageController::removeMany);
    routes.bind(api::listStorefrontMessages, this, &MessageController::listForStorefront);
    routes.bind(api::createStorefrontMessage, this, &MessageController::createForStorefront);
}

Result<std::vector<Message>> MessageController::list(const Caller &who, ChannelId channel,
                                                     const Submitted<ListMessages> &query)
{
    return m_reading.list(who, channel, query);
}

Result<Message> MessageController::get(const Caller &who, ChannelId channel, MessageId message)
{
    return m_reading.get(who, channel, message);
}

Later<Result<Message>> MessageController::create(const Caller &who, ChannelId channel,
                                                 const Submitted<CreateMessage> &body)
{
    return m_creation.create(who, channel, body);
}

Later<Result<Message>> MessageController::edit(const Caller &who, ChannelId channel,
                                               MessageId message,
                                               const Submitted<EditMessage> &body)
{
    return m_editing.edit(who, channel, message, body);
}

Later<Result<api::NoReply>> MessageController::remove(const Caller &who, ChannelId channel,
                                                      MessageId message)
{
    return m_editing.remove(who, channel, message);
}

Later<Result<api::NoReply>> MessageController::removeMany(const Caller &who, ChannelId channel,
                                                          const Submitted<BulkDelete> &body)
{
    return m_editing.removeMany(who, channel, body);
}

Result<std::vector<StorefrontMessage>>
MessageController::listForStorefront(const Caller &who, ChannelId channel,
                                     const Submitted<ListMessages> &query)
{
    GH_TRY(std::vector<Message> messages, m_reading.list(who, channel, query));
    std::vector<StorefrontMessage> list;
    for (Message &message : messages)
        list.push_back(forStorefront(std::move(message)));
    return list;
}

Later<Result<StorefrontMessage>>
MessageController::createForStorefront(const Caller &who, const StorefrontCreateMessage &body)
{
    const std::optional<ChannelId> channel = body.channel();
    if (!channel) {
        return Later<Result<StorefrontMessage>>::now(
            refuseField({QStringLiteral("channelId")}, "BASE_TYPE_REQUIRED",
                        QStringLiteral("This field is required")));
    }
    CreateMessage input;
    input.content = body.content;
    input.nonce = body.nonce;
    if (body.replyTo)
        input.messageReference = MessageReferenceInput{*body.replyTo, {}, {}, {}, {}};
    return m_creation.create(who, *channel, input).map([](Result<Message> message) {
        return message.map([](Message value) { return forStorefront(std::move(value)); });
    });
}

} // namespace guildhall
