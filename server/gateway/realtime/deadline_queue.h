// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <queue>

#include <chrono>
#include <optional>
#include <vector>

namespace guildhall::realtime {

/// When each connection of a shard wants to be looked at; one timer serves them all. A connection
/// whose deadline moved further away (a heartbeat came) is looked at too early and asks again, so
/// that a heartbeat costs nothing here.
class DeadlineQueue {
public:
    using Time = std::chrono::steady_clock::time_point;
    struct Entry {
        Time at;
        quint64 key;
        friend bool operator>(const Entry &a, const Entry &b) { return a.at > b.at; }
    };

    void add(quint64 key, Time at) { m_queue.push({at, key}); }
    std::optional<Time> next() const
    {
        return m_queue.empty() ? std::nullopt : std::optional(m_queue.top().at);
    }
    /// Takes out one that is due, if there is one.
    std::optional<Entry> takeDue(Time now)
    {
        if (m_queue.empty() || m_queue.top().at > now)
            return std::nullopt;
        const Entry entry = m_queue.top();
        m_queue.pop();
        return entry;
    }

private:
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> m_queue;
};

} // namespace guildhall::realtime
