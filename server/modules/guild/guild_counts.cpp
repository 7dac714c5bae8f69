// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/guild/guild_counts.h"

#include "server/infrastructure/database/database.h"
#include "server/modules/guild/guild_list_repository.h"
#include "server/modules/kernel.h"

namespace guildhall {

GuildCounts::GuildCounts(const Kernel &kernel, PermissionService &permissions)
    : m_kernel(kernel)
    , m_permissions(permissions)
{ }

GuildCount GuildCounts::count(GuildId guild)
{
    GuildCount result;
    const GuildSnapshotPtr snapshot = m_permissions.snapshot(guild);
    if (!snapshot)
        return result;
    result.members = int(snapshot->members().size());
    if (!m_countOnline)
        return result;
    std::vector<UserId> users;
    users.reserve(snapshot->members().size());
    snapshot->members().forEach([&](const MemberRecord &member) { users.push_back(member.user); });
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
