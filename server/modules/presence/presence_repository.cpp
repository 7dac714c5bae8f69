// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/presence/presence_repository.h"

#include "sql/queries/presence.h"

namespace guildhall {

std::vector<GuildId> PresenceRepository::guildsOf(db::Executor &db, UserId user)
{
    return db.list<GuildId>(sql::presence::guilds_of_user, db::bind(":user_id", user));
}

} // namespace guildhall
