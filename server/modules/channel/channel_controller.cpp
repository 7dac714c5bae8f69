// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/channel/channel_controller.h"

#include "server/gateway/rest/router.h"
#include "shared/api/channel_api.h"

namespace guildhall {

namespace {

StorefrontChannel forStorefront(Channel channel)
{
    StorefrontChannel result{std::move(channel), {}, {}};
    result.guildIdCamel = result.guildId;
    result.parentIdCamel = result.parentId;
    return result;
}

/// A number, or one of the three words that plain clients send.
Result<ChannelType> typeOf(const std::optional<StringOrInt> &type)
{
    if (!type || type->text == "text")
        return ChannelType::Text;
    if (type->text == "voice")
        return ChannelType::Voice;
    if (type->text == "category")
        return ChannelType::Category;
    bool isNumber = false;
    const int number = type->text.toInt(&isNumber);
    if (isNumber)
        return ChannelType(number);
    return refuseField({QStringLiteral("type")}, "BASE_TYPE_CHOICES",
                       QStringLiteral("Value must be a number or one of (text, voice, category)."));
}

} // namespace

ChannelController::ChannelController(Router &routes, ChannelService &channels,
                                     ChannelEditing &editing)
    : m_channels(channels)
    , m_editing(editing)
{
    routes.bind(api::listChannels, this, &ChannelController::list);
    routes.bind(api::createChannel, this, &ChannelController::create);
    routes.bind(api::moveChannels, this, &ChannelController::move);
    routes.bind(api::getChannel, this, &ChannelController::get);
    routes.bind(api::modifyChannel, this, &ChannelController::modify);
    routes.bind(api::deleteChannel, this, &ChannelController::remove);
    routes.bind(api::putOverwrite, this, &ChannelController::putOverwrite);
    routes.bind(api::deleteOverwrite, this, &ChannelController::removeOverwrite);
    routes.bind(api::listStorefrontChannels, this, &ChannelController::listForStorefront);
    routes.bind(api::createStorefrontChannel, this, &ChannelController::createForStorefront);
}

Result<std::vector<Channel>> ChannelController::list(const Caller &who, GuildId guild)
{
    return m_channels.list(who, guild);
}

Result<Channel> ChannelController::create(const Caller &who, GuildId guild,
                                          const Submitted<CreateChannel> &body)
{
    return m_channels.create(who, guild, body);
}

Result<api::NoReply> ChannelController::move(const Caller &who, GuildId guild,
                                             const Submitted<std::vector<ChannelPosition>> &body)
{
    return m_editing.move(who, guild, body);
}

Result<Channel> ChannelController::get(const Caller &who, ChannelId channel)
{
    return m_channels.get(who, channel);
}

Result<Channel> ChannelController::modify(const Caller &who, ChannelId channel,
                                          const Submitted<ModifyChannel> &body)
{
    return m_editing.modify(who, channel, body);
}

Result<Channel> ChannelController::remove(const Caller &who, ChannelId channel)
{
    return m_channels.remove(who, channel);
}

Result<api::NoReply> ChannelController::putOverwrite(const Caller &who, ChannelId channel,
                                                     OverwriteId target,
                                                     const Submitted<PutOverwrite> &body)
{
    return m_editing.putOverwrite(who, channel, target, body);
}

Result<api::NoReply> ChannelController::removeOverwrite(const Caller &who, ChannelId channel,
                                                        OverwriteId target)
{
    return m_editing.removeOverwrite(who, channel, target);
}

Result<std::vector<StorefrontChannel>> ChannelController::listForStorefront(const Caller &who,
                                                                            GuildId guild)
{
    GH_TRY(std::vector<Channel> channels, m_channels.listVisible(who, guild));
    std::vector<StorefrontChannel> list;
    for (Channel &channel : channels)
        list.push_back(forStorefront(std::move(channel)));
    return list;
}

Result<StorefrontChannel>
ChannelController::createForStorefront(const Caller &who, const StorefrontCreateChannel &body)
{
    const std::optional<GuildId> guild = body.guild();
    if (!guild)
        return refuseField({QStringLiteral("guildId")}, "BASE_TYPE_REQUIRED",
                           QStringLiteral("This field is required"));
    CreateChannel input;
    input.name = body.name;
    input.topic = body.topic;
    input.parentId = body.parentIdCamel ? body.parentIdCamel : body.parentId;
    GH_TRY(input.type, typeOf(body.type));
    GH_TRY(Channel channel, m_channels.create(who, *guild, input));
    return forStorefront(std::move(channel));
}

} // namespace guildhall
