// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

namespace guildhall {

/// Immutable values by key, shared by pointer, read when first wanted and replaced when something
/// they are made of changes.
///
/// Readings of one key are serialised. When each change is followed by refresh() after it became
/// visible to readers, the value installed last always holds every change: a reading that began
/// before a change is overtaken by the one that the change caused.
/// @thread any; get() and refresh() block for as long as `read` does
template <typename Key, typename Value>
class SnapshotCache {
public:
    using Pointer = std::shared_ptr<const Value>;

    /// The value as it is at hand; null when it was not read. Does not block.
    Pointer atHand(Key key) const
    {
        const auto entry = entryOf(key);
        return entry ? entry->current.load() : nullptr;
    }

    /// The value at hand, or what `read()` gives; null stays absent. What `read` throws goes on.
    template <typename Read>
    Pointer get(Key key, Read read)
    {
        if (Pointer value = atHand(key))
            return value;
        const auto entry = entryFor(key);
        const std::lock_guard reading(entry->reading);
        if (Pointer value = entry->current.load())
            return value;
        Pointer value = read();
        if (!value) {
            drop(key);
            return nullptr;
        }
        entry->current.store(value);
        return value;
    }

    /// Replaces a value in use by `change(before)`; with null, or when `change` throws, it is read
    /// anew when it is wanted again. What `change` throws goes on. A value that nobody uses and
    /// nobody is reading is left alone.
    template <typename Change>
    void refresh(Key key, Change change)
    {
        const auto entry = entryOf(key);
        if (!entry)
            return;
        const std::lock_guard reading(entry->reading);
        const Pointer before = entry->current.load();
        if (!before)
            return;
        try {
            entry->current.store(change(*before));
        } catch (...) {
            entry->current.store(nullptr);
            throw;
        }
    }

    void drop(Key key)
    {
        const std::unique_lock lock(m_mutex);
        const auto found = m_entries.find(key);
        if (found == m_entries.end())
            return;
        found->second->current.store(nullptr);
        m_entries.erase(found);
    }

    void dropAll()
    {
        const std::unique_lock lock(m_mutex);
        for (const auto &[key, entry] : m_entries)
            entry->current.store(nullptr);
        m_entries.clear();
    }

private:
    struct Entry {
        std::mutex reading;
        std::atomic<Pointer> current;
    };

    std::shared_ptr<Entry> entryOf(Key key) const
    {
        const std::shared_lock lock(m_mutex);
        const auto found = m_entries.find(key);
        return found == m_entries.end() ? nullptr : found->second;
    }
    std::shared_ptr<Entry> entryFor(Key key)
    {
        if (auto entry = entryOf(key))
            return entry;
        const std::unique_lock lock(m_mutex);
        auto &slot = m_entries[key];
        if (!slot)
            slot = std::make_shared<Entry>();
        return slot;
    }

    mutable std::shared_mutex m_mutex; ///< for the map, not for what is in it
    std::unordered_map<Key, std::shared_ptr<Entry>> m_entries;
};

} // namespace guildhall
