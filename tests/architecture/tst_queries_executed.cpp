// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/queries.h"
#include "tests/support/query_records.h"

#include <QtTest>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

/// Runs after all tests with a database (ctest DEPENDS), and reads what they wrote down.
class TestQueriesExecuted : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void every_query_was_executed_by_some_test();
};

namespace {

/// Of the tests whose names ctest gives us, those that wrote nothing down in this run.
QStringList testsThatDidNotRun()
{
    QStringList tests
        = qEnvironmentVariable("GUILDHALL_DATABASE_TESTS").split(u' ', Qt::SkipEmptyParts);
    const QStringList ran = QueryRecords::programs();
    tests.removeIf([&](const QString &test) { return ran.contains(test); });
    return tests;
}

} // namespace

void TestQueriesExecuted::every_query_was_executed_by_some_test()
{
    if (qEnvironmentVariableIsEmpty("GUILDHALL_DATABASE_TESTS"))
        QSKIP("only ctest knows which tests there are");
    if (const QStringList absent = testsThatDidNotRun(); !absent.isEmpty())
        QSKIP(qPrintable(u"not all tests with a database ran: %1"_s.arg(absent.join(u", "_s))));

    const std::set<std::string> executed = QueryRecords::names();
    QStringList untested;
    for (const auto file : sql::allQueries) {
        for (const db::Query *query : file) {
            if (!executed.contains(query->name))
                untested << QString::fromUtf8(query->name);
        }
    }
    QVERIFY2(untested.isEmpty(), qPrintable(u"no test executes %1"_s.arg(untested.join(u", "_s))));
}

QTEST_GUILESS_MAIN(TestQueriesExecuted)
#include "tst_queries_executed.moc"
