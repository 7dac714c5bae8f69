// SPDX-License-Identifier: GPL-3.0-or-later
// What REST answered, put into what is known.
#include "admin-gui/models/directory.h"

#include <algorithm>
#include <set>

namespace guildhall::console {

void Directory::takeGuildList(const std::vector<GuildListItem> &list)
{
    std::map<GuildId, GuildView> kept;
    for (const GuildListItem &item : list) {
        const auto found = m_guilds.find(item.id);
        GuildView view = found == m_guilds.end() ? GuildView() : std::move(found->second);
        merge(view, item);
        kept.emplace(item.id, std::move(view));
        noteGuild(item.id);
    }
    m_guilds = std::move(kept);
    m_loaded = true;
    m_pending.guildList = true;
    schedule();
}

void Directory::takeMembers(GuildId guild, const std::vector<Member> &members)
{
    GuildView *view = find(guild);
    if (view == nullptr)
        return;
    for (const Member &member : members) {
        view->members.insert_or_assign(member.user.id, member);
        noteMember(guild, member.user.id);
    }
}

void Directory::takeMemberPart(GuildId guild, const MemberPart &part)
{
    GuildView *view = find(guild);
    if (view == nullptr)
        return;
    dropMissing(*view, part);
    takeMembers(guild, part.members);
    if (!part.isLast)
        return;
    view->memberCount = int(view->members.size());
    setMembersComplete(guild);
}

void Directory::dropMissing(GuildView &guild, const MemberPart &part)
{
    std::set<UserId> present;
    for (const Member &member : part.members)
        present.insert(member.user.id);
    for (const UserId user : part.knownBefore) {
        const bool covered = part.isLast || (!present.empty() && user <= *present.rbegin());
        if (!covered || present.contains(user) || guild.members.erase(user) == 0)
            continue;
        guild.presences.remove(user);
        noteMember(guild.guild.id, user);
    }
}

std::vector<UserId> Directory::membersAfter(GuildId id, UserId after) const
{
    std::vector<UserId> out;
    if (const GuildView *view = guild(id)) {
        for (auto it = view->members.upper_bound(after); it != view->members.end(); ++it)
            out.push_back(it->first);
    }
    return out;
}

void Directory::setMembersComplete(GuildId guild)
{
    if (GuildView *view = find(guild)) {
        view->membersComplete = true;
        noteGuild(guild);
    }
}

void Directory::takeRoles(GuildId guild, const std::vector<Role> &roles)
{
    GuildView *view = find(guild);
    if (view == nullptr)
        return;
    view->roles.clear();
    for (const Role &role : roles)
        view->roles.emplace(role.id, role);
    noteRoles(guild);
}

void Directory::takeRole(GuildId guild, const Role &role)
{
    if (GuildView *view = find(guild)) {
        view->roles.insert_or_assign(role.id, role);
        noteRoles(guild);
    }
}

void Directory::dropRole(GuildId guild, RoleId role)
{
    GuildView *view = find(guild);
    if (view == nullptr || view->roles.erase(role) == 0)
        return;
    // The server may leave out a GUILD_MEMBER_UPDATE for each holder.
    for (auto &[id, member] : view->members) {
        if (std::erase(member.roles, role) > 0)
            noteMember(guild, id);
    }
    noteRoles(guild);
}

void Directory::dropMember(GuildId guild, UserId user)
{
    GuildView *view = find(guild);
    if (view == nullptr)
        return;
    view->presences.remove(user);
    if (view->members.erase(user) > 0 || !view->membersComplete)
        view->memberCount = std::max(0, view->memberCount - 1);
    noteGuild(guild);
    noteMember(guild, user);
}

} // namespace guildhall::console
