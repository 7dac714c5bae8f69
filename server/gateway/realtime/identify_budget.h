// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"

#include <chrono>
#include <mutex>
#include <unordered_map>

namespace guildhall::realtime {

/// How often an account may still IDENTIFY; what `session_start_limit` of GET /gateway/bot shows.
/// Kept in this process.
/// @thread any
class IdentifyBudget {
public:
    using Time = std::chrono::steady_clock::time_point;
    struct State {
        int total;
        int remaining;
        std::chrono::milliseconds resetAfter; ///< 0 while nothing was taken
    };

    /// @param limit per account and window; 0: no limit
    IdentifyBudget(int limit, std::chrono::milliseconds window);

    /// Takes one. @return false when none is left
    bool take(UserId user, Time now = std::chrono::steady_clock::now());
    State state(UserId user, Time now = std::chrono::steady_clock::now()) const;

private:
    struct Account {
        Time since;
        int taken;
    };
    void forgetOld(Time now);

    const int m_limit;
    const std::chrono::milliseconds m_window;
    mutable std::mutex m_mutex;
    std::unordered_map<UserId, Account> m_accounts;
    size_t m_forgetAt = 1024; ///< accounts kept before old ones are looked for
};

} // namespace guildhall::realtime
