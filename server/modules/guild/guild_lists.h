// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/caller.h"
#include "server/modules/guild/guild_counts.h"
#include "server/modules/kernel.h"
#include "shared/core/result.h"
#include "shared/dto/guild_input.h"
#include "shared/dto/storefront.h"

namespace guildhall {

struct ListedGuild;

/// The lists of guilds that an account sees. @thread api pool (blocks)
/// @source api.md 6.2, 12.1
class GuildLists {
public:
    GuildLists(const Kernel &kernel, GuildCounts &counts);

    /// The account's guilds, by id; with `before`, the last ones below it.
    std::vector<GuildListItem> own(const Caller &who, const ListGuilds &page);
    std::vector<StorefrontGuild> ownForStorefront(const Caller &who, const ListGuilds &page);
    /// Those the account is in, and those anybody may join, by id.
    std::vector<StorefrontGuild> reachable(const Caller &who, const ListGuilds &page);
    /// One guild as the lists show it. @error UnknownGuild
    Result<StorefrontGuild> one(const Caller &who, GuildId guild);

private:
    std::vector<ListedGuild> ownPage(const Caller &who, const ListGuilds &page);
    GuildListItem item(const Caller &who, const ListedGuild &guild) const;
    std::vector<StorefrontGuild> forStorefront(const Caller &who,
                                               const std::vector<ListedGuild> &guilds);

    Kernel m_kernel;
    GuildCounts &m_counts;
};

} // namespace guildhall
