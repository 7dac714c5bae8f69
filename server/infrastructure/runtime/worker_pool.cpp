// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/runtime/worker_pool.h"

#include "server/infrastructure/runtime/guarded.h"
#include "server/infrastructure/runtime/worker_context.h"

#include <algorithm>
#include <iterator>

namespace guildhall {

using SteadyClock = std::chrono::steady_clock;

WorkerPool::WorkerPool(std::string name, int threads, size_t queueLimit, ThreadHooks hooks,
                       WorkerPoolObserver *observer)
    : m_name(std::move(name))
    , m_queueLimit(queueLimit)
    , m_observer(observer)
{
    Q_ASSERT(threads >= 1 && queueLimit >= 1);
    m_threads.reserve(size_t(threads));
    for (int i = 0; i < threads; ++i) {
        m_threads.push_back(
            startNamedThread(m_name + '-' + std::to_string(i), hooks, [this] { work(); }));
    }
}

WorkerPool::~WorkerPool()
{
    stop();
}

void WorkerPool::stop()
{
    close();
    for (std::thread &thread : m_threads) {
        if (thread.joinable())
            thread.join();
    }
}

bool WorkerPool::submit(Job job)
{
    return enqueue({std::move(job), {}, {}, {}, Time::max()});
}

bool WorkerPool::submit(Job job, std::chrono::milliseconds patience, Job expired)
{
    return enqueue({std::move(job), std::move(expired), {}, {}, SteadyClock::now() + patience});
}

bool WorkerPool::enqueue(Waiting waiting)
{
    waiting.requestId = WorkerContext::requestId();
    waiting.since = SteadyClock::now();
    bool accepted = false;
    {
        const std::lock_guard lock(m_mutex);
        accepted = m_accepting && m_queue.size() < m_queueLimit;
        if (accepted)
            m_queue.push_back(std::move(waiting));
    }
    if (accepted)
        m_wake.notify_one();
    if (m_observer)
        accepted ? m_observer->jobQueued() : m_observer->jobRefused();
    return accepted;
}

void WorkerPool::expireWaiting()
{
    std::vector<Waiting> expired;
    {
        const std::lock_guard lock(m_mutex);
        const Time now = SteadyClock::now();
        const auto gone
            = std::stable_partition(m_queue.begin(), m_queue.end(), [now](const Waiting &waiting) {
                  return waiting.expiresAt > now;
              });
        std::move(gone, m_queue.end(), std::back_inserter(expired));
        m_queue.erase(gone, m_queue.end());
        m_running += expired.size();
    }
    for (Waiting &waiting : expired)
        expire(waiting);
    finished(expired.size());
}

bool WorkerPool::drain(std::chrono::milliseconds timeout)
{
    bool done = false;
    {
        std::unique_lock lock(m_mutex);
        m_accepting = false;
        done = m_idle.wait_for(lock, timeout, [this] { return m_queue.empty() && m_running == 0; });
    }
    close();
    return done;
}

size_t WorkerPool::queueLength() const
{
    const std::lock_guard lock(m_mutex);
    return m_queue.size();
}

void WorkerPool::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_closed || !m_queue.empty(); });
        if (m_queue.empty())
            return;
        Waiting next = std::move(m_queue.front());
        m_queue.pop_front();
        ++m_running;
        lock.unlock();
        if (next.expiresAt > SteadyClock::now())
            run(next);
        else
            expire(next);
        next = {}; // what it holds goes before it counts as done
        finished(1);
        lock.lock();
    }
}

void WorkerPool::finished(size_t jobs)
{
    const std::lock_guard lock(m_mutex);
    m_running -= jobs;
    if (m_running == 0 && m_queue.empty())
        m_idle.notify_all();
}

void WorkerPool::run(Waiting &waiting)
{
    const auto begin = SteadyClock::now();
    if (m_observer)
        m_observer->jobBegan(begin - waiting.since);
    const WorkerContext::Scope scope(std::move(waiting.requestId));
    const bool finished = runGuarded("a job of pool " + m_name, waiting.job);
    if (!finished)
        m_faults.fetch_add(1, std::memory_order_relaxed);
    if (m_observer)
        m_observer->jobEnded(SteadyClock::now() - begin, !finished);
}

void WorkerPool::expire(Waiting &waiting)
{
    if (m_observer)
        m_observer->jobsDiscarded(1);
    const WorkerContext::Scope scope(std::move(waiting.requestId));
    runGuarded("the end of the waiting in pool " + m_name, waiting.expired);
}

void WorkerPool::close()
{
    std::deque<Waiting> left;
    {
        const std::lock_guard lock(m_mutex);
        m_accepting = false;
        m_closed = true;
        left.swap(m_queue);
    }
    m_wake.notify_all();
    if (m_observer && !left.empty())
        m_observer->jobsDiscarded(left.size());
    // `left` dies outside the lock: what a job holds may do anything in its destructor.
}

} // namespace guildhall
