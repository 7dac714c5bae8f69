// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <utility>
#include <vector>

namespace guildhall {

/// Items on their way from many threads to one, who takes several at a time. Closed at first.
template <typename T>
class BoundedQueue {
public:
    /// @param limit  items that may wait
    explicit BoundedQueue(size_t limit)
        : m_limit(limit)
    { }

    void open()
    {
        const std::lock_guard lock(m_mutex);
        m_open = true;
    }
    /// Takes no more; what waits can still be taken.
    void close()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_open = false;
        }
        m_changed.notify_all();
    }

    /// @return false when the queue is full or closed; the item is then gone  @thread any
    [[nodiscard]] bool push(T item)
    {
        {
            const std::lock_guard lock(m_mutex);
            if (!m_open || m_items.size() >= m_limit)
                return false;
            m_items.push_back(std::move(item));
        }
        m_changed.notify_one();
        return true;
    }

    /// Waits for an item and takes it, and with it up to `most` - 1 behind it for as long as
    /// `goesWith(first, next)`. Empty when the queue is closed and nothing waits any more.
    /// @thread one
    template <typename GoesWith>
    std::vector<T> take(size_t most, GoesWith goesWith)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !m_items.empty() || !m_open; });
        std::vector<T> taken;
        while (!m_items.empty() && taken.size() < most
               && (taken.empty() || goesWith(taken.front(), m_items.front()))) {
            taken.push_back(std::move(m_items.front()));
            m_items.pop_front();
        }
        return taken;
    }

private:
    const size_t m_limit;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<T> m_items;
    bool m_open = false;
};

} // namespace guildhall
