// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"

#include <QHash>
#include <QSet>

namespace guildhall::console {

/// What has changed since the models were last told.
struct ChangeBatch {
    bool guildList = false;
    QSet<GuildId> guilds; ///< name, owner, counts
    QHash<GuildId, QSet<UserId>> members; ///< new, changed, gone or of another status
    QSet<GuildId> roles;

    bool isEmpty() const
    {
        return !guildList && guilds.isEmpty() && members.isEmpty() && roles.isEmpty();
    }
};

} // namespace guildhall::console
