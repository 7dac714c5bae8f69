// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/database/migrator.h"

#include "server/infrastructure/logging/categories.h"
#include "sql/migrations.h"
#include "sql/queries/schema.h"

namespace guildhall::db {

namespace {

ConnectionParameters unhurried(ConnectionParameters parameters)
{
    parameters.statementTimeout = std::chrono::milliseconds::zero();
    parameters.lockTimeout = std::chrono::milliseconds::zero();
    return parameters;
}

using Applied = std::pair<std::string, std::string>; // name, sha256

[[noreturn]] void failUnknown(const std::string &name)
{
    throw Fault("the database has seen the migration " + name
                + ", which this program does not know: it belongs to a newer version");
}

[[noreturn]] void failChanged(std::string_view name)
{
    throw Fault("the migration " + std::string(name)
                + ".sql was changed after it had been applied to this database");
}

[[noreturn]] void failOrder(std::string_view name, const std::string &applied)
{
    throw Fault("the migration " + std::string(name) + ".sql is new, but the later " + applied
                + " is applied already");
}

} // namespace

std::span<const Migration> embeddedMigrations()
{
    return sql::migrations;
}

Migrator::Migrator(ConnectionParameters parameters, std::span<const Migration> migrations)
    : m_database(unhurried(std::move(parameters)), m_bus)
    , m_migrations(migrations)
{ }

void Migrator::requireUtf8()
{
    const auto encoding = m_database.session().one<std::string>(sql::schema::server_encoding);
    if (encoding != "UTF8")
        throw Fault("the database is encoded as " + encoding + "; Guildhall needs UTF8");
}

std::span<const Migration> Migrator::pendingIn(Executor &db) const
{
    if (!db.one<bool>(sql::schema::has_bookkeeping))
        return m_migrations;
    const auto applied = db.list<Applied>(sql::schema::list_applied);
    size_t known = 0;
    for (const auto &[name, sha256] : applied) {
        // Both lists are sorted: whatever lies between two applied ones was skipped.
        const bool exists
            = std::ranges::find(m_migrations, name, &Migration::name) != m_migrations.end();
        if (!exists)
            failUnknown(name);
        if (m_migrations[known].name != name)
            failOrder(m_migrations[known].name, name);
        if (m_migrations[known].sha256 != sha256)
            failChanged(name);
        ++known;
    }
    return m_migrations.subspan(known);
}

std::vector<std::string> Migrator::pending()
{
    requireUtf8();
    std::vector<std::string> names;
    for (const Migration &migration : pendingIn(m_database.session()))
        names.emplace_back(migration.name);
    return names;
}

std::vector<std::string> Migrator::apply()
{
    requireUtf8();
    std::vector<std::string> names;
    for (;;) {
        // Asked again under the lock each time: another node may have gone on meanwhile.
        const Result<std::string_view> ran
            = m_database.transact([&](Tx &tx) -> Result<std::string_view> {
                  tx.exec(sql::schema::lock_schema);
                  const auto left = pendingIn(tx);
                  if (left.empty())
                      return std::string_view();
                  const Migration &next = left.front();
                  const std::string name(next.name);
                  tx.runScript(Query{name.c_str(), next.text});
                  tx.exec(sql::schema::record_applied, db::bind(":name", next.name),
                          db::bind(":sha256", next.sha256));
                  return next.name;
              });
        if (ran->empty())
            return names;
        qCDebug(lcDb) << "migrated:" << QByteArray(ran->data(), qsizetype(ran->size())).constData();
        names.emplace_back(*ran);
    }
}

} // namespace guildhall::db
