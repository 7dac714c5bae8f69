// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/permission/overwrite.h"

#include <span>

namespace guildhall {

/// One member as far as rights go. `roles` leaves @everyone out and is in ascending order.
struct MemberFacts {
    UserId user;
    bool owner = false;
    std::span<const RoleId> roles;
    bool timedOut = false; ///< communication_disabled_until lies in the future
};

/// One channel as far as rights go; for a thread these are its parent's overwrites.
struct ChannelFacts {
    std::span<const Overwrite> overwrites;
    bool thread = false;
    bool voice = false; ///< voice or stage
};

/// What is left to a member while timed out. @source api.md 4.2
inline constexpr Permissions allowedInTimeout{Permission::ViewChannel,
                                              Permission::ReadMessageHistory};

/// What a member may do in the whole guild, and where nothing in a channel says otherwise.
/// @param everyone  the rights of @everyone
/// @param roles     the union of the rights of the member's other roles
/// @source api.md 4.2
Permissions guildPermissions(const MemberFacts &member, Permissions everyone, Permissions roles);

/// What a member may do in a channel. @source api.md 4.2
Permissions channelPermissions(GuildId guild, const MemberFacts &member, Permissions everyone,
                               Permissions roles, const ChannelFacts &channel);

/// A place in the order of a guild: higher position first, at equal positions the LOWER id.
/// @source api.md 4.3
struct Rank {
    int position = 0;
    RoleId role; ///< null: no role but @everyone
    bool owner = false;

    /// Whether who stands here may act on who stands there.
    constexpr bool isAbove(const Rank &other) const
    {
        if (owner != other.owner)
            return owner;
        if (position != other.position)
            return position > other.position;
        return !role.isNull() && !other.role.isNull() && role < other.role;
    }
};

} // namespace guildhall
