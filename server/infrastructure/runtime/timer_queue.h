// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractEventDispatcher>

#include <chrono>
#include <optional>
#include <set>
#include <unordered_map>

namespace guildhall {

/// The timers of one event loop, ordered by when they are due. Times are monotonic milliseconds.
/// @thread the loop's
class TimerQueue {
public:
    void add(int id, qint64 intervalMs, Qt::TimerType type, QObject *object);
    bool remove(int id);
    bool removeAllOf(QObject *object);
    QList<QAbstractEventDispatcher::TimerInfo> of(QObject *object) const;

    /// Milliseconds until the timer fires, 0 when it is late, -1 when there is no such timer.
    int remaining(int id) const;
    /// Milliseconds until the next timer is due, rounded up; empty when there is none.
    std::optional<qint64> untilNext() const;
    /// Sends QTimerEvent for each timer that is due now, each at most once.
    /// @return whether any was sent
    bool fireDue();

private:
    using Clock = std::chrono::steady_clock;
    using Instant = Clock::time_point;
    using Due = std::pair<Instant, int>;

    struct Timer {
        std::chrono::milliseconds interval;
        Qt::TimerType type;
        QObject *object;
        Instant due;
        quint64 generation; ///< tells a timer from a later one with the same id
    };

    static Instant roundUp(Instant due, const Timer &timer);
    static Instant following(const Timer &timer, Instant now);

    std::unordered_map<int, Timer> m_timers;
    /// A timer whose event is being delivered is not in here, so a nested loop does not fire it
    /// again.
    std::set<Due> m_schedule;
    quint64 m_generation = 0;
};

} // namespace guildhall
