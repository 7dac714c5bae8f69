// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/runtime/periodic.h"

#include "server/infrastructure/runtime/guarded.h"

#include <algorithm>

namespace guildhall {

using SteadyClock = std::chrono::steady_clock;

Periodic::Periodic(std::string name, ThreadHooks hooks)
    : m_thread(startNamedThread(std::move(name), std::move(hooks), [this] { work(); }))
{ }

Periodic::~Periodic()
{
    stop();
}

void Periodic::every(std::string name, std::chrono::milliseconds interval,
                     std::function<void()> job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_tasks.push_back(
            {std::move(name), interval, std::move(job), SteadyClock::now() + interval});
    }
    m_wake.notify_one();
}

void Periodic::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

Periodic::Task *Periodic::earliest()
{
    const auto found = std::min_element(m_tasks.begin(), m_tasks.end(),
                                        [](const Task &a, const Task &b) { return a.due < b.due; });
    return found == m_tasks.end() ? nullptr : &*found;
}

void Periodic::work()
{
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        Task *const task = earliest();
        if (!task) {
            m_wake.wait(lock);
        } else if (SteadyClock::now() < task->due) {
            m_wake.wait_until(lock, task->due);
        } else {
            lock.unlock();
            runGuarded("the periodic job " + task->name, task->job);
            lock.lock();
            task->due = SteadyClock::now() + task->interval;
        }
    }
}

} // namespace guildhall
