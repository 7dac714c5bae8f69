// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/models/guild_view.h"

#include "admin-gui/models/visible_text.h"

#include <algorithm>

namespace guildhall::console {

GuildView viewOf(const GatewayGuild &from)
{
    GuildView view;
    view.guild = static_cast<const Guild &>(from); // the rest goes into the view itself
    view.memberCount = from.memberCount;
    for (const Member &member : from.members)
        view.members.emplace(member.user.id, member);
    for (const Presence &presence : from.presences)
        view.presences.insert(presence.user.id, presence);
    for (const Role &role : from.roles)
        view.roles.emplace(role.id, role);
    for (const Channel &channel : from.channels)
        view.channels.emplace(channel.id, channel);
    view.membersComplete = int(view.members.size()) >= from.memberCount;
    return view;
}

void merge(GuildView &view, const GuildListItem &item)
{
    view.guild.id = item.id;
    view.guild.name = item.name;
    view.guild.icon = item.icon;
    view.guild.features = item.features;
    view.statedPermissions = item.permissions;
    view.statedOwner = item.owner;
    if (item.approximateMemberCount)
        view.memberCount = *item.approximateMemberCount;
}

QString GuildView::statusOf(UserId user) const
{
    const auto found = presences.constFind(user);
    return found == presences.cend() ? QStringLiteral("offline") : found->status;
}

int GuildView::hereCount(UserId self) const
{
    const auto shown = std::count_if(presences.cbegin(), presences.cend(),
                                     [](const Presence &p) { return p.status != u"offline"; });
    const bool unseen = self && statusOf(self) == u"offline";
    return int(shown) + (unseen ? 1 : 0);
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
    return member.nick && !member.nick->isEmpty() ? visibleText(*member.nick)
                                                  : displayName(member.user);
}

QString displayName(const User &user)
{
    return user.globalName && !user.globalName->isEmpty() ? visibleText(*user.globalName)
                                                          : userName(user);
}

QString userName(const User &user)
{
    return visibleText(user.username);
}

QString displayName(const Guild &guild)
{
    return visibleText(guild.name);
}

QString displayName(const Role &role)
{
    return visibleText(role.name);
}

} // namespace guildhall::console
