// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/runtime/attempt_limiter.h"

#include <QHashFunctions>
#include <QRandomGenerator>

#include <algorithm>

namespace guildhall {

AttemptLimiter::AttemptLimiter(int limit, std::chrono::milliseconds window, const Clock &clock)
    : m_limit(limit)
    , m_window(window)
    , m_clock(clock)
    , m_seed(size_t(QRandomGenerator::system()->generate64()))
{ }

size_t AttemptLimiter::hashOf(const QByteArray &key) const
{
    return qHash(key, m_seed);
}

std::optional<std::chrono::milliseconds> AttemptLimiter::leftOf(const Window &window,
                                                                Clock::Monotonic now) const
{
    if (window.endsAt <= now || window.used < m_limit)
        return std::nullopt;
    // Rounded up: who waits that long finds a new window.
    return std::chrono::ceil<std::chrono::milliseconds>(window.endsAt - now);
}

std::optional<std::chrono::milliseconds> AttemptLimiter::attempt(const QByteArray &key)
{
    const Clock::Monotonic now = m_clock.monotonic();
    const std::lock_guard lock(m_mutex);
    if (m_windows.size() >= m_sweepAt)
        sweep(now);
    Window &window = m_windows[hashOf(key)];
    if (const auto left = leftOf(window, now))
        return left;
    if (window.endsAt <= now)
        window = {now + m_window, 0};
    ++window.used;
    return std::nullopt;
}

std::optional<std::chrono::milliseconds> AttemptLimiter::waitFor(const QByteArray &key) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_windows.find(hashOf(key));
    return found == m_windows.end() ? std::nullopt : leftOf(found->second, m_clock.monotonic());
}

void AttemptLimiter::sweep(Clock::Monotonic now)
{
    std::erase_if(m_windows, [now](const auto &entry) { return entry.second.endsAt <= now; });
    m_sweepAt = std::max<size_t>(4096, m_windows.size() * 2);
}

} // namespace guildhall
