// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/user_lanes.h"

#include "server/infrastructure/runtime/guarded.h"
#include "server/infrastructure/runtime/worker_pool.h"

namespace guildhall::realtime {

std::shared_ptr<UserLanes> UserLanes::create(WorkerPool &pool)
{
    return std::shared_ptr<UserLanes>(new UserLanes(pool));
}

void UserLanes::post(UserId user, Job job)
{
    {
        const std::scoped_lock lock(m_mutex);
        std::deque<Job> &lane = m_lanes[user];
        lane.push_back(std::move(job));
        if (lane.size() > 1)
            return; // whoever runs the lane comes to it
    }
    submit(user);
}

void UserLanes::submit(UserId user)
{
    if (m_pool.submit([self = shared_from_this(), user] { self->run(user); }))
        return;
    const std::scoped_lock lock(m_mutex);
    m_refused.push_back(user);
}

void UserLanes::run(UserId user)
{
    Job job;
    {
        const std::scoped_lock lock(m_mutex);
        job = std::move(m_lanes[user].front());
    }
    runGuarded("a job for a gateway session", job);
    job = nullptr; // what it holds goes before the next one starts
    {
        const std::scoped_lock lock(m_mutex);
        std::deque<Job> &lane = m_lanes[user];
        lane.pop_front();
        if (lane.empty()) {
            m_lanes.erase(user);
            return;
        }
    }
    submit(user); // to the end of the pool's queue: a busy user does not hold a worker
}

void UserLanes::retry()
{
    std::vector<UserId> refused;
    {
        const std::scoped_lock lock(m_mutex);
        refused.swap(m_refused);
    }
    for (const UserId user : refused)
        submit(user);
}

} // namespace guildhall::realtime
