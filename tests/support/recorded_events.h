// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/events/event_bus.h"

#include <QByteArrayList>

#include <algorithm>
#include <mutex>
#include <vector>

namespace guildhall::test {

/// Everything the bus published, in order. @thread any
class RecordedEvents {
public:
    explicit RecordedEvents(EventBus &bus)
    {
        bus.atAnyCommit([this](const AnyEvent &event) {
            const std::lock_guard lock(m_mutex);
            m_events.push_back(event);
        });
    }

    template <Event E>
    int count() const
    {
        return int(all<E>().size());
    }
    /// Copies of all events of one type, oldest first.
    template <Event E>
    std::vector<E> all() const
    {
        const std::lock_guard lock(m_mutex);
        std::vector<E> found;
        for (const AnyEvent &event : m_events) {
            if (const E *e = event.as<E>())
                found.push_back(*e);
        }
        return found;
    }
    template <Event E>
    E last() const
    {
        const std::vector<E> found = all<E>();
        Q_ASSERT(!found.empty());
        return found.back();
    }
    /// The gateway names of what was published, oldest first; events without a name are left out.
    QByteArrayList names() const
    {
        const std::lock_guard lock(m_mutex);
        QByteArrayList list;
        for (const AnyEvent &event : m_events) {
            if (event.name())
                list.append(event.name());
        }
        return list;
    }
    void clear()
    {
        const std::lock_guard lock(m_mutex);
        m_events.clear();
    }

private:
    mutable std::mutex m_mutex;
    std::vector<AnyEvent> m_events;
};

} // namespace guildhall::test
