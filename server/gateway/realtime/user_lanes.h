// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace guildhall {
class WorkerPool;
}

namespace guildhall::realtime {

/// Runs jobs in the pool, those of one user in order and never two at a time; those of different
/// users beside each other. What modules do for a session goes through here.
/// @thread any
class UserLanes : public std::enable_shared_from_this<UserLanes> {
public:
    using Job = std::function<void()>;

    /// @param pool outlives every lane
    static std::shared_ptr<UserLanes> create(WorkerPool &pool);

    /// What `job` throws is logged.
    void post(UserId user, Job job);
    /// Tries again those whom the pool refused because it was full. To be called now and then.
    void retry();

private:
    explicit UserLanes(WorkerPool &pool)
        : m_pool(pool)
    { }
    void submit(UserId user);
    void run(UserId user);

    WorkerPool &m_pool;
    std::mutex m_mutex;
    std::unordered_map<UserId, std::deque<Job>>
        m_lanes; ///< the first job of each runs, or is about to
    std::vector<UserId> m_refused; ///< lanes that wait for retry()
};

} // namespace guildhall::realtime
