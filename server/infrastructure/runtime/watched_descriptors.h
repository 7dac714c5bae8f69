// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSocketNotifier>

#include <array>
#include <vector>

struct epoll_event;

namespace guildhall {

/// Which descriptors an epoll instance watches, for which notifiers. Changes are gathered and told
/// to the kernel by applyChanges(), so that what cancels out costs nothing.
/// @thread the loop's
class WatchedDescriptors {
public:
    explicit WatchedDescriptors(int epoll)
        : m_epoll(epoll)
    { }

    void add(QSocketNotifier *notifier);
    void remove(QSocketNotifier *notifier);
    void applyChanges();
    /// Activates the notifiers that one event of epoll_wait concerns, unless the descriptor has
    /// been let go since.
    /// @return whether any was activated
    bool dispatch(const epoll_event &event);

private:
    struct Entry {
        std::array<QSocketNotifier *, 3> notifiers{}; ///< by QSocketNotifier::Type
        quint32 known = 0; ///< what the kernel was told, 0 when nothing
        quint32 generation = 0; ///< raised when the last notifier goes: the number may be reused
        bool changed = false;
        bool released = false; ///< let go since the kernel was told; it may have been closed

        quint32 wanted() const;
    };

    Entry &entryOf(int descriptor);
    void apply(int descriptor, Entry &entry);

    int m_epoll;
    std::vector<Entry> m_entries; ///< by descriptor
    std::vector<int> m_changed;
};

} // namespace guildhall
