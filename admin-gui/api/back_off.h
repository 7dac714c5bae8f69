// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>

namespace guildhall::console {

/// How long to wait before the next try: doubles up to a limit, and is spread by up to half, so
/// that all consoles of a server that restarts do not come back in the same instant.
class BackOff {
public:
    using Ms = std::chrono::milliseconds;
    constexpr explicit BackOff(Ms first = Ms(1000), Ms most = Ms(30000))
        : m_first(first)
        , m_most(most)
        , m_next(first)
    { }

    /// @param random from 0 to 1
    constexpr Ms next(double random)
    {
        const Ms base = m_next;
        m_next = std::min(m_next * 2, m_most);
        return Ms(Ms::rep(double(base.count()) * (1.0 - random / 2)));
    }
    /// After a connection that held.
    constexpr void reset() { m_next = m_first; }

private:
    Ms m_first;
    Ms m_most;
    Ms m_next;
};

} // namespace guildhall::console
