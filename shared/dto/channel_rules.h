// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/result.h"
#include "shared/dto/channel.h"

#include <functional>
#include <span>

namespace guildhall {

/// What the contract asks of channels, apart from rights: the same for those that are made one by
/// one and those that are made with their guild. Pure. @source api.md 6.4, 6.5, 13
namespace channelRules {

inline constexpr size_t maxChannels = 500;
inline constexpr size_t maxChildren = 50;
inline constexpr size_t maxOverwrites = 100;
inline constexpr qsizetype maxName = 100;
inline constexpr qsizetype maxTopic = 1024;

/// A name as it is kept: of text-like channels in lower case, with dashes for blanks of any kind;
/// of others as it is.
/// @error InvalidFormBody at name: too long when it is so, as some letters get longer
Result<QString> keptName(ChannelType type, const QString &wanted);

/// @error InvalidFormBody at topic
Result<void> checkTopic(const QString &topic);

/// A new channel as its body describes it. Whose it is, its category and overwrites are the
/// caller's to say.
/// @error InvalidFormBody with every mistake; also at type, for what cannot be made
Result<Channel> described(const CreateChannel &body);

/// @param channels  the guild's, as they are
/// @param channel   which wants to be in `parent`; null when it is new
/// @error InvalidFormBody at parent_id: CHANNEL_PARENT_INVALID (none of this guild, or a category
///        in a category), CHANNEL_PARENT_INVALID_TYPE (no category), CHANNEL_PARENT_MAX_CHANNELS
Result<void> checkParent(std::span<const Channel> channels, ChannelType type, ChannelId channel,
                         ChannelId parent);

/// Whom an entry is about, once it is known that there is such a role or member; or nobody.
using TargetOf = std::function<std::optional<OverwriteId>(const OverwriteInput &)>;

/// The overwrites of a body, by target: each only once, no right both allowed and denied.
/// @error InvalidFormBody at permission_overwrites.N, with every mistake
Result<std::vector<Overwrite>> overwritesOf(std::span<const OverwriteInput> inputs,
                                            const TargetOf &targetOf);

} // namespace channelRules
} // namespace guildhall
