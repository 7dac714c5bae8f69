// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/guild/guild_controller.h"

#include "server/gateway/rest/router.h"
#include "shared/api/guild_api.h"
#include "shared/api/user_api.h"

namespace guildhall {

GuildController::GuildController(Router &routes, GuildService &guilds, GuildEditing &editing,
                                 GuildLists &lists)
    : m_guilds(guilds)
    , m_editing(editing)
    , m_lists(lists)
{
    routes.bind(api::createGuild, this, &GuildController::create);
    routes.bind(api::getGuild, this, &GuildController::get);
    routes.bind(api::modifyGuild, this, &GuildController::modify);
    routes.bind(api::deleteGuild, this, &GuildController::remove);
    routes.bind(api::deleteGuildByPost, this, &GuildController::remove);
    routes.bind(api::listOwnGuilds, this, &GuildController::listOwn);
    routes.bind(api::listMyGuilds, this, &GuildController::listMine);
    routes.bind(api::listGuilds, this, &GuildController::listReachable);
    routes.bind(api::joinGuild, this, &GuildController::join);
}

Result<CreatedGuild> GuildController::create(const Caller &who, const Submitted<CreateGuild> &body)
{
    return m_guilds.create(who, body);
}

Result<Guild> GuildController::get(const Caller &who, GuildId guild,
                                   const Submitted<GetGuild> &query)
{
    return m_guilds.get(who, guild, query);
}

Result<Guild> GuildController::modify(const Caller &who, GuildId guild,
                                      const Submitted<ModifyGuild> &body)
{
    return m_editing.modify(who, guild, body);
}

Result<void> GuildController::remove(const Caller &who, GuildId guild)
{
    return m_guilds.remove(who, guild);
}

Result<std::vector<GuildListItem>> GuildController::listOwn(const Caller &who,
                                                            const ListGuilds &page)
{
    return m_lists.own(who, page);
}

Result<std::vector<StorefrontGuild>> GuildController::listMine(const Caller &who,
                                                               const ListGuilds &page)
{
    return m_lists.ownForStorefront(who, page);
}

Result<std::vector<StorefrontGuild>> GuildController::listReachable(const Caller &who,
                                                                    const ListGuilds &page)
{
    return m_lists.reachable(who, page);
}

Result<StorefrontGuild> GuildController::join(const Caller &who, GuildId guild)
{
    GH_CHECK(m_guilds.join(who, guild));
    return m_lists.one(who, guild);
}

} // namespace guildhall
