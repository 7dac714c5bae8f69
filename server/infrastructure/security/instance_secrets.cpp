// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/security/instance_secrets.h"

#include "server/infrastructure/database/database.h"
#include "server/infrastructure/security/random.h"
#include "sql/queries/instance.h"

namespace guildhall {

Secret<QByteArray> instanceSecret(db::Database &database, const QString &name)
{
    constexpr int keyBytes = 32;
    db::Session &session = database.session();
    auto kept = session.maybe<QByteArray>(sql::instance::read_secret, db::bind(":name", name));
    if (!kept) {
        session.exec(sql::instance::keep_secret, db::bind(":name", name),
                     db::bind(":value", random::hexId(keyBytes)));
        kept = session.one<QByteArray>(sql::instance::read_secret, db::bind(":name", name));
    }
    return Secret<QByteArray>(QByteArray::fromHex(*kept));
}

} // namespace guildhall
