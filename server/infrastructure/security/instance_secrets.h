// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/secret.h"

#include <QByteArray>
#include <QString>

namespace guildhall {

namespace db {
class Database;
}

/// The key of 32 random bytes that all nodes on this database share under `name` ("jwt",
/// "media-urls"). The first node that asks makes it; two that ask at once get the same.
/// Throws DbFault. @thread any (blocks)
Secret<QByteArray> instanceSecret(db::Database &database, const QString &name);

} // namespace guildhall
