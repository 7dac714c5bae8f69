// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/api/endpoint.h"
#include "shared/dto/member.h"

#include <vector>

namespace guildhall::api {

inline constexpr Endpoint<std::vector<Member>, ListMembers, GuildId> listMembers{
    Verb::Get, "/guilds/{guild}/members", Access::Account, limits::read,
    "Members of a guild, by user id."};
inline constexpr Endpoint<std::vector<Member>, SearchMembers, GuildId> searchMembers{
    Verb::Get, "/guilds/{guild}/members/search", Access::Account, limits::read,
    "Members whose name, display name or nickname starts with a text."};
inline constexpr Endpoint<Member, NoInput, GuildId, UserId> getMember{
    Verb::Get, "/guilds/{guild}/members/{user}", Access::Account, limits::read, "One member."};
inline constexpr Endpoint<Member, ModifyMember, GuildId, UserId> modifyMember{
    Verb::Patch, "/guilds/{guild}/members/{user}", Access::Account, limits::memberWrite,
    "Changes a member's nickname, roles or time-out."};
inline constexpr Endpoint<Member, ModifyOwnMember, GuildId> modifyOwnMember{
    Verb::Patch, "/guilds/{guild}/members/@me", Access::Account, limits::memberWrite,
    "Changes the account's own nickname."};
inline constexpr Endpoint<ModifyOwnMember, ModifyOwnMember, GuildId> modifyOwnNick{
    Verb::Patch, "/guilds/{guild}/members/@me/nick", Access::Account, limits::memberWrite,
    "Changes the account's own nickname; older path."};
inline constexpr Endpoint<NoReply, NoInput, GuildId, UserId> kickMember{
    Verb::Delete, "/guilds/{guild}/members/{user}", Access::Account, limits::memberWrite,
    "Kicks a member."};

} // namespace guildhall::api
