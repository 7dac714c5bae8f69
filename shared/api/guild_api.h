// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/api/endpoint.h"
#include "shared/dto/guild_input.h"
#include "shared/dto/storefront.h"

namespace guildhall::api {

inline constexpr auto createGuild
    = Endpoint<CreatedGuild, CreateGuild>{Verb::Post, "/guilds", Access::Account,
                                          limits::guildCreate,
                                          "Makes a guild with its first channels."}
          .answering(201)
          .withImages()
          .storefront();
inline constexpr auto listGuilds
    = Endpoint<std::vector<StorefrontGuild>,
               ListGuilds>{Verb::Get, "/guilds", Access::Account, limits::read,
                           "The account's guilds and those that anybody may join."}
          .storefront();
inline constexpr auto listMyGuilds
    = Endpoint<std::vector<StorefrontGuild>, ListGuilds>{Verb::Get, "/guilds/my", Access::Account,
                                                         limits::read, "The account's guilds."}
          .storefront();
inline constexpr auto joinGuild
    = Endpoint<StorefrontGuild, NoInput, GuildId>{Verb::Post, "/guilds/{guild}/join", Access::User,
                                                  limits::write,
                                                  "Joins a guild that is open to anybody."}
          .storefront();
inline constexpr Endpoint<Guild, GetGuild, GuildId> getGuild{
    Verb::Get, "/guilds/{guild}", Access::Account, limits::read, "One guild."};
inline constexpr auto modifyGuild
    = Endpoint<Guild, ModifyGuild,
               GuildId>{Verb::Patch, "/guilds/{guild}", Access::Account, limits::write,
                        "Changes a guild's settings or hands it to another owner."}
          .withImages();
inline constexpr Endpoint<NoReply, NoInput, GuildId> deleteGuild{
    Verb::Delete, "/guilds/{guild}", Access::Account, limits::write, "The owner deletes a guild."};
inline constexpr Endpoint<NoReply, NoInput, GuildId> deleteGuildByPost{
    Verb::Post, "/guilds/{guild}/delete", Access::Account, limits::write,
    "The owner deletes a guild; the form chat clients use."};

} // namespace guildhall::api
