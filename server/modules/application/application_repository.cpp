// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/application/application_repository.h"

#include "sql/queries/application.h"

namespace guildhall {

namespace db {

template <>
struct RowReader<ApplicationRecord> {
    static ApplicationRecord read(Row &row)
    {
        ApplicationRecord record;
        record.id = row.take<ApplicationId>();
        record.owner = row.take<UserId>();
        record.name = row.take<QString>();
        record.icon = row.take<std::optional<QString>>();
        record.description = row.take<QString>();
        record.botPublic = row.take<bool>();
        record.verifyKey = row.take<QString>();
        record.guildCount = row.take<int>();
        return record;
    }
};

} // namespace db

std::optional<ApplicationRecord> ApplicationRepository::find(db::Executor &db, ApplicationId id)
{
    return db.maybe<ApplicationRecord>(sql::application::application, db::bind(":id", id));
}

std::vector<ApplicationRecord> ApplicationRepository::ofOwner(db::Executor &db, UserId owner)
{
    return db.list<ApplicationRecord>(sql::application::applications_of,
                                      db::bind(":owner_id", owner));
}

std::vector<ApplicationRecord> ApplicationRepository::inGuild(db::Executor &db, GuildId guild)
{
    return db.list<ApplicationRecord>(sql::application::applications_in_guild,
                                      db::bind(":guild_id", guild));
}

int ApplicationRepository::countOfOwner(db::Executor &db, UserId owner)
{
    return db.one<int>(sql::application::count_applications, db::bind(":owner_id", owner));
}

ApplicationRecord ApplicationRepository::insert(db::Tx &tx, const ApplicationRecord &application,
                                                Timestamp now)
{
    return tx.one<ApplicationRecord>(
        sql::application::insert_application, db::bind(":id", application.id),
        db::bind(":owner_id", application.owner), db::bind(":name", application.name),
        db::bind(":description", application.description),
        db::bind(":verify_key", application.verifyKey), db::bind(":created_at", now));
}

void ApplicationRepository::change(db::Tx &tx, ApplicationId id, const ApplicationChanges &changes)
{
    tx.exec(sql::application::change_application, db::bind(":id", id),
            db::bind(":name", changes.name), db::bind(":description", changes.description),
            db::bind(":sets_icon", changes.icon.isPresent()),
            db::bind(":icon", changes.icon.asOptional()),
            db::bind(":bot_public", changes.botPublic));
}

bool ApplicationRepository::storeToken(db::Tx &tx, ApplicationId id, const QByteArray &digest)
{
    return tx.exec(sql::application::store_token, db::bind(":id", id), db::bind(":digest", digest))
        == 1;
}

bool ApplicationRepository::hold(db::Tx &tx, ApplicationId id)
{
    return tx.maybe<ApplicationId>(sql::application::hold_application, db::bind(":id", id))
        .has_value();
}

void ApplicationRepository::lockAccount(db::Tx &tx, UserId user)
{
    tx.list<UserId>(sql::application::lock_account, db::bind(":id", user));
}

std::vector<GuildId> ApplicationRepository::guildsOf(db::Executor &db, UserId bot)
{
    return db.list<GuildId>(sql::application::guilds_of_bot, db::bind(":bot_id", bot));
}

void ApplicationRepository::remove(db::Tx &tx, ApplicationId id)
{
    tx.exec(sql::application::delete_application, db::bind(":id", id));
}

} // namespace guildhall
