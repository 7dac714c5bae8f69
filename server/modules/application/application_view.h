// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/modules/application/application_record.h"
#include "shared/dto/application.h"
#include "shared/dto/integration.h"

namespace guildhall {

/// Presence, members and message content, limited as for bots in few guilds: what the owner of an
/// application switches on elsewhere is always on here. @source api.md 5, "Application"
inline constexpr int applicationFlags = 1 << 13 | 1 << 15 | 1 << 19;

/// What is on the wire.
Application toApplication(const ApplicationRecord &record, const User &owner, const User &bot);
/// The bot as a part of a guild. It has the number of its application.
Integration toIntegration(const ApplicationRecord &record, const User &bot);

} // namespace guildhall
