// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/database.h"
#include "server/infrastructure/database/migration.h"

#include <span>
#include <string>
#include <vector>

namespace guildhall::db {

/// The files of sql/migrations, in order.
std::span<const Migration> embeddedMigrations();

/// Brings a database to the schema of this binary, forward only: one transaction a migration, each
/// under an advisory lock, so that nodes that start together wait for each other.
///
/// Both functions refuse with a Fault of one sentence: a database that is not UTF8, an applied file
/// that reads differently now, a migration that this binary does not know (a newer schema), a new
/// one numbered below an applied one. @thread any (blocks; there is no statement timeout)
class Migrator {
public:
    explicit Migrator(ConnectionParameters parameters,
                      std::span<const Migration> migrations = embeddedMigrations());

    /// The names of what apply() would run.
    std::vector<std::string> pending();
    /// Runs what is pending; returns the names of what this call ran.
    std::vector<std::string> apply();

private:
    /// The ones not yet applied; checks the others.
    std::span<const Migration> pendingIn(Executor &db) const;
    void requireUtf8();

    EventBus m_bus; // nobody listens: migrations publish nothing
    Database m_database;
    std::span<const Migration> m_migrations;
};

} // namespace guildhall::db
