// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/events/event_bus.h"

#include "server/infrastructure/runtime/guarded.h"

namespace guildhall {

Topic &EventBus::topicOf(std::type_index type)
{
    const auto found = m_topics.find(type);
    Q_ASSERT_X(found != m_topics.end(), "EventBus", "an event was used before declare<E>()");
    return *found->second;
}

bool EventBus::publishAll(std::vector<AnyEvent> events)
{
    bool allHeard = true;
    if (events.empty())
        return allHeard;
    for (const auto &listener : m_atEachCommit)
        allHeard &= runGuarded("a listener of commits", [&] { listener(events); });
    for (AnyEvent &event : events)
        allHeard &= runGuarded("a listener of an event", [&] { deliver(std::move(event)); });
    return allHeard;
}

void EventBus::deliver(AnyEvent event)
{
    Topic &topic = topicOf(event.type());
    event.setSequence(m_sequence.fetch_add(1) + 1);
    if (const auto found = m_atCommit.find(event.type()); found != m_atCommit.end()) {
        for (const auto &listener : found->second)
            listener(event);
    }
    for (const auto &listener : m_atAnyCommit)
        listener(event);
    Q_EMIT topic.published(event);
    Q_EMIT m_everything.published(event);
}

void EventBus::runInTransaction(db::Tx &tx, std::span<const AnyEvent> events)
{
    if (events.empty())
        return;
    if (const auto found = m_inTransaction.find(events.front().type());
        found != m_inTransaction.end()) {
        for (const auto &listener : found->second)
            listener(tx, events);
    }
}

} // namespace guildhall
