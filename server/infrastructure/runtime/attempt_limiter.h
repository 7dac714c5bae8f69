// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/runtime/clock.h"

#include <QByteArray>

#include <chrono>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace guildhall {

/// How often something may be tried: `limit` times in a window that starts with the first try, per
/// key. For what workers count (sign-ins by address and name); requests as such are counted in the
/// http thread. Keys are kept as hashes, seeded at the start, so that a million names cost no more
/// than a million numbers.
/// @thread any
class AttemptLimiter {
public:
    AttemptLimiter(int limit, std::chrono::milliseconds window, const Clock &clock);

    /// Counts a try. @return how long to wait, when there were too many; such a try is not counted,
    /// so that waiting that long always helps
    std::optional<std::chrono::milliseconds> attempt(const QByteArray &key);
    /// As attempt(), without counting.
    std::optional<std::chrono::milliseconds> waitFor(const QByteArray &key) const;

private:
    struct Window {
        Clock::Monotonic endsAt;
        int used = 0;
    };

    size_t hashOf(const QByteArray &key) const;
    std::optional<std::chrono::milliseconds> leftOf(const Window &window,
                                                    Clock::Monotonic now) const;
    void sweep(Clock::Monotonic now);

    const int m_limit;
    const std::chrono::milliseconds m_window;
    const Clock &m_clock;
    const size_t m_seed;
    mutable std::mutex m_mutex;
    std::unordered_map<size_t, Window> m_windows;
    size_t m_sweepAt = 4096;
};

} // namespace guildhall
