// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/runtime/epoll_dispatcher.h"

#include "server/infrastructure/runtime/timer_queue.h"
#include "server/infrastructure/runtime/watched_descriptors.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QThread>

#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <limits>

namespace guildhall {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr size_t eventsPerTurn = 256;
constexpr quint64 wakeUpTag = std::numeric_limits<quint64>::max();

int checked(int descriptor, const char *what)
{
    if (descriptor < 0)
        qFatal("EpollDispatcher: %s: %s", what, std::strerror(errno));
    return descriptor;
}

} // namespace

struct EpollDispatcher::Private {
    Private()
        : epoll(checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1"))
        , wakeUp(checked(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd"))
        , descriptors(epoll)
    {
        epoll_event event{};
        event.events = EPOLLIN | EPOLLET; // edge: nobody needs to read the counter back
        event.data.u64 = wakeUpTag;
        checked(::epoll_ctl(epoll, EPOLL_CTL_ADD, wakeUp, &event), "epoll_ctl");
    }
    ~Private()
    {
        ::close(wakeUp);
        ::close(epoll);
    }

    int epoll;
    int wakeUp;
    WatchedDescriptors descriptors;
    TimerQueue timers;
    // The waker sets `woken` and then reads `waiting`; the loop sets `waiting` and then reads
    // `woken`. Sequentially consistent, so one of them sees the other: a busy loop is woken without
    // a system call, and a sleeping one always.
    std::atomic<bool> woken{false};
    std::atomic<bool> waiting{false};
    std::atomic<bool> interrupted{false};

    TurnObserver observer;
    SteadyClock::duration waited{}; ///< for events, since the start; while there is an observer

    /// Calls the system for events, and counts the time that it waits.
    template <typename Wait>
    int wait(int timeoutMs, Wait wait)
    {
        if (!observer || timeoutMs == 0)
            return wait(timeoutMs);
        const auto since = SteadyClock::now();
        const int count = wait(timeoutMs);
        waited += SteadyClock::now() - since;
        return count;
    }
};

EpollDispatcher::EpollDispatcher(QObject *parent)
    : QAbstractEventDispatcher(parent)
    , d(std::make_unique<Private>())
{ }

EpollDispatcher::~EpollDispatcher() = default;

void EpollDispatcher::setTurnObserver(TurnObserver observer)
{
    d->observer = std::move(observer);
}

void EpollDispatcher::installOn(QThread &thread, TurnObserver observer)
{
    auto *dispatcher = new EpollDispatcher;
    dispatcher->setTurnObserver(std::move(observer));
    thread.setEventDispatcher(dispatcher);
}

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    if (!d->observer)
        return turn(flags);
    const auto since = SteadyClock::now();
    const auto waitedBefore = d->waited; // a nested loop waits too
    const bool any = turn(flags);
    if (d->observer)
        d->observer(SteadyClock::now() - since - (d->waited - waitedBefore));
    return any;
}

bool EpollDispatcher::turn(QEventLoop::ProcessEventsFlags flags)
{
    // An interruption that came between two turns must not be slept over.
    const bool interruptedBefore = d->interrupted.exchange(false);
    // Before the events are sent: what is posted from here on wakes this turn up again.
    const bool wasWoken = d->woken.exchange(false);
    Q_EMIT awake();
    QCoreApplication::sendPostedEvents();
    if (d->interrupted.load())
        return wasWoken;

    const bool mayWait = flags.testFlag(QEventLoop::WaitForMoreEvents) && !interruptedBefore;
    const int timeoutMs = pollTimeout(flags, mayWait);
    bool any = flags.testFlag(QEventLoop::ExcludeSocketNotifiers) ? waitForWakeUpOnly(timeoutMs)
                                                                  : waitAndDispatch(timeoutMs);
    if (!flags.testFlag(QEventLoop::X11ExcludeTimers))
        any |= d->timers.fireDue();
    return any || wasWoken;
}

int EpollDispatcher::pollTimeout(QEventLoop::ProcessEventsFlags flags, bool mayWait)
{
    if (!mayWait)
        return 0;
    if (flags.testFlag(QEventLoop::X11ExcludeTimers))
        return -1;
    const std::optional<qint64> next = d->timers.untilNext();
    return next ? int(std::min<qint64>(*next, std::numeric_limits<int>::max())) : -1;
}

bool EpollDispatcher::waitAndDispatch(int timeoutMs)
{
    d->descriptors.applyChanges();
    std::array<epoll_event, eventsPerTurn> events;
    if (timeoutMs != 0) {
        Q_EMIT aboutToBlock();
        d->waiting.store(true);
        if (d->woken.load() || d->interrupted.load())
            timeoutMs = 0;
    }
    const int count = d->wait(timeoutMs, [&](int timeout) {
        return ::epoll_wait(d->epoll, events.data(), int(events.size()), timeout);
    });
    if (timeoutMs != 0)
        Q_EMIT awake();
    d->waiting.store(false);

    bool any = false;
    for (int i = 0; i < count && !d->interrupted.load(); ++i) {
        const epoll_event &event = events[size_t(i)];
        any |= event.data.u64 == wakeUpTag || d->descriptors.dispatch(event);
    }
    return any;
}

/// With the sockets excluded only another thread, or a timer, can end the wait.
bool EpollDispatcher::waitForWakeUpOnly(int timeoutMs)
{
    pollfd only{d->wakeUp, POLLIN, 0};
    if (timeoutMs != 0) {
        quint64 earlier = 0; // the edge-triggered loop never reads it: forget what it woke up for
        [[maybe_unused]] const ssize_t size = ::read(d->wakeUp, &earlier, sizeof earlier);
        Q_EMIT aboutToBlock();
        d->waiting.store(true);
        if (d->woken.load() || d->interrupted.load())
            timeoutMs = 0;
    }
    const bool any = d->wait(timeoutMs, [&](int timeout) { return ::poll(&only, 1, timeout); }) > 0;
    d->waiting.store(false);
    if (timeoutMs != 0)
        Q_EMIT awake();
    return any && timeoutMs != 0;
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    d->descriptors.add(notifier);
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    d->descriptors.remove(notifier);
}

void EpollDispatcher::registerTimer(int timerId, qint64 interval, Qt::TimerType timerType,
                                    QObject *object)
{
    d->timers.add(timerId, interval, timerType, object);
}

bool EpollDispatcher::unregisterTimer(int timerId)
{
    return d->timers.remove(timerId);
}

bool EpollDispatcher::unregisterTimers(QObject *object)
{
    return d->timers.removeAllOf(object);
}

QList<EpollDispatcher::TimerInfo> EpollDispatcher::registeredTimers(QObject *object) const
{
    return d->timers.of(object);
}

int EpollDispatcher::remainingTime(int timerId)
{
    return d->timers.remaining(timerId);
}

void EpollDispatcher::wakeUp()
{
    if (d->woken.exchange(true) || !d->waiting.load())
        return;
    const quint64 one = 1;
    [[maybe_unused]] const ssize_t size = ::write(d->wakeUp, &one, sizeof one);
}

void EpollDispatcher::interrupt()
{
    d->interrupted.store(true);
    wakeUp();
}

} // namespace guildhall
