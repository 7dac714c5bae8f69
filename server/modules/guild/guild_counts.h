// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/executor.h"
#include "server/infrastructure/runtime/bounded_cache.h"
#include "server/modules/permission/permission_service.h"

#include <functional>
#include <unordered_map>

namespace guildhall {

struct Kernel;

/// How many people a guild has, and how many of them are here.
struct GuildCount {
    int members = 0;
    int online = 0;
};

/// Counts members of guilds; of who is online it is told by the application, since presence stands
/// above this module. @thread api pool (blocks)
class GuildCounts {
public:
    /// How many of the users are online. @thread any
    using CountOnline = std::function<int(const std::vector<UserId> &)>;

    GuildCounts(const Kernel &kernel, PermissionService &permissions);

    /// Without it nobody counts as online. @thread main, before the threads start
    void setCountOnline(CountOnline count) { m_countOnline = std::move(count); }

    /// Of a guild with more than `exactUpTo` members the answer may be `recently` old: looking at
    /// all of them for each glance at an invite would be dear.
    GuildCount count(GuildId guild);
    /// Members only, of each guild that has any.
    std::unordered_map<GuildId, int> members(const std::vector<GuildId> &guilds);

    static constexpr int exactUpTo = 250;
    static constexpr std::chrono::seconds recently{5};

private:
    GuildCount countNow(const GuildSnapshot &snapshot) const;

    const Kernel &m_kernel;
    PermissionService &m_permissions;
    CountOnline m_countOnline;
    BoundedCache<GuildId, GuildCount> m_recent;
};

} // namespace guildhall
