// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/channel/channel_service.h"

#include "server/infrastructure/database/database.h"
#include "server/infrastructure/runtime/clock.h"
#include "server/infrastructure/runtime/snowflakes.h"
#include "server/modules/channel/channel_events.h"
#include "server/modules/channel/overwrite_rights.h"
#include "shared/dto/channel_rules.h"

#include <algorithm>

namespace guildhall {

namespace {

const Channel *findIn(const std::vector<Channel> &channels, ChannelId id)
{
    const auto found = std::find_if(channels.begin(), channels.end(),
                                    [id](const Channel &channel) { return channel.id == id; });
    return found == channels.end() ? nullptr : &*found;
}

} // namespace

ChannelService::ChannelService(const Kernel &kernel, PermissionService &permissions)
    : m_kernel(kernel)
    , m_permissions(permissions)
{ }

Result<std::vector<Channel>> ChannelService::list(const Caller &who, GuildId guild)
{
    GH_CHECK(m_permissions.requireMember(who.user, guild));
    return ChannelRepository::list(m_kernel.database.session(), guild);
}

Result<std::vector<Channel>> ChannelService::listVisible(const Caller &who, GuildId guild)
{
    GH_TRY(const GuildGrant grant, m_permissions.requireMember(who.user, guild));
    std::vector<Channel> channels = ChannelRepository::list(m_kernel.database.session(), guild);
    std::erase_if(channels, [&](const Channel &channel) {
        return !grant.snapshot().permissions(who.user, channel.id).has(Permission::ViewChannel);
    });
    return channels;
}

Result<Channel> ChannelService::get(const Caller &who, ChannelId id)
{
    GH_CHECK(m_permissions.requireVisible(who.user, id));
    auto channel = ChannelRepository::find(m_kernel.database.session(), id);
    if (!channel)
        return refuse(ErrorCode::UnknownChannel);
    return std::move(*channel);
}

Result<Channel> ChannelService::fromBody(db::Executor &db, const CreateChannel &body,
                                         const GuildGrant &grant,
                                         const std::vector<Channel> &channels)
{
    GH_TRY(Channel channel, channelRules::described(body));
    channel.guildId = grant.guild();
    if (body.parentId)
        GH_CHECK(channelRules::checkParent(channels, body.type, ChannelId(), *body.parentId));
    channel.parentId = body.parentId;
    if (body.permissionOverwrites) {
        const auto targets = ChannelRepository::existingTargets(
            db, grant.guild(), overwriteRights::idsIn(*body.permissionOverwrites));
        GH_TRY(
            channel.permissionOverwrites,
            overwriteRights::checked(*body.permissionOverwrites, grant.permissions(), {}, targets));
    } else if (body.parentId) {
        channel.permissionOverwrites = findIn(channels, *body.parentId)->permissionOverwrites;
    }
    return channel;
}

Result<Channel> ChannelService::create(const Caller &who, GuildId guild,
                                       const Submitted<CreateChannel> &submitted)
{
    GH_TRY(const GuildGrant grant,
           m_permissions.require(who.user, guild, Permission::ManageChannels));
    GH_TRY(const CreateChannel body, submitted.checked());
    return m_kernel.database.transact([&](db::Tx &tx) -> Result<Channel> {
        if (!ChannelRepository::lock(tx, guild))
            return refuse(ErrorCode::UnknownGuild);
        const std::vector<Channel> channels = ChannelRepository::list(tx, guild);
        if (channels.size() >= channelRules::maxChannels)
            return refuse(ErrorCode::MaximumChannels);
        GH_TRY(Channel channel, fromBody(tx, body, grant, channels));
        channel.id = m_kernel.ids.next<ChannelId>();
        ChannelRepository::insert(tx, grant, channel, body.position, m_kernel.clock.now());
        Channel stored = *ChannelRepository::find(tx, channel.id);
        tx.publishOnCommit(ChannelCreated{stored});
        return stored;
    });
}

Result<Channel> ChannelService::remove(const Caller &who, ChannelId id)
{
    GH_TRY(const ChannelGrant grant,
           m_permissions.require(who.user, id, Permission::ManageChannels));
    return m_kernel.database.transact([&](db::Tx &tx) -> Result<Channel> {
        if (!ChannelRepository::lock(tx, grant.guild()))
            return refuse(ErrorCode::UnknownChannel);
        const auto channel = ChannelRepository::find(tx, id);
        if (!channel)
            return refuse(ErrorCode::UnknownChannel);
        auto children = ChannelRepository::childrenOf(tx, grant.guild(), id);
        ChannelRepository::remove(tx, grant);
        tx.publishOnCommit(ChannelDeleted{*channel});
        for (Channel &child : children)
            child.parentId = std::nullopt; // as the foreign key does
        tx.publishAllOnCommit(updatesOf(std::move(children)));
        return *channel;
    });
}

} // namespace guildhall
