// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/api/endpoint.h"
#include "shared/dto/invite.h"

#include <vector>

namespace guildhall::api {

inline constexpr Endpoint<std::vector<InviteWithMetadata>, NoInput, GuildId> listGuildInvites{
    Verb::Get, "/guilds/{guild}/invites", Access::Account, limits::read, "The invites of a guild."};
inline constexpr Endpoint<std::vector<InviteWithMetadata>, NoInput, ChannelId> listChannelInvites{
    Verb::Get, "/channels/{channel}/invites", Access::Account, limits::read,
    "The invites to a channel."};
inline constexpr Endpoint<InviteWithMetadata, CreateInvite, ChannelId> createInvite{
    Verb::Post, "/channels/{channel}/invites", Access::Account, limits::inviteCreate,
    "Makes an invite, or gives back one that is alike."};
inline constexpr Endpoint<Invite, GetInvite, QString> getInvite{
    Verb::Get, "/invites/{code}", Access::Public, limits::read, "What an invite leads to."};
inline constexpr Endpoint<AcceptedInvite, NoInput, QString> acceptInvite{
    Verb::Post, "/invites/{code}", Access::User, limits::write, "Joins the guild of an invite."};
inline constexpr Endpoint<Invite, NoInput, QString> deleteInvite{
    Verb::Delete, "/invites/{code}", Access::Account, limits::write, "Revokes an invite."};

} // namespace guildhall::api
