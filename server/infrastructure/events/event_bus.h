// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/events/event.h"
#include "server/infrastructure/events/topic.h"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <typeindex>
#include <vector>

namespace guildhall {

namespace db {
class Tx;
}

/// How events leave a module and reach whoever listens, without either knowing the other.
///
/// Wiring (`declare`, `on…`) happens in the main thread before the threads start and is not locked.
/// `publish` may be called from any thread; normally `db::Tx` calls it after the commit.
///
/// Kinds of listener, told apart by when and with what they are called:
/// * `inTransaction<E>`: at once, in the emitter's transaction, for rows that must be there exactly
///   when the change is. Gets the list of events of that transaction (several from the message
///   lane).
/// * `atEachCommit`: after the commit, in the committing thread, before the request is answered and
///   before anybody else hears of it; with all events of the commit at once. For views that must
///   not be stale by then and are read from the database: once, however many events there are.
/// * `atCommit<E>`, `atAnyCommit`: there too, after those, one event at a time. None of these may
///   throw.
/// * `on<E>`, `onAny`: after the commit, in the thread of `context`, queued.
class EventBus {
public:
    /// Makes E known; a publish of an undeclared event is a programming error and asserts.
    template <Event E>
    void declare()
    {
        m_topics.emplace(typeid(E), std::make_unique<Topic>());
    }

    template <Event E>
    void inTransaction(std::function<void(db::Tx &, std::span<const E *const>)> listener)
    {
        m_inTransaction[typeid(E)].push_back(
            [listener = std::move(listener)](db::Tx &tx, std::span<const AnyEvent> events) {
                std::vector<const E *> typed;
                for (const AnyEvent &event : events) {
                    if (const E *e = event.template as<E>())
                        typed.push_back(e);
                }
                listener(tx, typed);
            });
    }

    void atEachCommit(std::function<void(std::span<const AnyEvent>)> listener)
    {
        m_atEachCommit.push_back(std::move(listener));
    }
    template <Event E>
    void atCommit(std::function<void(const E &)> listener)
    {
        m_atCommit[typeid(E)].push_back([listener = std::move(listener)](const AnyEvent &event) {
            listener(*event.template as<E>());
        });
    }
    void atAnyCommit(std::function<void(const AnyEvent &)> listener)
    {
        m_atAnyCommit.push_back(std::move(listener));
    }

    template <Event E, typename Listener>
    QMetaObject::Connection on(QObject *context, Listener listener)
    {
        return QObject::connect(&topicOf(typeid(E)), &Topic::published, context,
                                [listener = std::move(listener)](const AnyEvent &event) {
                                    listener(*event.template as<E>());
                                });
    }
    template <typename Listener>
    QMetaObject::Connection onAny(QObject *context, Listener listener)
    {
        return QObject::connect(&m_everything, &Topic::published, context, std::move(listener));
    }

    template <Event E>
    void publish(E event)
    {
        publish(AnyEvent::of(std::move(event)));
    }
    void publish(AnyEvent event) { publishAll({std::move(event)}); }
    /// Numbers the events of one commit and hands them to every listener, in order. @thread any
    /// @return false: a listener failed
    bool publishAll(std::vector<AnyEvent> events);
    /// Hands events that are about to be committed to the listeners of their types. @thread tx's
    /// own
    void runInTransaction(db::Tx &tx, std::span<const AnyEvent> events);

    /// The number of the newest published event. @thread any
    quint64 lastSequence() const { return m_sequence.load(); }

private:
    Topic &topicOf(std::type_index type);
    void deliver(AnyEvent event);

    std::map<std::type_index, std::unique_ptr<Topic>> m_topics;
    Topic m_everything;
    std::map<std::type_index, std::vector<std::function<void(db::Tx &, std::span<const AnyEvent>)>>>
        m_inTransaction;
    std::vector<std::function<void(std::span<const AnyEvent>)>> m_atEachCommit;
    std::map<std::type_index, std::vector<std::function<void(const AnyEvent &)>>> m_atCommit;
    std::vector<std::function<void(const AnyEvent &)>> m_atAnyCommit;
    std::atomic<quint64> m_sequence{0};
};

} // namespace guildhall
