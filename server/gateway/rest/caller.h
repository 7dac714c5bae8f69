// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"
#include "shared/core/timestamp.h"

#include <QByteArray>
#include <QString>

namespace guildhall {

/// Whom a token belongs to.
struct Principal {
    UserId user; ///< null: nobody is signed in
    bool bot = false;
    AuthSessionId session; ///< the sign-in behind a person's token
};

/// Who asks, why, and from where: handed to every handler, and into the transaction for the audit
/// log. A value; it holds nothing of the connection.
struct Caller : Principal {
    QString auditReason; ///< X-Audit-Log-Reason, decoded
    QByteArray requestId;
    QByteArray network; ///< the client's address, behind trusted proxies, as limits count it
    QByteArray baseUrl; ///< `http://host:port` as the client addressed us, no trailing slash
};

} // namespace guildhall
