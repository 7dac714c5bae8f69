// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/permission/grants.h"
#include "shared/core/result.h"
#include "shared/dto/channel.h"

#include <span>

namespace guildhall {

/// What an overwrite can be about: a role, or somebody.
struct OverwriteTarget {
    OverwriteId id;
    OverwriteType type = OverwriteType::Role;

    friend bool operator==(const OverwriteTarget &, const OverwriteTarget &) = default;
};

/// Who may change which overwrite. What is asked of channels besides is in shared/dto.
/// @source api.md 4.3
namespace overwriteRights {

/// What `user` may do in `channel` as it stands in the database, which under the lock of the
/// guild's channels may be newer than the snapshot: an overwrite that was just set counts.
/// @error MissingAccess, MissingPermissions
Result<Permissions> requireIn(const GuildSnapshot &guild, UserId user, const Channel &channel,
                              Permissions need);

/// The overwrites of a body, as shared/dto wants them, with roles and members called what they are.
/// @param held      what the sender may hand out or take away
/// @param before    bits that stand already may stay, whoever sends them again, and so may what is
///                  about somebody who is gone
/// @param existing  of the ids in the body, those that are there
/// @error MissingPermissions  a right that the sender does not hold
/// @error InvalidFormBody     at permission_overwrites.N
Result<std::vector<Overwrite>> checked(std::span<const OverwriteInput> inputs, Permissions held,
                                       std::span<const Overwrite> before,
                                       std::span<const OverwriteTarget> existing);

/// The ids in a body.
std::vector<OverwriteId> idsIn(std::span<const OverwriteInput> inputs);

/// Whether going from `before` to `after` (null: none) changes only rights in `held`. With another
/// type it is another overwrite: all of the old one goes, all of the new one comes.
bool changesOnly(Permissions held, const Overwrite *before, const Overwrite *after);

/// Whether going from one list to another changes only rights in `held`.
bool changesOnly(Permissions held, std::span<const Overwrite> before,
                 std::span<const Overwrite> after);

/// The same overwrites, whatever their order.
bool sameOverwrites(std::vector<Overwrite> a, std::vector<Overwrite> b);

} // namespace overwriteRights
} // namespace guildhall
