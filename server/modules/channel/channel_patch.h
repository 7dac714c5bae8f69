// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/channel/overwrite_rights.h"
#include "server/modules/permission/grants.h"
#include "shared/core/result.h"
#include "shared/dto/channel.h"

#include <vector>

namespace guildhall::channelPatch {

/// `channel` as the body wants it.
/// @param held      what the sender may do in `channel`
/// @param targets   of those that its overwrites name, the ones that are there
/// @param channels  the guild's, as they are
/// @error InvalidFormBody, MissingPermissions (rights in overwrites that the sender does not hold)
Result<Channel> applied(const ModifyChannel &body, Channel channel, Permissions held,
                        std::span<const OverwriteTarget> targets,
                        const std::vector<Channel> &channels);

/// Gives each channel that is named its new place, and its category's overwrites where the body
/// wants it. Whether the sender may is for requireMove() to say, when everything is in its place.
/// @error InvalidFormBody  every mistake, each under the number of its entry
Result<void> applyMoves(const std::vector<ChannelPosition> &moves, std::vector<Channel> &channels);

/// Whether a channel may be moved as it was: by those who see and manage it, and its overwrites by
/// those who manage roles there and hold each right that changes.
/// @error MissingAccess, MissingPermissions
Result<void> requireMove(const GuildGrant &grant, const Channel &before, const Channel &after);

} // namespace guildhall::channelPatch
