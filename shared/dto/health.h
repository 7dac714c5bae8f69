// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/json/fields.h"

#include <QString>

namespace guildhall {

/// GET /health, once the database answers.
struct Health {
    QString status = QStringLiteral("ok");

    static constexpr auto jsonFields()
    {
        return json::fields(json::field("status", &Health::status));
    }
};

} // namespace guildhall
