// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace guildhall::db {

/// One installed PostgreSQL server: the folder with initdb and postgres.
struct PgBinaries {
    QString folder;
    int major = 0;

    QString program(QLatin1StringView name) const { return folder + u'/' + name; }

    /// The folder of PG_BINDIR when that is set; else of the installed ones (Debian's and Red Hat's
    /// places, then pg_config's) the one of version `major`, or the newest when it is not given.
    /// @throws Fault that says what is lacking
    static PgBinaries find(std::optional<int> major = std::nullopt);
};

} // namespace guildhall::db
