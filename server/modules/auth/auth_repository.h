// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/tx.h"
#include "shared/core/id.h"
#include "shared/core/timestamp.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace guildhall {

/// A person who can sign in.
struct StoredPassword {
    UserId user;
    QByteArray hash;
    bool disabled = false;
};

/// A person's sign-in, as far as its tokens go.
struct SessionState {
    bool revoked = false;
    bool disabled = false; ///< the account
    Timestamp tokensValidAfter;
};

struct BotState {
    std::optional<QByteArray> tokenDigest;
    bool disabled = false;
};

/// Passwords, sign-ins and digests <-> values.
class AuthRepository {
public:
    /// @param account  a mail address when there is an @ in it, else a name; in any case
    static std::optional<StoredPassword> passwordOf(db::Executor &db, const QString &account);
    static std::optional<StoredPassword> passwordOf(db::Executor &db, UserId user);
    /// Whether `hash` is still the account's and it may sign in; no more change until the end of
    /// the transaction.
    static bool holdPassword(db::Tx &tx, UserId user, const QByteArray &hash);
    static void storePassword(db::Tx &tx, UserId user, const QByteArray &hash);

    static void endTokens(db::Tx &tx, UserId user, Timestamp now);
    static void insertSession(db::Tx &tx, AuthSessionId id, UserId user, Timestamp from,
                              Timestamp until);
    /// false: there is none that could be revoked
    static bool revokeSession(db::Tx &tx, AuthSessionId id, UserId user, Timestamp now);
    static std::optional<SessionState> session(db::Executor &db, AuthSessionId id, UserId user);
    static std::optional<BotState> bot(db::Executor &db, UserId bot);
    /// How many there were.
    static qint64 deleteExpiredSessions(db::Executor &db, Timestamp now);
};

} // namespace guildhall
