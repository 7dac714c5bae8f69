// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/guild/guild_record.h"
#include "shared/core/result.h"
#include "shared/dto/guild_input.h"

namespace guildhall {

class Snowflakes;

/// Everything that a new guild starts with, ids and all.
struct GuildPlan {
    GuildRecord guild;
    std::vector<Role> roles; ///< @everyone first
    std::vector<Channel> channels;
};

/// Makes a plan of what POST /guilds asks for: the sender's placeholders become ids, and without
/// channels there are a text and a voice one in a category each. Pure, but for the ids.
/// @param body  its own rules are checked already
/// @error InvalidFormBody  placeholders that name nothing, or the wrong kind of channel
/// @source api.md 6.4
Result<GuildPlan> planGuild(const CreateGuild &body, UserId owner, Snowflakes &ids);

} // namespace guildhall
