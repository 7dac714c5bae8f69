// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/runtime/timer_queue.h"

#include <QCoreApplication>
#include <QTimerEvent>

#include <algorithm>
#include <limits>
#include <vector>

namespace guildhall {

using namespace std::chrono;

void TimerQueue::add(int id, qint64 intervalMs, Qt::TimerType type, QObject *object)
{
    remove(id);
    Timer timer{milliseconds(std::max<qint64>(intervalMs, 0)), type, object, {}, ++m_generation};
    timer.due = roundUp(Clock::now() + timer.interval, timer);
    m_schedule.emplace(timer.due, id);
    m_timers.emplace(id, timer);
}

bool TimerQueue::remove(int id)
{
    const auto it = m_timers.find(id);
    if (it == m_timers.end())
        return false;
    m_schedule.erase({it->second.due, id});
    m_timers.erase(it);
    return true;
}

bool TimerQueue::removeAllOf(QObject *object)
{
    const size_t before = m_timers.size();
    for (auto it = m_timers.begin(); it != m_timers.end();) {
        if (it->second.object != object) {
            ++it;
            continue;
        }
        m_schedule.erase({it->second.due, it->first});
        it = m_timers.erase(it);
    }
    return m_timers.size() != before;
}

QList<QAbstractEventDispatcher::TimerInfo> TimerQueue::of(QObject *object) const
{
    QList<QAbstractEventDispatcher::TimerInfo> found;
    for (const auto &[id, timer] : m_timers) {
        if (timer.object == object)
            found.append({id, int(timer.interval.count()), timer.type});
    }
    return found;
}

int TimerQueue::remaining(int id) const
{
    const auto it = m_timers.find(id);
    if (it == m_timers.end())
        return -1;
    const auto left = ceil<milliseconds>(it->second.due - Clock::now()).count();
    return int(std::clamp<qint64>(left, 0, std::numeric_limits<int>::max()));
}

std::optional<qint64> TimerQueue::untilNext() const
{
    if (m_schedule.empty())
        return std::nullopt;
    const Clock::duration left = m_schedule.begin()->first - Clock::now();
    return std::max<qint64>(ceil<milliseconds>(left).count(), 0);
}

bool TimerQueue::fireDue()
{
    if (m_schedule.empty())
        return false;
    const Instant now = Clock::now();
    std::vector<std::pair<int, quint64>> due;
    for (auto it = m_schedule.begin(); it != m_schedule.end() && it->first <= now; ++it)
        due.emplace_back(it->second, m_timers.at(it->second).generation);

    for (const auto &[id, generation] : due) {
        auto it = m_timers.find(id);
        // A slot of an earlier timer may have stopped this one, or a nested loop have fired it.
        if (it == m_timers.end() || it->second.generation != generation || it->second.due > now)
            continue;
        if (m_schedule.erase({it->second.due, id}) == 0)
            continue; // its event is being delivered further up the stack
        it->second.due = following(it->second, now);
        QTimerEvent event(id);
        QCoreApplication::sendEvent(it->second.object, &event);
        it = m_timers.find(id);
        if (it != m_timers.end() && it->second.generation == generation)
            m_schedule.emplace(it->second.due, id);
    }
    return !due.empty();
}

/// Coarse timers may be 5 % late: on a common grid many of them share one wake-up.
TimerQueue::Instant TimerQueue::roundUp(Instant due, const Timer &timer)
{
    milliseconds grid{0};
    if (timer.type == Qt::VeryCoarseTimer)
        grid = 1s;
    else if (timer.type == Qt::CoarseTimer)
        grid = std::min<milliseconds>(timer.interval / 20, 50ms);
    if (grid.count() <= 1)
        return due;
    const auto sinceEpoch = ceil<milliseconds>(due.time_since_epoch());
    const auto steps = (sinceEpoch + grid - 1ms) / grid;
    return Instant(steps * grid);
}

TimerQueue::Instant TimerQueue::following(const Timer &timer, Instant now)
{
    const Instant next = timer.due + timer.interval;
    // Turns that were missed are not made up for.
    return roundUp(next > now ? next : now + timer.interval, timer);
}

} // namespace guildhall
