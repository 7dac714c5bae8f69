// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/database/session.h"
#include "server/infrastructure/fault.h"
#include "sql/queries.h"
#include "tests/architecture/query_plans.h"
#include "tests/support/pg_cluster.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QtTest>

#include <map>

using namespace guildhall;
using namespace guildhall::test;
using namespace Qt::StringLiterals;

/// How PostgreSQL would run each statement of the product when every table is big. Statements are
/// prepared, so the plan that counts is the generic one: made without knowing the values.
class TestQueryPlans : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void every_table_that_grows_is_big();
    void no_big_table_is_walked_through_data();
    void no_big_table_is_walked_through();
    void a_row_goes_without_a_walk_for_those_that_refer_to_it_data();
    void a_row_goes_without_a_walk_for_those_that_refer_to_it();

private:
    /// @return the first column of the first row, if there is one
    QByteArray run(const QByteArray &statement);
    QSet<QString> walksOf(const QByteArray &statement);
    void addWalks(const QJsonObject &node, QSet<QString> &walks) const;
    void verifyNoWalk(const QString &name, const QByteArray &statement);

    std::unique_ptr<TestDatabase> m_home;
    std::unique_ptr<db::Session> m_session;
    std::map<QString, QString> m_leadingColumns; ///< by index
};

namespace {

/// What may walk through a big table or index all the same.
struct AllowedWalk {
    QString name; ///< of the query or foreign key
    QString through;
    const char *why;
};
const AllowedWalk allowedWalks[]{
    {u"bans_user_id_fkey"_s, u"bans"_s, "accounts are disabled, never deleted"},
    {u"invites_inviter_id_fkey"_s, u"invites"_s, "accounts are disabled, never deleted"},
};

/// Tables that do not grow with what people do.
const QStringList smallTables{u"instance_secrets"_s, u"schema_migrations"_s};

} // namespace

QByteArray TestQueryPlans::run(const QByteArray &statement)
{
    const db::ResultSet result = m_session->runPlain({"query_plans.statement", statement.data()});
    const auto text = result.rowCount() > 0 ? result.text(0, 0) : std::nullopt;
    return text ? QByteArray(text->data(), qsizetype(text->size())) : QByteArray();
}

void TestQueryPlans::initTestCase()
{
    m_home = std::make_unique<TestDatabase>();
    auto parameters = m_home->parameters();
    parameters.statementTimeout = std::chrono::minutes(1);
    m_session = std::make_unique<db::Session>(parameters);
    namespace q = sql::query_plans;
    run("SET session_replication_role = replica"); // no look at foreign keys row by row
    for (const db::Query *query :
         {&q::fill_users, &q::fill_auth_sessions, &q::fill_applications, &q::fill_guilds,
          &q::fill_everyone, &q::fill_roles, &q::fill_members, &q::fill_member_roles, &q::fill_bans,
          &q::fill_channels, &q::fill_overwrites, &q::fill_invites, &q::fill_messages,
          &q::fill_message_nonces})
        m_session->exec(*query);
    run("ANALYZE");
    run("SET plan_cache_mode = force_generic_plan");
    for (auto &[index, column] : m_session->list<std::pair<QString, QString>>(q::leading_columns))
        m_leadingColumns[index] = column;
}

/// Tables and indexes that the plan below `node` reads from end to end. An index is, too, when only
/// its later columns are asked for.
void TestQueryPlans::addWalks(const QJsonObject &node, QSet<QString> &walks) const
{
    if (node["Node Type"_L1].toString() == "Seq Scan"_L1)
        walks << node["Relation Name"_L1].toString();
    const QString index = node["Index Name"_L1].toString();
    if (const auto leading = m_leadingColumns.find(index); leading != m_leadingColumns.end()) {
        const QRegularExpression column(u"\\b%1\\b"_s.arg(leading->second));
        if (!node["Index Cond"_L1].toString().contains(column))
            walks << index;
    }
    for (const QJsonValue &child : node["Plans"_L1].toArray())
        addWalks(child.toObject(), walks);
}

void TestQueryPlans::cleanupTestCase()
{
    m_session.reset();
    m_home.reset();
}

void TestQueryPlans::every_table_that_grows_is_big()
{
    const auto small = m_session->list<QString>(sql::query_plans::small_tables);
    QCOMPARE(QStringList(small.begin(), small.end()), smallTables);
}

void TestQueryPlans::no_big_table_is_walked_through_data()
{
    QTest::addColumn<QByteArray>("statement");
    for (const auto file : sql::allQueries) {
        for (const db::Query *query : file)
            QTest::newRow(query->name) << QByteArray(query->text);
    }
}

void TestQueryPlans::no_big_table_is_walked_through()
{
    QFETCH(const QByteArray, statement);
    verifyNoWalk(QString::fromUtf8(QTest::currentDataTag()), statement);
}

void TestQueryPlans::a_row_goes_without_a_walk_for_those_that_refer_to_it_data()
{
    QTest::addColumn<QByteArray>("statement");
    for (const auto &[name, statement] :
         m_session->list<std::pair<QString, QString>>(sql::query_plans::foreign_keys))
        QTest::newRow(qPrintable(name)) << statement.toUtf8();
}

void TestQueryPlans::a_row_goes_without_a_walk_for_those_that_refer_to_it()
{
    QFETCH(const QByteArray, statement);
    verifyNoWalk(QString::fromUtf8(QTest::currentDataTag()), statement);
}

void TestQueryPlans::verifyNoWalk(const QString &name, const QByteArray &statement)
{
    QSet<QString> walks = walksOf(statement);
    for (const AllowedWalk &allowed : allowedWalks) {
        if (allowed.name == name)
            QVERIFY2(walks.remove(allowed.through), "it is on the list of exceptions for nothing");
    }
    QVERIFY2(walks.isEmpty(),
             qPrintable(u"walks through %1"_s.arg(QStringList(walks.values()).join(u", "_s))));
}

QSet<QString> TestQueryPlans::walksOf(const QByteArray &statement)
{
    run("PREPARE statement AS " + statement);
    const auto parameters = m_session->one<int>(sql::query_plans::parameters);
    const QByteArrayList values(parameters, "NULL");
    const QByteArray arguments = values.isEmpty() ? "" : '(' + values.join(',') + ')';
    const QByteArray plan = run("EXPLAIN (FORMAT JSON) EXECUTE statement" + arguments);
    run("DEALLOCATE statement");
    QSet<QString> walks;
    const QJsonObject root = QJsonDocument::fromJson(plan)[0]["Plan"_L1].toObject();
    if (root.isEmpty())
        throw Fault("there is no plan");
    addWalks(root, walks);
    walks.removeIf([](const QString &name) {
        return smallTables.contains(name) || name.startsWith("pg_"_L1); // those are PostgreSQL's
    });
    return walks;
}

QTEST_GUILESS_MAIN(TestQueryPlans)
#include "tst_query_plans.moc"
