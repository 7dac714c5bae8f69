// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/caller.h"
#include "server/gateway/rest/submitted.h"
#include "server/modules/channel/channel_repository.h"
#include "server/modules/kernel.h"
#include "server/modules/permission/permission_service.h"

namespace guildhall {

/// Channels of guilds: reading, making and deleting them. @thread api pool (blocks)
class ChannelService {
public:
    ChannelService(const Kernel &kernel, PermissionService &permissions);

    // For other modules; no rights are judged.
    std::vector<Channel> list(db::Executor &db, GuildId guild)
    {
        return ChannelRepository::list(db, guild);
    }
    std::optional<Channel> find(db::Executor &db, ChannelId channel)
    {
        return ChannelRepository::find(db, channel);
    }

    /// Every channel of the guild: what a channel is called is no secret from members, what happens
    /// in it may be. @error UnknownGuild, MissingAccess  @source api.md 6.4
    Result<std::vector<Channel>> list(const Caller &who, GuildId guild);
    /// Only those the caller sees. @error UnknownGuild, MissingAccess
    Result<std::vector<Channel>> listVisible(const Caller &who, GuildId guild);
    /// @error UnknownChannel, MissingAccess
    Result<Channel> get(const Caller &who, ChannelId channel);

    /// @error UnknownGuild, MissingAccess, MissingPermissions (ManageChannels; rights in overwrites
    ///        that the caller does not hold)
    /// @error InvalidFormBody, MaximumChannels
    /// @event ChannelCreated
    Result<Channel> create(const Caller &who, GuildId guild,
                           const Submitted<CreateChannel> &submitted);
    /// Children of a category stay, without a parent.
    /// @error UnknownChannel, MissingAccess, MissingPermissions (ManageChannels)
    /// @event ChannelDeleted, ChannelUpdated for each child
    Result<Channel> remove(const Caller &who, ChannelId channel);

private:
    Result<Channel> fromBody(db::Executor &db, const CreateChannel &body, const GuildGrant &grant,
                             const std::vector<Channel> &channels);

    Kernel m_kernel;
    PermissionService &m_permissions;
};

} // namespace guildhall
