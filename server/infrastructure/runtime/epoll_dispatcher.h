// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractEventDispatcher>

#include <chrono>
#include <functional>
#include <memory>

class QThread;

namespace guildhall {

/// Event dispatcher over Linux epoll(7). A wake-up costs the same beside five sockets and beside
/// five thousand; Qt's own loops walk all of them each time.
///
/// Watching is lazy: a notifier that is switched on and off again within one turn of the loop costs
/// no system call. Not a GUI dispatcher: it knows sockets, timers and posted events.
///
/// @thread every function but wakeUp() and interrupt() belongs to the thread that runs the loop
class EpollDispatcher : public QAbstractEventDispatcher {
    Q_OBJECT

public:
    explicit EpollDispatcher(QObject *parent = nullptr);
    ~EpollDispatcher() override;

    /// Told after each turn of the loop how long it took, without its wait for events. Called in
    /// the loop's thread, up to tens of thousands of times a second.
    using TurnObserver = std::function<void(std::chrono::nanoseconds)>;
    /// An empty one: turns are not measured.
    void setTurnObserver(TurnObserver observer);

    /// Gives a thread that has not been started this dispatcher.
    static void installOn(QThread &thread, TurnObserver observer = {});

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;

    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;

    void registerTimer(int timerId, qint64 interval, Qt::TimerType timerType,
                       QObject *object) override;
    bool unregisterTimer(int timerId) override;
    bool unregisterTimers(QObject *object) override;
    QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int timerId) override;

    void wakeUp() override;
    void interrupt() override;

private:
    int pollTimeout(QEventLoop::ProcessEventsFlags flags, bool mayWait);
    bool turn(QEventLoop::ProcessEventsFlags flags);
    bool waitAndDispatch(int timeoutMs);
    bool waitForWakeUpOnly(int timeoutMs);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace guildhall
