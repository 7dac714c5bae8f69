// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/api/endpoint.h"
#include "shared/dto/channel.h"
#include "shared/dto/storefront.h"

#include <vector>

namespace guildhall::api {

inline constexpr Endpoint<std::vector<Channel>, NoInput, GuildId> listChannels{
    Verb::Get, "/guilds/{guild}/channels", Access::Account, limits::read,
    "The channels of a guild."};
inline constexpr auto createChannel
    = Endpoint<Channel, CreateChannel, GuildId>{Verb::Post, "/guilds/{guild}/channels",
                                                Access::Account, limits::channelCreate,
                                                "Makes a channel."}
          .answering(201);
inline constexpr Endpoint<NoReply, std::vector<ChannelPosition>, GuildId> moveChannels{
    Verb::Patch, "/guilds/{guild}/channels", Access::Account, limits::channelCreate,
    "Changes the order, parents or synchronisation of channels."};
inline constexpr Endpoint<Channel, NoInput, ChannelId> getChannel{
    Verb::Get, "/channels/{channel}", Access::Account, limits::read, "One channel."};
inline constexpr Endpoint<Channel, ModifyChannel, ChannelId> modifyChannel{
    Verb::Patch, "/channels/{channel}", Access::Account, limits::channelModify,
    "Changes a channel."};
inline constexpr Endpoint<Channel, NoInput, ChannelId> deleteChannel{
    Verb::Delete, "/channels/{channel}", Access::Account, limits::write, "Deletes a channel."};
inline constexpr Endpoint<NoReply, PutOverwrite, ChannelId, OverwriteId> putOverwrite{
    Verb::Put, "/channels/{channel}/permissions/{overwrite}", Access::Account, limits::write,
    "Sets what a channel changes for a role or member."};
inline constexpr Endpoint<NoReply, NoInput, ChannelId, OverwriteId> deleteOverwrite{
    Verb::Delete, "/channels/{channel}/permissions/{overwrite}", Access::Account, limits::write,
    "Removes what a channel changes for a role or member."};
inline constexpr Endpoint<NoReply, NoInput, ChannelId> startTyping{
    Verb::Post, "/channels/{channel}/typing", Access::Account, limits::typing,
    "Shows the account as typing for ten seconds."};

inline constexpr auto listStorefrontChannels
    = Endpoint<std::vector<StorefrontChannel>, NoInput,
               GuildId>{Verb::Get, "/channels/guild/{guild}", Access::Account, limits::read,
                        "The channels of a guild that the account may see."}
          .storefront();
inline constexpr auto createStorefrontChannel
    = Endpoint<StorefrontChannel,
               StorefrontCreateChannel>{Verb::Post, "/channels", Access::Account,
                                        limits::channelCreate,
                                        "Makes a channel; the guild stands in the body."}
          .answering(201)
          .storefront();

} // namespace guildhall::api
