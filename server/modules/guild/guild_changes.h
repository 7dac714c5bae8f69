// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/guild/guild_record.h"
#include "shared/core/result.h"
#include "shared/dto/guild_input.h"

#include <span>

namespace guildhall {

/// What PATCH /guilds/{g} does to a guild. Pure.
namespace guildChanges {

using ChannelTypes = std::vector<std::pair<ChannelId, ChannelType>>;

/// The channels that the body names.
std::vector<ChannelId> namedChannels(const ModifyGuild &change);

/// Whether they are channels of the guild, each of the kind that its setting wants.
/// @param types  the named channels that are the guild's
/// @error InvalidFormBody  with every one that is not
Result<void> checkChannels(const ModifyGuild &change, const ChannelTypes &types);

/// Everything of the body but a new owner.
void apply(const ModifyGuild &change, GuildRecord &guild);

} // namespace guildChanges
} // namespace guildhall
