// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/runtime/clock.h"

#include <chrono>
#include <list>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace guildhall {

/// Values that were read from somewhere slower, by key. At most `capacity` of them, the least
/// recently used leave first, and none is older than `lifetime`: a change that nobody announced (by
/// hand, in the database) is seen after that time.
///
/// A value that was read before a change and is put after it would be stale for good. So who fills
/// the cache takes a ticket before reading, and a ticket from before any forgetting is not good:
///
///     const auto ticket = cache.beginReading();
///     const Value value = readFromDatabase(key);
///     cache.put(key, value, ticket);
///
/// @thread any; a lock is held for the time of a lookup only
template <typename Key, typename Value>
class BoundedCache {
public:
    using Ticket = quint64;

    BoundedCache(size_t capacity, std::chrono::milliseconds lifetime, const Clock &clock)
        : m_capacity(capacity)
        , m_lifetime(lifetime)
        , m_clock(clock)
    { }

    std::optional<Value> find(const Key &key)
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_places.find(key);
        if (found == m_places.end())
            return std::nullopt;
        if (found->second->expiresAt <= m_clock.monotonic()) {
            remove(found);
            return std::nullopt;
        }
        m_entries.splice(m_entries.begin(), m_entries, found->second);
        return found->second->value;
    }

    Ticket beginReading() const
    {
        const std::lock_guard lock(m_mutex);
        return m_forgettings;
    }

    /// Does nothing when something was forgotten since `ticket` was taken.
    void put(const Key &key, Value value, Ticket ticket)
    {
        const std::lock_guard lock(m_mutex);
        if (ticket != m_forgettings)
            return;
        if (const auto found = m_places.find(key); found != m_places.end())
            remove(found);
        m_entries.push_front({key, std::move(value), m_clock.monotonic() + m_lifetime});
        m_places.emplace(key, m_entries.begin());
        if (m_entries.size() > m_capacity)
            remove(m_places.find(m_entries.back().key));
    }

    void forget(const Key &key)
    {
        const std::lock_guard lock(m_mutex);
        ++m_forgettings;
        if (const auto found = m_places.find(key); found != m_places.end())
            remove(found);
    }

    /// Forgets every value that `isStale(value)`. Looks at all of them.
    template <typename Predicate>
    void forgetIf(Predicate isStale)
    {
        const std::lock_guard lock(m_mutex);
        ++m_forgettings;
        for (auto entry = m_entries.begin(); entry != m_entries.end();) {
            const auto next = std::next(entry);
            if (isStale(entry->value))
                remove(m_places.find(entry->key));
            entry = next;
        }
    }

    void forgetAll()
    {
        forgetIf([](const Value &) { return true; });
    }

    size_t size() const
    {
        const std::lock_guard lock(m_mutex);
        return m_entries.size();
    }

private:
    struct Entry {
        Key key;
        Value value;
        Clock::Monotonic expiresAt;
    };
    using Entries = std::list<Entry>; // the most recently used first
    using Places = std::unordered_map<Key, typename Entries::iterator>;

    void remove(typename Places::iterator place)
    {
        m_entries.erase(place->second);
        m_places.erase(place);
    }

    const size_t m_capacity;
    const std::chrono::milliseconds m_lifetime;
    const Clock &m_clock;
    mutable std::mutex m_mutex;
    Entries m_entries;
    Places m_places;
    Ticket m_forgettings = 0;
};

} // namespace guildhall
