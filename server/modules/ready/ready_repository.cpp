// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/ready/ready_repository.h"

#include "sql/queries/ready.h"

namespace guildhall {

std::vector<GuildId> ReadyRepository::guildsOf(db::Executor &db, UserId user)
{
    return db.list<GuildId>(sql::ready::guilds_of_user, db::bind(":user_id", user));
}

} // namespace guildhall
