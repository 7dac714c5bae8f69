// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/runtime/named_thread.h"

#include <QByteArray>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace guildhall {

/// Hears what a pool does; for metrics. Called from any thread, must not throw nor block.
class WorkerPoolObserver {
public:
    virtual ~WorkerPoolObserver() = default;
    virtual void jobQueued() = 0;
    virtual void jobBegan(std::chrono::nanoseconds waited) = 0;
    virtual void jobEnded(std::chrono::nanoseconds ran, bool faulted) = 0;
    virtual void jobRefused() = 0;
    /// Waiting jobs left the queue without having run: the pool closed, or they had expired.
    virtual void jobsDiscarded(size_t count) = 0;
};

/// A fixed number of threads that take jobs from one bounded queue, in order.
///
/// A job runs with the request id its submitter had (WorkerContext). What it throws is logged,
/// counted and goes no further.
class WorkerPool {
public:
    using Job = std::function<void()>;

    /// @param name       of the threads ("api" gives api-0, api-1…) and in the log
    /// @param threads    at least 1
    /// @param queueLimit jobs that may wait, not counting those that run; at least 1
    /// @param hooks      run in each thread, before its first and after its last job
    /// @param observer   not owned, outlives the pool; may be null
    WorkerPool(std::string name, int threads, size_t queueLimit, ThreadHooks hooks = {},
               WorkerPoolObserver *observer = nullptr);
    /// As stop().
    ~WorkerPool();
    WorkerPool(const WorkerPool &) = delete;
    WorkerPool &operator=(const WorkerPool &) = delete;

    /// Puts a job at the end of the queue.
    /// @return false when the queue is full or the pool is closed; the job is then gone
    /// @thread any, also a job of this pool
    [[nodiscard]] bool submit(Job job);
    /// The same for a job that somebody waits for: when it has not begun within `patience`,
    /// `expired` runs in its stead. That is to be quick, and runs in a thread of the pool or in
    /// expireWaiting().
    [[nodiscard]] bool submit(Job job, std::chrono::milliseconds patience, Job expired);
    /// Ends the waiting of jobs that have expired. To be called a few times a second, since all
    /// threads of the pool may be stuck. @thread any
    void expireWaiting();

    /// Refuses new jobs from now on and waits until those it has are done, but not longer than
    /// `timeout`; what then still waits is thrown away. The threads end.
    /// @return whether every job was done
    /// @thread any but the pool's own
    bool drain(std::chrono::milliseconds timeout);
    /// Refuses new jobs, throws the waiting ones away, and returns when the running ones are done.
    /// @thread any but the pool's own
    void stop();

    size_t queueLength() const;
    size_t queueLimit() const { return m_queueLimit; }
    int threadCount() const { return int(m_threads.size()); }
    /// Jobs that ended by an exception since the start.
    quint64 faultCount() const { return m_faults.load(std::memory_order_relaxed); }

private:
    using Time = std::chrono::steady_clock::time_point;
    struct Waiting {
        Job job;
        Job expired;
        QByteArray requestId;
        Time since;
        Time expiresAt;
    };

    bool enqueue(Waiting waiting);
    void work();
    void run(Waiting &waiting);
    void expire(Waiting &waiting);
    void finished(size_t jobs);
    void close();

    const std::string m_name;
    const size_t m_queueLimit;
    WorkerPoolObserver *const m_observer;
    std::atomic<quint64> m_faults{0};

    mutable std::mutex m_mutex;
    std::condition_variable m_wake; ///< a job came, or the pool was closed
    std::condition_variable m_idle; ///< nothing waits and nothing runs
    std::deque<Waiting> m_queue;
    size_t m_running = 0; ///< those that expire just now included
    bool m_accepting = true;
    bool m_closed = false;

    std::vector<std::thread> m_threads; ///< last: they use all of the above
};

} // namespace guildhall
