// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/channel/overwrite_rights.h"

#include "shared/dto/channel_rules.h"

#include <algorithm>

namespace guildhall::overwriteRights {

namespace {

Permissions difference(Permissions a, Permissions b)
{
    return a.without(b) | b.without(a);
}

const Overwrite *find(std::span<const Overwrite> overwrites, OverwriteId id)
{
    const auto found
        = std::find_if(overwrites.begin(), overwrites.end(),
                       [id](const Overwrite &overwrite) { return overwrite.id == id; });
    return found == overwrites.end() ? nullptr : &*found;
}

} // namespace

Result<Permissions> requireIn(const GuildSnapshot &guild, UserId user, const Channel &channel,
                              Permissions need)
{
    const Permissions held = guild.permissions(user, channel.type, channel.permissionOverwrites);
    if (!held.has(Permission::ViewChannel))
        return refuse(ErrorCode::MissingAccess);
    if (!held.has(need))
        return refuse(ErrorCode::MissingPermissions);
    return held;
}

bool changesOnly(Permissions held, const Overwrite *before, const Overwrite *after)
{
    const Overwrite none;
    const Overwrite &a = before ? *before : none;
    const Overwrite &b = after ? *after : none;
    // One for a role and one for a member have nothing in common but the number.
    if (a.type != b.type)
        return held.has(a.allow | a.deny | b.allow | b.deny);
    return held.has(difference(a.allow, b.allow) | difference(a.deny, b.deny));
}

bool changesOnly(Permissions held, std::span<const Overwrite> before,
                 std::span<const Overwrite> after)
{
    const auto isAllowed = [&](const Overwrite &overwrite) {
        return changesOnly(held, find(before, overwrite.id), find(after, overwrite.id));
    };
    return std::all_of(before.begin(), before.end(), isAllowed)
        && std::all_of(after.begin(), after.end(), isAllowed);
}

Result<std::vector<Overwrite>> checked(std::span<const OverwriteInput> inputs, Permissions held,
                                       std::span<const Overwrite> before,
                                       std::span<const OverwriteTarget> existing)
{
    GH_TRY(std::vector<Overwrite> overwrites,
           channelRules::overwritesOf(
               inputs, [&](const OverwriteInput &input) -> std::optional<OverwriteId> {
                   const Overwrite *old = find(before, input.id);
                   const bool stands = old && old->type == input.type;
                   const OverwriteTarget target{input.id, input.type};
                   if (!stands && std::ranges::find(existing, target) == existing.end())
                       return std::nullopt;
                   return input.id;
               }));
    if (!changesOnly(held, before, overwrites))
        return refuse(ErrorCode::MissingPermissions);
    return overwrites;
}

std::vector<OverwriteId> idsIn(std::span<const OverwriteInput> inputs)
{
    std::vector<OverwriteId> ids;
    for (const OverwriteInput &input : inputs)
        ids.push_back(input.id);
    return ids;
}

bool sameOverwrites(std::vector<Overwrite> a, std::vector<Overwrite> b)
{
    const auto byId = [](const Overwrite &x, const Overwrite &y) {
        return x.id < y.id;
    };
    std::sort(a.begin(), a.end(), byId);
    std::sort(b.begin(), b.end(), byId);
    return a == b;
}

} // namespace guildhall::overwriteRights
