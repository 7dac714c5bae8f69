// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/secret.h"

#include <QString>

#include <chrono>

namespace guildhall::db {

/// Where the database is and how patient we are with it.
struct ConnectionParameters {
    QString host; ///< a name or address, or the folder of the unix socket (begins with '/')
    quint16 port = 5432;
    QString user = {};
    QString database = {};
    Secret<QString> password = {};
    QString sslMode = {}; ///< libpq's sslmode; empty: libpq's default
    QString applicationName = {}; ///< shown in pg_stat_activity

    /// Zero means as long as it takes, for both.
    std::chrono::milliseconds statementTimeout{5000};
    std::chrono::milliseconds lockTimeout{3000};
    /// libpq counts it in whole seconds and takes at least two.
    std::chrono::seconds connectTimeout{3};
};

} // namespace guildhall::db
