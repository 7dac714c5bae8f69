// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/shard_mailbox.h"

#include <deque>
#include <set>

namespace guildhall::realtime {

/// The events that came while somebody's state is being read, so that what the state does not hold
/// can be delivered after it. One list for all who wait; empty while nobody does.
/// @thread the shard's
class EventLog {
public:
    using Position = quint64;

    /// Keeps what comes from now on until release().
    Position retain()
    {
        const Position end = m_first + m_events.size();
        m_retained.insert(end);
        return end;
    }
    void release(Position position)
    {
        if (const auto found = m_retained.find(position); found != m_retained.end())
            m_retained.erase(found);
        trim();
    }

    void append(const EventMail &mail)
    {
        if (!m_retained.empty())
            m_events.push_back(mail);
    }

    /// Calls `visit(mail)` for everything since `position`; events must not be appended meanwhile.
    template <typename Visit>
    void since(Position position, Visit visit) const
    {
        for (size_t i = size_t(position - m_first); i < m_events.size(); ++i)
            visit(m_events[i]);
    }
    size_t size() const { return m_events.size(); }

private:
    void trim()
    {
        const Position end = m_first + m_events.size();
        const Position oldest = m_retained.empty() ? end : *m_retained.begin();
        m_events.erase(m_events.begin(), m_events.begin() + std::ptrdiff_t(oldest - m_first));
        m_first = oldest;
    }

    std::deque<EventMail> m_events;
    std::multiset<Position> m_retained;
    Position m_first = 0; ///< the position of m_events.front()
};

} // namespace guildhall::realtime
