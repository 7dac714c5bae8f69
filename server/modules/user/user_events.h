// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/events/event.h"
#include "shared/dto/user.h"
#include "shared/json/codec.h"

namespace guildhall {

/// An account changed how it looks to itself; goes to its own sessions.
struct UserUpdated {
    static constexpr const char *eventName = "USER_UPDATE";
    UserSelf user;

    Intent intent() const { return Intent::None; }
    Audience audience() const { return Audience::only({user.id}); }
    QByteArray payload(PayloadVariant) const { return json::encode(user); }
};

/// A person registered. For the daemon's own listeners: whoever keeps invites lets them in.
struct AccountRegistered {
    static constexpr const char *eventName = nullptr;
    UserId user;
    QString invite; ///< the code they came with; empty when there was none

    Intent intent() const { return Intent::None; }
    Audience audience() const { return Audience::nobody(); }
    QByteArray payload(PayloadVariant) const { return {}; }
};

} // namespace guildhall
