// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>
#include <utility>

namespace guildhall {

/// A value that several threads share, reachable only under its lock: so that modules need no mutex
/// of their own and cannot forget one. Keep what runs under it short and without I/O.
template <typename T>
class Synchronized {
public:
    /// Runs `work(T &)` alone and returns what it returns. Not to be nested.
    template <typename Work>
    auto with(Work &&work)
    {
        const std::lock_guard lock(m_mutex);
        return std::forward<Work>(work)(m_value);
    }
    template <typename Work>
    auto with(Work &&work) const
    {
        const std::lock_guard lock(m_mutex);
        return std::forward<Work>(work)(m_value);
    }

private:
    mutable std::mutex m_mutex;
    T m_value;
};

} // namespace guildhall
