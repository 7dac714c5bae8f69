// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/executor.h"
#include "shared/core/id.h"

#include <vector>

namespace guildhall {

class ReadyRepository {
public:
    /// By id. @thread any
    static std::vector<GuildId> guildsOf(db::Executor &db, UserId user);
};

} // namespace guildhall
