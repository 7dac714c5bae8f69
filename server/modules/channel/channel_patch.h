// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/permission/grants.h"
#include "shared/core/result.h"
#include "shared/dto/channel.h"

#include <vector>

namespace guildhall::channelPatch {

/// `channel` as the body wants it. @param channels  the guild's, as they are
/// @error InvalidFormBody, MissingPermissions (rights in overwrites that the sender does not hold)
Result<Channel> applied(const ModifyChannel &body, Channel channel, const ChannelGrant &grant,
                        const std::vector<Channel> &channels);

/// Gives `channel` its new place, and its category's overwrites where the body wants it.
/// @error InvalidFormBody, MissingPermissions (ManageRoles and each right, when overwrites change)
Result<void> applyMove(const ChannelPosition &move, Channel &channel, const GuildGrant &grant,
                       const std::vector<Channel> &channels);

} // namespace guildhall::channelPatch
