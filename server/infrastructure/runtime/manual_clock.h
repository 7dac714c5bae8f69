// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/runtime/clock.h"

#include <atomic>

namespace guildhall {

/// A clock that stands still until it is told otherwise; for tests.
/// @thread any
class ManualClock final : public Clock {
public:
    explicit ManualClock(Timestamp start = {1'600'000'000'000})
        : m_wallMs(start.ms)
    { }

    Timestamp now() const override { return Timestamp{m_wallMs.load()}; }
    Monotonic monotonic() const override
    {
        return Monotonic(std::chrono::milliseconds(m_monotonicMs.load()));
    }

    /// Time passes: both clocks move on.
    void advance(std::chrono::milliseconds by)
    {
        m_wallMs += by.count();
        m_monotonicMs += by.count();
    }
    /// Somebody sets the wall clock, forwards or back; monotonic time does not notice.
    void set(Timestamp wall) { m_wallMs = wall.ms; }

private:
    std::atomic<qint64> m_wallMs;
    std::atomic<qint64> m_monotonicMs{0};
};

} // namespace guildhall
