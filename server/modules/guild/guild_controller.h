// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/guild/guild_editing.h"
#include "server/modules/guild/guild_lists.h"

namespace guildhall {

class Router;

/// The routes of guilds, in the API's form and the storefront's.
class GuildController {
public:
    GuildController(Router &routes, GuildService &guilds, GuildEditing &editing, GuildLists &lists);

    Result<CreatedGuild> create(const Caller &who, const Submitted<CreateGuild> &body);
    Result<Guild> get(const Caller &who, GuildId guild, const Submitted<GetGuild> &query);
    Result<Guild> modify(const Caller &who, GuildId guild, const Submitted<ModifyGuild> &body);
    Result<void> remove(const Caller &who, GuildId guild);
    Result<std::vector<GuildListItem>> listOwn(const Caller &who, const ListGuilds &page);
    Result<std::vector<StorefrontGuild>> listMine(const Caller &who, const ListGuilds &page);
    Result<std::vector<StorefrontGuild>> listReachable(const Caller &who, const ListGuilds &page);
    Result<StorefrontGuild> join(const Caller &who, GuildId guild);

private:
    GuildService &m_guilds;
    GuildEditing &m_editing;
    GuildLists &m_lists;
};

} // namespace guildhall
