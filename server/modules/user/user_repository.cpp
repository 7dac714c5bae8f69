// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/user/user_repository.h"

#include "sql/queries/user.h"

namespace guildhall {

namespace db {

template <>
struct RowReader<UserSelf> {
    static UserSelf read(Row &row)
    {
        UserSelf user;
        user.id = row.take<UserId>();
        user.username = row.take<QString>();
        user.globalName = row.take<std::optional<QString>>();
        user.avatar = row.take<std::optional<QString>>();
        user.banner = row.take<std::optional<QString>>();
        user.accentColor = row.take<std::optional<int>>();
        user.publicFlags = row.take<int>();
        user.flags = row.take<int>();
        if (row.take<bool>())
            user.bot = true;
        user.email = row.take<std::optional<QString>>();
        return user;
    }
};

} // namespace db

std::vector<UserSelf> UserRepository::find(db::Executor &db, std::span<const UserId> ids)
{
    return db.list<UserSelf>(sql::user::find_users, db::bind(":ids", ids));
}

UserRepository::NamesInUse UserRepository::namesInUse(db::Executor &db,
                                                      const std::optional<QString> &username,
                                                      const std::optional<QString> &email,
                                                      UserId except)
{
    const auto [name, address]
        = db.one<std::pair<bool, bool>>(sql::user::names_in_use, db::bind(":username", username),
                                        db::bind(":email", email), db::bind(":except", except));
    return {name, address};
}

UserSelf UserRepository::insert(db::Tx &tx, const NewUser &user, Timestamp now)
{
    return tx.one<UserSelf>(
        sql::user::insert_user, db::bind(":id", user.id), db::bind(":username", user.username),
        db::bind(":email", user.email), db::bind(":password_hash", user.passwordHash),
        db::bind(":global_name", user.globalName), db::bind(":bot", user.bot),
        db::bind(":administrator", user.administrator), db::bind(":created_at", now));
}

std::optional<UserSelf> UserRepository::change(db::Tx &tx, UserId id, const UserChanges &changes)
{
    return tx.maybe<UserSelf>(sql::user::change_user, db::bind(":id", id),
                              db::bind(":username", changes.username),
                              db::bind(":email", changes.email),
                              db::bind(":sets_global_name", changes.globalName.isPresent()),
                              db::bind(":global_name", changes.globalName.asOptional()),
                              db::bind(":sets_avatar", changes.avatar.isPresent()),
                              db::bind(":avatar", changes.avatar.asOptional()),
                              db::bind(":sets_banner", changes.banner.isPresent()),
                              db::bind(":banner", changes.banner.asOptional()));
}

void UserRepository::disable(db::Tx &tx, UserId id)
{
    tx.exec(sql::user::disable_user, db::bind(":id", id));
}

} // namespace guildhall
