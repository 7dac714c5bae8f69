// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin-gui/models/guild_view.h"

#include <QString>

namespace guildhall::console {

/// A member's roles from the highest down, by name.
QString rolesText(const GuildView &view, const Member &member);
/// The kinds of client somebody is online with.
QString clientText(const Presence &presence);
/// What the console shows as somebody's status: GuildView::statusOf(), but "unseen" for `self` when
/// no other client shows the account, for it is here in the console.
QString shownStatus(const GuildView &view, UserId user, UserId self);
/// 0 for online, and more the less reachable somebody is.
int statusRank(const QString &status);
/// "Online", "Idle", "Do not disturb", "You (not shown)", "Offline".
QString statusText(const QString &status);
/// "Playing chess", or empty.
QString activityText(const Presence &presence);

} // namespace guildhall::console
