// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/door/door_settings.h"
#include "server/gateway/rest/request_handler.h"
#include "server/infrastructure/runtime/epoll_dispatcher.h"

#include <QObject>
#include <QString>
#include <QThread>

#include <chrono>
#include <memory>

class QHostAddress;

namespace guildhall {

class QtHttpAdapter;
class UpgradeHandler;

/// A thread with a door in it: event loop on epoll, front door, HTTP server.
/// @thread the one that made it, unless it says otherwise; calls wait for the door's thread
class DoorThread {
public:
    /// The handlers must outlive it. @param upgrades may be null
    /// @param turned of its event loop
    DoorThread(const QString &name, RequestHandler &handler, UpgradeHandler *upgrades,
               DoorSettings settings, EpollDispatcher::TurnObserver turned);
    /// As stop().
    ~DoorThread();
    Q_DISABLE_COPY_MOVE(DoorThread)

    /// @return an empty string, or why the port cannot be opened
    QString open(const QHostAddress &address, quint16 port);
    quint16 port() const;
    /// Where answers are given. @thread any
    AnswerSink &sink();
    /// Runs `work` in the door's thread and waits for it.
    void run(const std::function<void()> &work);
    QThread *thread() { return &m_thread; }

    /// Accepts no more and waits until the last answer is out, but not longer than `patience`.
    /// @return whether everything was answered
    bool drain(std::chrono::milliseconds patience);
    /// Closes all connections and ends the thread. Nobody may answer any more.
    void stop();

private:
    QThread m_thread;
    QObject m_inside; ///< lives in m_thread: the receiver of what is to run there
    std::unique_ptr<QtHttpAdapter> m_adapter;
};

} // namespace guildhall
