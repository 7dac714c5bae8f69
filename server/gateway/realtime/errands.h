// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

class QObject;

namespace guildhall {
class WorkerPool;
}

namespace guildhall::realtime {

class ShardMailbox;

/// Sends work to the pool and brings what it found back to the shard. A full pool or a fault is
/// waited out: the work is tried again until patience ends.
/// @thread the shard's
class Errands {
public:
    /// @param context of the shard's thread; ends waits when it goes
    Errands(WorkerPool &pool, std::shared_ptr<ShardMailbox> mailbox, QObject *context,
            std::chrono::milliseconds patience);

    /// @param what for the log, when it fails
    /// @param work may run more than once
    /// @param done gets its result in the shard, nullopt when it could not be had
    template <typename T>
    void run(const char *what, std::function<T()> work, std::function<void(std::optional<T>)> done)
    {
        auto result = std::make_shared<std::optional<T>>();
        start(
            what, [result, work = std::move(work)] { result->emplace(work()); },
            [result, done = std::move(done)] { done(std::move(*result)); });
    }

private:
    struct Errand;

    void start(const char *what, std::function<void()> work, std::function<void()> done);
    void attempt(const std::shared_ptr<Errand> &errand);
    void returned(const std::shared_ptr<Errand> &errand, bool succeeded);
    void retryLater(const std::shared_ptr<Errand> &errand);

    WorkerPool &m_pool;
    std::shared_ptr<ShardMailbox> m_mailbox;
    QObject *m_context;
    std::chrono::milliseconds m_patience;
};

} // namespace guildhall::realtime
