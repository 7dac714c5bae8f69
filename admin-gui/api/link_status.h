// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

#include <chrono>

namespace guildhall::console {

/// How the console stands with the gateway.
struct LinkStatus {
    enum class Phase {
        Off, ///< nobody is signed in
        Connecting,
        Live,
        Waiting, ///< the connection broke; the next try comes after `retryIn`
        Refused, ///< the server will not have this session; trying again would not help
    };

    Phase phase = Phase::Off;
    std::chrono::milliseconds retryIn{0};
    QString reason; ///< why it is not live, for people
    bool signInAgain = false; ///< Refused because the token is not valid

    bool isLive() const { return phase == Phase::Live; }
    friend bool operator==(const LinkStatus &, const LinkStatus &) = default;
};

} // namespace guildhall::console

Q_DECLARE_METATYPE(guildhall::console::LinkStatus)
