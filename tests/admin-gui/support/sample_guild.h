// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/dto/gateway_guild.h"
#include "shared/json/codec.h"

#include <vector>

namespace guildhall::console {

// A guild of a few people for tests. Ids are chosen so that they read well in failures.

inline constexpr GuildId hall{1000};
inline constexpr UserId ann{11}; ///< owner
inline constexpr UserId bob{12}; ///< moderator
inline constexpr UserId cyn{13}; ///< member without roles
inline constexpr UserId dan{14}; ///< helper
inline constexpr RoleId everyoneRole{1000};
inline constexpr RoleId helpers{2001};
inline constexpr RoleId moderators{2002};

User sampleUser(UserId id, const QString &name);
Member sampleMember(UserId id, const QString &name, std::vector<RoleId> roles = {});
GuildMember sampleGuildMember(UserId id, const QString &name, std::vector<RoleId> roles = {});
Role sampleRole(RoleId id, const QString &name, int position, Permissions permissions = {});
Presence samplePresence(UserId id, const QString &status);
/// Ann owns it, Bob (moderator) and Dan (helper) are online and idle, Cyn is offline.
GatewayGuild sampleGuild();
/// `d` of READY for an account in these guilds.
QByteArray sampleReady(UserId self, const std::vector<GatewayGuild> &guilds,
                       const QByteArray &session = "abc");

} // namespace guildhall::console
