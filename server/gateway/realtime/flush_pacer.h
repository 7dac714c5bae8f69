// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>

namespace guildhall::realtime {

/// Decides when a shard sends what its sockets have queued: at once while it is idle; on a tick of
/// 5 ms, growing to 20 ms, while it is busy, because only several events in one send are cheaper
/// than the send itself.
class FlushPacer {
public:
    using Time = std::chrono::steady_clock::time_point;
    using Duration = std::chrono::steady_clock::duration;

    static constexpr Duration shortTick = std::chrono::milliseconds(5);
    static constexpr Duration longTick = std::chrono::milliseconds(20);

    /// How long to wait before sending; zero: now.
    Duration delay(Time now) const
    {
        return now >= m_notBefore ? Duration::zero() : m_notBefore - now;
    }

    /// Tells what a flush was like.
    /// @param waiting events came while it ran
    /// @param events  how many events it carried
    void flushed(Time began, Time ended, bool waiting, size_t events)
    {
        const bool half = (ended - began) * 2 > ended - m_lastEnd; // half of the thread's time
        const bool pays = waiting || (m_tick > Duration::zero() && events > 1);
        if (pays)
            m_tick = std::clamp(m_tick + m_tick / 2, shortTick, longTick);
        else
            m_tick = half ? shortTick : Duration::zero();
        m_lastEnd = ended;
        m_notBefore = ended + m_tick;
    }

private:
    Duration m_tick = Duration::zero();
    Time m_lastEnd{};
    Time m_notBefore{};
};

} // namespace guildhall::realtime
