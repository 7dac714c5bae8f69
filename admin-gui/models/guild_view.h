// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/dto/gateway_guild.h"

#include <QHash>
#include <QString>

#include <map>
#include <optional>

namespace guildhall::console {

/// A guild as far as the console knows it.
struct GuildView {
    Guild guild;
    std::map<UserId, Member> members; ///< in the order in which the server lists them
    QHash<UserId, Presence> presences; ///< who is not in it is offline
    std::map<RoleId, Role> roles;
    std::map<ChannelId, Channel> channels;
    int memberCount = 0;
    /// Whether `members` are all there are. Large guilds come in parts.
    bool membersComplete = false;
    /// What the account may do guild-wide, as the server said; until roles are known.
    std::optional<Permissions> statedPermissions;
    /// Whether the account owns it, as the server said; until the owner is known.
    bool statedOwner = false;

    /// "online", "idle", "dnd" or "offline".
    QString statusOf(UserId user) const;
    /// Who is here: those shown as online, and `self`, who looks at the console. It does not show
    /// its account to others.
    int hereCount(UserId self) const;
    /// How many of the known members hold a role; everybody holds @everyone.
    int holdersOf(RoleId role) const;
};

/// A guild as READY or GUILD_CREATE brought it.
GuildView viewOf(const GatewayGuild &from);
/// What a list item says, put over what is known already.
void merge(GuildView &view, const GuildListItem &item);

// Names as they may be shown on their own; see inSentence() for the rest.

/// What a member is called in a guild: nickname, else display name, else user name.
QString displayName(const Member &member);
QString displayName(const User &user);
QString userName(const User &user);
QString displayName(const Guild &guild);
QString displayName(const Role &role);

} // namespace guildhall::console
