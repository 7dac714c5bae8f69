// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/later.h"
#include "server/infrastructure/database/database.h"
#include "server/infrastructure/runtime/bounded_queue.h"
#include "server/modules/kernel.h"
#include "server/modules/message/message_events.h"
#include "server/modules/message/message_record.h"
#include "shared/core/result.h"

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <thread>
#include <variant>
#include <vector>

namespace guildhall {

struct LaneMetrics;

/// A message that was judged and waits to be stored. The lane gives it its id and its time.
struct MessageDraft {
    MessageRecord record;
    MessageInGuild shown; ///< what clients will see; id and time are filled in by the lane
    std::optional<QByteArray> enforcedNonce;
    std::chrono::seconds slowMode{0}; ///< the author's wait between two messages; 0: none
};

/// What became of a draft.
struct StoredMessage {
    std::optional<MessageInGuild> created;
    MessageId existing; ///< when nothing was created: the message that has the nonce already
};

/// Where messages are written: one thread that takes all that waits and stores it by one commit.
///
/// Group commit makes many small messages cheap, and one writer gives every channel one order: ids
/// rise with it, and events leave in it. Edits and deletions run here too, each in a transaction of
/// its own, so that their events keep that order.
class MessageLane {
public:
    explicit MessageLane(const Kernel &kernel);
    /// As stop().
    ~MessageLane();
    MessageLane(const MessageLane &) = delete;
    MessageLane &operator=(const MessageLane &) = delete;

    /// @param metrics outlives it. @thread main, before start()
    void measureWith(LaneMetrics &metrics) { m_metrics = &metrics; }

    void start();
    /// Writes what waits, takes no more, and returns when the thread has ended.
    void stop();

    /// @error Unavailable     the lane is full or stopped, or the database cannot serve
    /// @error UnknownChannel  the channel was deleted meanwhile
    /// @error SlowMode        the author has to wait
    /// @event MessageCreated, in the order of ids
    /// @thread any
    Later<Result<StoredMessage>> post(MessageDraft draft);

    /// Runs `work` in a transaction of its own, when its turn comes. @error as `work`; Unavailable
    /// @thread any
    template <typename T>
    Later<Result<T>> run(std::function<Result<T>(db::Tx &)> work)
    {
        const typename Later<Result<T>>::Promise promise;
        const bool queued = m_queue.push(Task([this, promise, work = std::move(work)] {
            promise.fulfil(guarded<T>([&] { return m_kernel.database.transact(work); }));
        }));
        if (!queued)
            promise.fulfil(tl::unexpected<ApiError>(unavailable()));
        return promise.later();
    }

private:
    using Outcome = Result<StoredMessage>;
    struct Waiting {
        MessageDraft draft;
        Later<Outcome>::Promise promise;
    };
    using Task = std::function<void()>;
    using Item = std::variant<Waiting, Task>;

    static constexpr size_t maxBatch = 64; ///< messages in one commit
    static constexpr size_t maxWaiting = 10000;

    void work();
    void storeBatch(std::span<Waiting *const> batch);
    Result<std::vector<Outcome>> storeMeasured(std::span<Waiting *const> batch);
    Result<std::vector<Outcome>> storeInOneCommit(std::span<Waiting *const> batch);
    Outcome prepare(db::Tx &tx, MessageDraft &draft);
    /// @return the message that has the draft's nonce already
    std::optional<MessageId> twinOf(db::Tx &tx, const MessageDraft &draft);
    Result<void> checkSlowMode(db::Tx &tx, const MessageDraft &draft);

    static ApiError unavailable();
    /// The refusal a client gets for what `work` throws. To be called in a catch clause.
    static ApiError refusalOfFault();
    template <typename T, typename Work>
    static Result<T> guarded(const Work &work)
    {
        try {
            return work();
        } catch (...) {
            return tl::unexpected<ApiError>(refusalOfFault());
        }
    }

    Kernel m_kernel;
    LaneMetrics *m_metrics = nullptr;
    BoundedQueue<Item> m_queue{maxWaiting};
    std::thread m_thread;
};

} // namespace guildhall
