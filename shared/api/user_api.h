// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/api/endpoint.h"
#include "shared/dto/channel.h"
#include "shared/dto/guild_input.h"
#include "shared/dto/member.h"
#include "shared/dto/user.h"

namespace guildhall::api {

inline constexpr Endpoint<UserSelf, NoInput> getSelf{
    Verb::Get, "/users/@me", Access::Account, limits::read, "The account that is signed in."};
inline constexpr auto modifySelf
    = Endpoint<ModifiedSelf,
               ModifySelf>{Verb::Patch, "/users/@me", Access::Account, limits::write,
                           "Changes the account's name, display name, mail address or password."}
          .withImages();
inline constexpr Endpoint<User, NoInput, UserId> getUser{
    Verb::Get, "/users/{user}", Access::Account, limits::read, "One person or bot."};
inline constexpr Endpoint<std::vector<GuildListItem>, ListGuilds> listOwnGuilds{
    Verb::Get, "/users/@me/guilds", Access::Account, limits::read,
    "The guilds of the account, by id."};
inline constexpr Endpoint<Member, NoInput, GuildId> getOwnMember{
    Verb::Get, "/users/@me/guilds/{guild}/member", Access::Account, limits::read,
    "The account's own membership, with its permissions."};
inline constexpr Endpoint<NoReply, NoInput, GuildId> leaveGuild{
    Verb::Delete, "/users/@me/guilds/{guild}", Access::Account, limits::write, "Leaves a guild."};

} // namespace guildhall::api
