// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/database.h"

#include <vector>

namespace guildhall {

class PresenceRepository {
public:
    static std::vector<GuildId> guildsOf(db::Executor &db, UserId user);
};

} // namespace guildhall
