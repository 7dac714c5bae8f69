// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/runtime/worker_pool.h"

#include "server/infrastructure/runtime/guarded.h"
#include "server/infrastructure/runtime/worker_context.h"

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
    close();
    for (std::thread &thread : m_threads) {
        if (thread.joinable())
            thread.join();
    }
}

bool WorkerPool::submit(Job job)
{
    bool accepted = false;
    {
        const std::lock_guard lock(m_mutex);
        accepted = m_accepting && m_queue.size() < m_queueLimit;
        if (accepted)
            m_queue.push_back({std::move(job), WorkerContext::requestId(), SteadyClock::now()});
    }
    if (accepted)
        m_wake.notify_one();
    if (m_observer)
        accepted ? m_observer->jobQueued() : m_observer->jobRefused();
    return accepted;
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
        run(std::move(next));
        lock.lock();
        --m_running;
        if (m_running == 0 && m_queue.empty())
            m_idle.notify_all();
    }
}

void WorkerPool::run(Waiting waiting)
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
