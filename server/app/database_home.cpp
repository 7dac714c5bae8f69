// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/database_home.h"

#include "server/infrastructure/database/migrator.h"
#include "server/infrastructure/fault.h"
#include "server/infrastructure/logging/categories.h"

namespace guildhall {

QString placeOfData(const Config &config)
{
    return config.database.isPrivate()
        ? QStringLiteral("a PostgreSQL of its own in %1/postgres").arg(config.node.dataDir)
        : QStringLiteral("%1 at %2").arg(config.database.name, config.database.host);
}

DatabaseHome::DatabaseHome(const Config &config, Schema schema)
{
    if (config.database.isPrivate()) {
        m_cluster = std::make_unique<db::PrivateCluster>(config.node.dataDir
                                                         + QStringLiteral("/postgres"));
        m_parameters = m_cluster->start();
    } else {
        m_parameters.host = config.database.host;
        m_parameters.port = config.database.port;
        m_parameters.user = config.database.user;
        m_parameters.password = config.database.password;
        m_parameters.database = config.database.name;
        m_parameters.sslMode = config.database.sslMode;
    }
    m_parameters.applicationName = QStringLiteral("guildhalld");
    see(schema);
}

void DatabaseHome::see(Schema schema) const
{
    db::Migrator migrator(m_parameters);
    if (schema == Schema::BroughtUpToDate) {
        for (const std::string &name : migrator.apply())
            qCInfo(lcDb) << "migration applied:" << name.c_str();
        return;
    }
    if (const auto pending = migrator.pending(); !pending.empty()) {
        throw Fault(QStringLiteral("The database lacks %1 migrations and MIGRATE is \"check\": run "
                                   "`guildhalld migrate`, or set MIGRATE=auto.")
                        .arg(pending.size()));
    }
}

void DatabaseHome::watch()
{
    if (m_cluster)
        m_cluster->watch();
}

} // namespace guildhall
