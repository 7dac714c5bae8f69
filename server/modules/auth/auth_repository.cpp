// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/auth/auth_repository.h"

#include "sql/queries/auth.h"

namespace guildhall {

namespace db {

template <>
struct RowReader<StoredPassword> {
    static StoredPassword read(Row &row)
    {
        return {row.take<UserId>(), row.take<QByteArray>(), row.take<bool>()};
    }
};

template <>
struct RowReader<SessionState> {
    static SessionState read(Row &row)
    {
        return {row.take<bool>(), row.take<bool>(), row.take<Timestamp>()};
    }
};

template <>
struct RowReader<BotState> {
    static BotState read(Row &row)
    {
        return {row.take<std::optional<QByteArray>>(), row.take<bool>()};
    }
};

} // namespace db

std::optional<StoredPassword> AuthRepository::passwordOf(db::Executor &db, const QString &account)
{
    return db.maybe<StoredPassword>(account.contains(u'@') ? sql::auth::password_by_email
                                                           : sql::auth::password_by_username,
                                    db::bind(":account", account));
}

std::optional<StoredPassword> AuthRepository::passwordOf(db::Executor &db, UserId user)
{
    return db.maybe<StoredPassword>(sql::auth::password_of, db::bind(":user_id", user));
}

bool AuthRepository::holdPassword(db::Tx &tx, UserId user, const QByteArray &hash)
{
    return tx
        .maybe<bool>(sql::auth::hold_password, db::bind(":user_id", user),
                     db::bind(":password_hash", hash))
        .value_or(false);
}

void AuthRepository::storePassword(db::Tx &tx, UserId user, const QByteArray &hash)
{
    tx.exec(sql::auth::store_password, db::bind(":user_id", user),
            db::bind(":password_hash", hash));
}

void AuthRepository::endTokens(db::Tx &tx, UserId user, Timestamp now)
{
    tx.exec(sql::auth::end_tokens, db::bind(":user_id", user), db::bind(":valid_after", now));
}

void AuthRepository::insertSession(db::Tx &tx, AuthSessionId id, UserId user, Timestamp from,
                                   Timestamp until)
{
    tx.exec(sql::auth::insert_session, db::bind(":id", id), db::bind(":user_id", user),
            db::bind(":created_at", from), db::bind(":expires_at", until));
}

bool AuthRepository::revokeSession(db::Tx &tx, AuthSessionId id, UserId user, Timestamp now)
{
    return tx.exec(sql::auth::revoke_session, db::bind(":id", id), db::bind(":user_id", user),
                   db::bind(":now", now))
        == 1;
}

std::optional<SessionState> AuthRepository::session(db::Executor &db, AuthSessionId id, UserId user)
{
    return db.maybe<SessionState>(sql::auth::session_state, db::bind(":id", id),
                                  db::bind(":user_id", user));
}

std::optional<BotState> AuthRepository::bot(db::Executor &db, UserId bot)
{
    return db.maybe<BotState>(sql::auth::bot_state, db::bind(":bot_id", bot));
}

qint64 AuthRepository::deleteExpiredSessions(db::Executor &db, Timestamp now)
{
    return db.exec(sql::auth::delete_expired_sessions, db::bind(":now", now));
}

} // namespace guildhall
