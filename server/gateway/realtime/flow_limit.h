// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>

namespace guildhall::realtime {

/// Counts what one client does within a window that starts with the first thing it does.
class FlowLimit {
public:
    using Time = std::chrono::steady_clock::time_point;

    /// Counts one more. @return false when it is one too many
    bool take(Time now, int limit, std::chrono::milliseconds window)
    {
        if (m_count == 0 || now - m_since >= window) {
            m_since = now;
            m_count = 0;
        }
        return ++m_count <= quint32(limit);
    }

private:
    Time m_since{};
    quint32 m_count = 0;
};

} // namespace guildhall::realtime
