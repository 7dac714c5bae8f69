// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/permission/grants.h"
#include "shared/core/result.h"
#include "shared/dto/channel.h"

#include <span>

namespace guildhall {

/// What the contract asks of channels, apart from rights to the route itself. @source
/// api.md 6.4, 6.5
namespace channelRules {

inline constexpr size_t maxChannels = 500;
inline constexpr size_t maxChildren = 50;
inline constexpr size_t maxOverwrites = 100;
inline constexpr int maxTopic = 1024;

/// Text-like channels have lower-case names with dashes for blanks; others keep theirs.
QString normalizedName(ChannelType type, const QString &name);

/// Whether such a channel can be made.
bool canBeCreated(ChannelType type);

/// @param channels  the guild's, as they are
/// @error InvalidFormBody at parent_id: CHANNEL_PARENT_INVALID (none of this guild, or a category
/// in
///        a category), CHANNEL_PARENT_INVALID_TYPE (no category), CHANNEL_PARENT_MAX_CHANNELS
///        (full)
Result<void> checkParent(std::span<const Channel> channels, ChannelType type, ChannelId channel,
                         ChannelId parent);

/// What `user` may do in `channel` as it stands in the database, which under the lock of the
/// guild's channels may be newer than the snapshot: an overwrite that was just set counts.
/// @error MissingAccess, MissingPermissions
Result<Permissions> requireIn(const GuildSnapshot &guild, UserId user, const Channel &channel,
                              Permissions need);

/// The overwrites of a body: roles that are there and are called so, no right both allowed and
/// denied, each only once.
/// @param held      what the sender may hand out or take away
/// @param before    bits that stand already may stay, whoever sends them again
/// @error MissingPermissions  a right that the sender does not hold
/// @error InvalidFormBody     at permission_overwrites.N
Result<std::vector<Overwrite>> checkOverwrites(std::span<const OverwriteInput> inputs,
                                               Permissions held, std::span<const Overwrite> before,
                                               const GuildSnapshot &guild);

/// Whether going from `before` to `after` (null: none) changes only rights in `held`. With another
/// type it is another overwrite: all of the old one goes, all of the new one comes.
bool changesOnly(Permissions held, const Overwrite *before, const Overwrite *after);

/// Whether going from one list to another changes only rights in `held`.
bool changesOnly(Permissions held, std::span<const Overwrite> before,
                 std::span<const Overwrite> after);

/// The same overwrites, whatever their order.
bool sameOverwrites(std::vector<Overwrite> a, std::vector<Overwrite> b);

} // namespace channelRules
} // namespace guildhall
