// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/timestamp.h"

#include <chrono>

namespace guildhall {

/// What time it is. Tokens, ids and rows go by now(), which a person or NTP may set back; waiting,
/// heartbeats and limits go by monotonic(), which nobody can.
/// @thread any
class Clock {
public:
    using Monotonic = std::chrono::steady_clock::time_point;

    virtual ~Clock() = default;
    virtual Timestamp now() const = 0;
    virtual Monotonic monotonic() const = 0;

    /// The computer's own clock; lives as long as the program.
    static const Clock &system();

protected:
    Clock() = default;
    Clock(const Clock &) = default;
    Clock &operator=(const Clock &) = default;
};

} // namespace guildhall
