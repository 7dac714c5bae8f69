// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"

#include <QString>

#include <optional>

namespace guildhall {

/// A row of applications, with the number of guilds its bot is in.
struct ApplicationRecord {
    ApplicationId id;
    UserId owner;
    QString name;
    std::optional<QString> icon;
    QString description;
    bool botPublic = true;
    QString verifyKey;
    int guildCount = 0;

    UserId bot() const { return UserId(id); }
};

} // namespace guildhall
