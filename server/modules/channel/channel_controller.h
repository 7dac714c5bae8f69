// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/channel/channel_editing.h"
#include "server/modules/channel/channel_service.h"
#include "shared/dto/storefront.h"

namespace guildhall {

class Router;

class ChannelController {
public:
    ChannelController(Router &routes, ChannelService &channels, ChannelEditing &editing);

private:
    Result<std::vector<Channel>> list(const Caller &who, GuildId guild);
    Result<Channel> create(const Caller &who, GuildId guild, const Submitted<CreateChannel> &body);
    Result<api::NoReply> move(const Caller &who, GuildId guild,
                              const Submitted<std::vector<ChannelPosition>> &body);
    Result<Channel> get(const Caller &who, ChannelId channel);
    Result<Channel> modify(const Caller &who, ChannelId channel,
                           const Submitted<ModifyChannel> &body);
    Result<Channel> remove(const Caller &who, ChannelId channel);
    Result<api::NoReply> putOverwrite(const Caller &who, ChannelId channel, OverwriteId target,
                                      const Submitted<PutOverwrite> &body);
    Result<api::NoReply> removeOverwrite(const Caller &who, ChannelId channel, OverwriteId target);

    Result<std::vector<StorefrontChannel>> listForStorefront(const Caller &who, GuildId guild);
    Result<StorefrontChannel> createForStorefront(const Caller &who,
                                                  const StorefrontCreateChannel &body);

    ChannelService &m_channels;
    ChannelEditing &m_editing;
};

} // namespace guildhall
