// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/guild/guild_counts.h"

#include "server/infrastructure/database/database.h"
#include "server/modules/guild/guild_list_repository.h"
#include "server/modules/kernel.h"

namespace guildhall {

namespace {

constexpr size_t rememberedGuilds = 1000;

} // namespace

GuildCounts::GuildCounts(const Kernel &kernel, PermissionService &permissions)
    : m_kernel(kernel)
    , m_permissions(permissions)
    , m_recent(rememberedGuilds, recently, kernel.clock)
{ }

GuildCount GuildCounts::count(GuildId guild)
{
    if (const auto recent = m_recent.find(guild))
        return *recent;
    const auto ticket = m_recent.beginReading();
    const GuildSnapshotPtr snapshot = m_permissions.snapshot(guild);
    if (!snapshot)
        return {};
    const GuildCount result = countNow(*snapshot);
    if (result.members > exactUpTo)
        m_recent.put(guild, result, ticket);
    return result;
}

GuildCount GuildCounts::countNow(const GuildSnapshot &snapshot) const
{
    GuildCount result;
    result.members = int(snapshot.members().size());
    if (!m_countOnline)
        return result;
    std::vector<UserId> users;
    users.reserve(snapshot.members().size());
    snapshot.members().forEach([&](const MemberRecord &member) { users.push_back(member.user); });
    result.online = m_countOnline(users);
    return result;
}

std::unordered_map<GuildId, int> GuildCounts::members(const std::vector<GuildId> &guilds)
{
    std::unordered_map<GuildId, int> counts;
    for (const auto &[guild, count] :
         GuildListRepository::memberCounts(m_kernel.database.session(), guilds))
        counts.emplace(guild, count);
    return counts;
}

} // namespace guildhall
