// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/guild/guild_lists.h"

#include "server/infrastructure/database/database.h"
#include "server/infrastructure/runtime/clock.h"
#include "server/modules/guild/guild_list_repository.h"
#include "shared/permission/resolve.h"

namespace guildhall {

GuildLists::GuildLists(const Kernel &kernel, GuildCounts &counts)
    : m_kernel(kernel)
    , m_counts(counts)
{ }

std::vector<ListedGuild> GuildLists::ownPage(const Caller &who, const ListGuilds &page)
{
    db::Executor &db = m_kernel.database.session();
    return page.before && !page.after
        ? GuildListRepository::ownBefore(db, who.user, *page.before, page.limit)
        : GuildListRepository::ownAfter(db, who.user, page.after.value_or(GuildId()), page.limit);
}

GuildListItem GuildLists::item(const Caller &who, const ListedGuild &guild) const
{
    GuildListItem item;
    item.id = guild.id;
    item.name = guild.name;
    item.icon = guild.icon;
    item.banner = guild.banner;
    item.owner = guild.owner == who.user;
    item.features = guild.features;
    if (guild.joined) {
        const bool timedOut = guild.timedOutUntil && *guild.timedOutUntil > m_kernel.clock.now();
        const MemberFacts facts{who.user, item.owner, {}, timedOut};
        item.permissions = guildPermissions(facts, guild.everyone, guild.roles);
    }
    return item;
}

std::vector<GuildListItem> GuildLists::own(const Caller &who, const ListGuilds &page)
{
    std::vector<GuildListItem> items;
    for (const ListedGuild &guild : ownPage(who, page)) {
        items.push_back(item(who, guild));
        if (page.withCounts) {
            const GuildCount count = m_counts.count(guild.id);
            items.back().approximateMemberCount = count.members;
            items.back().approximatePresenceCount = count.online;
        }
    }
    return items;
}

std::vector<StorefrontGuild> GuildLists::forStorefront(const Caller &who,
                                                       const std::vector<ListedGuild> &guilds)
{
    std::vector<GuildId> ids;
    for (const ListedGuild &guild : guilds)
        ids.push_back(guild.id);
    const auto counts = m_counts.members(ids);
    std::vector<StorefrontGuild> list;
    for (const ListedGuild &guild : guilds) {
        StorefrontGuild entry;
        static_cast<GuildListItem &>(entry) = item(who, guild);
        entry.ownerId = guild.owner;
        const auto count = counts.find(guild.id);
        entry.memberCount = count == counts.end() ? 0 : count->second;
        entry.joined = guild.joined;
        list.push_back(std::move(entry));
    }
    return list;
}

std::vector<StorefrontGuild> GuildLists::ownForStorefront(const Caller &who, const ListGuilds &page)
{
    return forStorefront(who, ownPage(who, page));
}

std::vector<StorefrontGuild> GuildLists::reachable(const Caller &who, const ListGuilds &page)
{
    return forStorefront(who,
                         GuildListRepository::reachable(m_kernel.database.session(), who.user,
                                                        page.after.value_or(GuildId()),
                                                        page.limit));
}

Result<StorefrontGuild> GuildLists::one(const Caller &who, GuildId guild)
{
    auto found = GuildListRepository::find(m_kernel.database.session(), who.user, guild);
    if (!found)
        return refuse(ErrorCode::UnknownGuild);
    return std::move(forStorefront(who, {std::move(*found)}).front());
}

} // namespace guildhall
