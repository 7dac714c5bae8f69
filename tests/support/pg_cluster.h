// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/connection_parameters.h"
#include "tests/support/run_folder.h"

#include <memory>

namespace guildhall::test {

/// The PostgreSQL of the test run: one private cluster below the build folder (below /tmp where
/// that cannot be reached by its user), without durability, shared by all test programs.
///
/// The first user of it starts it, the last one stops it; during a ctest run the fixture
/// `guildhall_database` keeps it up in between. @thread any
class PgCluster {
public:
    /// Started on first use. @throws Fault
    static PgCluster &instance();

    /// Of the database `postgres`.
    db::ConnectionParameters maintenance() const { return m_maintenance; }
    /// The name of a database that the real migrations were applied to; made once per set of them.
    QString migratedTemplate();

    /// For the ctest fixture: up until letGo(), or until the process `keeper` has ended.
    static void keepFor(qint64 keeper);
    static void letGo();

private:
    PgCluster();
    ~PgCluster() = default;
    Q_DISABLE_COPY_MOVE(PgCluster)

    void release();

    db::ConnectionParameters m_maintenance;
    std::unique_ptr<FileLock> m_use; ///< held shared while this process may use the cluster
};

/// A database of one test, dropped in the end.
class TestDatabase {
public:
    enum class Content { Migrated, Empty };
    explicit TestDatabase(Content content = Content::Migrated);
    ~TestDatabase();
    Q_DISABLE_COPY_MOVE(TestDatabase)

    const db::ConnectionParameters &parameters() const { return m_parameters; }

private:
    db::ConnectionParameters m_parameters;
};

} // namespace guildhall::test
