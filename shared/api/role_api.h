// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/api/endpoint.h"
#include "shared/dto/role.h"

#include <vector>

namespace guildhall::api {

inline constexpr Endpoint<std::vector<Role>, NoInput, GuildId> listRoles{
    Verb::Get, "/guilds/{guild}/roles", Access::Account, limits::read, "The roles of a guild."};
inline constexpr Endpoint<Role, NoInput, GuildId, RoleId> getRole{
    Verb::Get, "/guilds/{guild}/roles/{role}", Access::Account, limits::read, "One role."};
inline constexpr auto createRole
    = Endpoint<Role, RoleInput, GuildId>{Verb::Post, "/guilds/{guild}/roles", Access::Account,
                                         limits::roleWrite, "Makes a role at position 1."}
          .withImages();
inline constexpr Endpoint<std::vector<Role>, std::vector<RolePosition>, GuildId> moveRoles{
    Verb::Patch, "/guilds/{guild}/roles", Access::Account, limits::roleWrite,
    "Changes the order of roles."};
inline constexpr auto modifyRole
    = Endpoint<Role, RoleInput, GuildId, RoleId>{Verb::Patch, "/guilds/{guild}/roles/{role}",
                                                 Access::Account, limits::roleWrite,
                                                 "Changes a role."}
          .withImages();
inline constexpr Endpoint<NoReply, NoInput, GuildId, RoleId> deleteRole{
    Verb::Delete, "/guilds/{guild}/roles/{role}", Access::Account, limits::roleWrite,
    "Deletes a role."};
inline constexpr Endpoint<NoReply, NoInput, GuildId, UserId, RoleId> grantRole{
    Verb::Put, "/guilds/{guild}/members/{user}/roles/{role}", Access::Account, limits::memberWrite,
    "Gives a member a role."};
inline constexpr Endpoint<NoReply, NoInput, GuildId, UserId, RoleId> revokeRole{
    Verb::Delete, "/guilds/{guild}/members/{user}/roles/{role}", Access::Account,
    limits::memberWrite, "Takes a role from a member."};

} // namespace guildhall::api
