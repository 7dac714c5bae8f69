// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/events/event.h"
#include "shared/core/id.h"

#include <map>
#include <span>
#include <vector>

namespace guildhall {

/// What of a guild's rights is not in force any more as it was read.
struct StaleRights {
    bool guild = false; ///< it is gone
    bool owner = false;
    bool roles = false; ///< any of them, or their order
    std::vector<ChannelId> channels; ///< new, changed or gone
    std::vector<UserId> members; ///< new, changed or gone
    std::vector<RoleId> lostRoles; ///< gone, and with them what any number of members had of them
    std::vector<ChannelId> lostChannels; ///< those of `channels` that are gone
};

/// What the events of one commit have made stale, by guild.
std::map<GuildId, StaleRights> staleAfter(std::span<const AnyEvent> events);

} // namespace guildhall
