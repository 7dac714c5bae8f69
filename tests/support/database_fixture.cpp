// SPDX-License-Identifier: GPL-3.0-or-later
// ctest's fixture around all tests that use a database: `database_fixture start` keeps the cluster
// up while ctest runs, `database_fixture stop` ends it. The records of which queries were executed
// start empty, so that in the end they are those of one run.
#include "tests/support/pg_cluster.h"
#include "tests/support/query_records.h"

#include <QCoreApplication>

#include <unistd.h>

#include <cstdio>
#include <exception>

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QString command = QCoreApplication::arguments().value(1);
    try {
        if (command == u"start"_qs) {
            guildhall::test::QueryRecords::clear();
            guildhall::test::PgCluster::keepFor(::getppid());
            guildhall::test::PgCluster::instance().migratedTemplate();
            return 0;
        }
        if (command == u"stop"_qs) {
            guildhall::test::PgCluster::letGo();
            return 0;
        }
        std::fputs("usage: database_fixture start|stop\n", stderr);
    } catch (const std::exception &error) {
        std::fprintf(stderr, "%s\n", error.what());
    }
    return 1;
}
