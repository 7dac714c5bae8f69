// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/tx.h"
#include "server/modules/application/application_record.h"
#include "shared/core/timestamp.h"
#include "shared/json/patch.h"

#include <optional>
#include <vector>

namespace guildhall {

/// What is to become of an application; what is absent stays.
struct ApplicationChanges {
    std::optional<QString> name;
    std::optional<QString> description;
    Patch<QString> icon; ///< a hash
    std::optional<bool> botPublic;
};

/// Rows of applications <-> values.
class ApplicationRepository {
public:
    static std::optional<ApplicationRecord> find(db::Executor &db, ApplicationId id);
    /// By id.
    static std::vector<ApplicationRecord> ofOwner(db::Executor &db, UserId owner);
    /// Those whose bots are members, by id.
    static std::vector<ApplicationRecord> inGuild(db::Executor &db, GuildId guild);
    static int countOfOwner(db::Executor &db, UserId owner);

    static ApplicationRecord insert(db::Tx &tx, const ApplicationRecord &application,
                                    Timestamp now);
    static void change(db::Tx &tx, ApplicationId id, const ApplicationChanges &changes);
    /// false: there is no such application
    static bool storeToken(db::Tx &tx, ApplicationId id, const QByteArray &digest);
    /// Keeps the application, and its bot's guilds, as they are until the transaction ends; false:
    /// there is no such application.
    static bool hold(db::Tx &tx, ApplicationId id);
    static void lockAccount(db::Tx &tx, UserId user);
    static std::vector<GuildId> guildsOf(db::Executor &db, UserId bot);
    static void remove(db::Tx &tx, ApplicationId id);
};

} // namespace guildhall
