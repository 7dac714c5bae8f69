// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/runtime/named_thread.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>

namespace guildhall {

/// Jobs that run again and again, one after the other, in a thread of their own. Times that pass
/// while a job runs are not made up for. What a job throws is logged; it runs again all the same.
/// Whether only one daemon of several should do it is the job's own affair (an advisory lock).
class Periodic {
public:
    /// @param name  of the thread
    /// @param hooks run in the thread, before the first and after the last job
    explicit Periodic(std::string name, ThreadHooks hooks = {});
    /// As stop().
    ~Periodic();
    Periodic(const Periodic &) = delete;
    Periodic &operator=(const Periodic &) = delete;

    /// Runs `job` every `interval`, counted from the end of one run to the begin of the next, for
    /// the first time one interval from now. @thread any
    void every(std::string name, std::chrono::milliseconds interval, std::function<void()> job);

    /// Runs no job any more, and returns when the running one is done. May be called twice.
    /// @thread any but a job's own
    void stop();

private:
    struct Task {
        std::string name;
        std::chrono::milliseconds interval;
        std::function<void()> job;
        std::chrono::steady_clock::time_point due;
    };

    void work();
    Task *earliest();

    std::mutex m_mutex;
    std::condition_variable m_wake; ///< a task came, or it is time to stop
    std::list<Task> m_tasks; ///< a list: the running task keeps its place while others come
    bool m_stopping = false;
    std::thread m_thread; ///< last: it uses all of the above
};

} // namespace guildhall
