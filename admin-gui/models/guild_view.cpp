// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/models/guild_view.h"

#include <algorithm>

namespace guildhall::console {

QString GuildView::statusOf(UserId user) const
{
    const auto found = presences.constFind(user);
    return found == presences.cend() ? QStringLiteral("offline") : found->status;
}

int GuildView::onlineCount() const
{
    return int(std::count_if(presences.cbegin(), presences.cend(), [](const Presence &presence) {
        return presence.status != u"offline";
    }));
}

int GuildView::holdersOf(RoleId role) const
{
    if (role == RoleId(guild.id))
        return memberCount;
    return int(std::count_if(members.begin(), members.end(), [role](const auto &entry) {
        const auto &held = entry.second.roles;
        return std::find(held.begin(), held.end(), role) != held.end();
    }));
}

QString displayName(const Member &member)
{
    return member.nick && !member.nick->isEmpty() ? *member.nick : displayName(member.user);
}

QString displayName(const User &user)
{
    return user.globalName && !user.globalName->isEmpty() ? *user.globalName : user.username;
}

} // namespace guildhall::console
