// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/runtime/watched_descriptors.h"

#include <QCoreApplication>
#include <QDebug>
#include <QEvent>

#include <sys/epoll.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace guildhall {

namespace {

// Errors and hang-ups concern every kind: whoever waits shall find out by trying.
constexpr std::array<quint32, 3> activatedBy{
    EPOLLIN | EPOLLHUP | EPOLLERR, EPOLLOUT | EPOLLHUP | EPOLLERR, EPOLLPRI | EPOLLHUP | EPOLLERR};
constexpr std::array<quint32, 3> askedFor{EPOLLIN, EPOLLOUT, EPOLLPRI};

quint64 tag(int descriptor, quint32 generation)
{
    return quint64(generation) << 32 | quint32(descriptor);
}

} // namespace

quint32 WatchedDescriptors::Entry::wanted() const
{
    quint32 events = 0;
    for (size_t type = 0; type < notifiers.size(); ++type)
        events |= notifiers[type] ? askedFor[type] : 0;
    return events;
}

WatchedDescriptors::Entry &WatchedDescriptors::entryOf(int descriptor)
{
    const auto index = size_t(descriptor);
    if (index >= m_entries.size())
        m_entries.resize(std::max<size_t>(64, index * 2));
    Entry &entry = m_entries[index];
    if (!entry.changed) {
        entry.changed = true;
        m_changed.push_back(descriptor);
    }
    return entry;
}

void WatchedDescriptors::add(QSocketNotifier *notifier)
{
    const int descriptor = int(notifier->socket());
    QSocketNotifier *&place = entryOf(descriptor).notifiers[size_t(notifier->type())];
    if (place && place != notifier)
        qWarning("EpollDispatcher: descriptor %d has two notifiers of one type", descriptor);
    place = notifier;
}

void WatchedDescriptors::remove(QSocketNotifier *notifier)
{
    const int descriptor = int(notifier->socket());
    if (descriptor < 0 || size_t(descriptor) >= m_entries.size())
        return;
    Entry &entry = m_entries[size_t(descriptor)];
    QSocketNotifier *&place = entry.notifiers[size_t(notifier->type())];
    if (place != notifier)
        return;
    entryOf(descriptor);
    place = nullptr;
    if (entry.wanted() == 0) {
        entry.released = true;
        ++entry.generation;
    }
}

void WatchedDescriptors::applyChanges()
{
    for (const int descriptor : m_changed) {
        Entry &entry = m_entries[size_t(descriptor)];
        entry.changed = false;
        apply(descriptor, entry);
    }
    m_changed.clear();
}

void WatchedDescriptors::apply(int descriptor, Entry &entry)
{
    const quint32 wanted = entry.wanted();
    const bool released = std::exchange(entry.released, false);
    if (wanted == entry.known && !(released && wanted != 0))
        return;
    epoll_event event{};
    event.events = wanted;
    event.data.u64 = tag(descriptor, entry.generation);
    const bool wasKnown = std::exchange(entry.known, wanted) != 0;
    if (wanted == 0) {
        ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, descriptor, &event); // a closed one has left by itself
        return;
    }
    // The number may belong to another file by now; then the kernel has forgotten it.
    if (wasKnown && ::epoll_ctl(m_epoll, EPOLL_CTL_MOD, descriptor, &event) == 0)
        return;
    if ((!wasKnown || errno == ENOENT)
        && ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event) == 0)
        return;
    if (errno == EEXIST && ::epoll_ctl(m_epoll, EPOLL_CTL_MOD, descriptor, &event) == 0)
        return;
    qWarning("EpollDispatcher: cannot watch descriptor %d: %s", descriptor, std::strerror(errno));
    entry.known = 0;
}

bool WatchedDescriptors::dispatch(const epoll_event &event)
{
    const auto index = size_t(event.data.u64 & 0xffffffffU);
    const auto generation = quint32(event.data.u64 >> 32);
    bool any = false;
    for (size_t type = 0; type < activatedBy.size(); ++type) {
        // Looked up anew each time: a slot may change the notifiers, or grow the table.
        if (index >= m_entries.size() || m_entries[index].generation != generation)
            break;
        QSocketNotifier *notifier = m_entries[index].notifiers[type];
        if (!notifier || !(event.events & activatedBy[type]))
            continue;
        QEvent activation(QEvent::SockAct);
        QCoreApplication::sendEvent(notifier, &activation);
        any = true;
    }
    return any;
}

} // namespace guildhall
