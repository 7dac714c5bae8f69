// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin-gui/api/rate_limit_wait.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace guildhall::console {

namespace {
// Longer waits are asked for anew; and a server's slip must not become a busy loop.
constexpr double longestSeconds = 24 * 3600.0;
constexpr double shortestSeconds = 0.02;
} // namespace

RateLimitWait::RateLimitWait(QObject *parent)
    : QObject(parent)
{
    m_end.setSingleShot(true);
    m_end.setTimerType(Qt::PreciseTimer); // a coarse one may be early, and be refused again
    m_tick.setInterval(std::chrono::seconds(1));
    connect(&m_tick, &QTimer::timeout, this, &RateLimitWait::ticked);
    connect(&m_end, &QTimer::timeout, this, [this] {
        m_tick.stop();
        Q_EMIT over();
    });
}

bool RateLimitWait::begin(const CallError &error)
{
    if (error.status != 429 || !error.retryAfter)
        return false;
    const double seconds = std::clamp(*error.retryAfter, shortestSeconds, longestSeconds);
    const std::chrono::milliseconds time(qint64(std::ceil(seconds * 1000)));
    m_until.setRemainingTime(time);
    m_end.start(time);
    m_tick.start();
    return true;
}

void RateLimitWait::stop()
{
    m_end.stop();
    m_tick.stop();
}

int RateLimitWait::secondsLeft() const
{
    return isWaiting() ? int((m_until.remainingTime() + 999) / 1000) : 0;
}

} // namespace guildhall::console
