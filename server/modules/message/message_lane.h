// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/later.h"
#include "server/infrastructure/database/database.h"
#include "server/infrastructure/runtime/bounded_queue.h"
#include "server/modules/kernel.h"
#include "server/modules/message/message_events.h"
#include "server/modules/message/message_record.h"
#include "shared/core/result.h"

#include <atomic>
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
    /// @param maxWait what waits longer is refused, so that nobody has to wait for all that came
    /// before to fail, one batch after the other, when the database is away
    explicit MessageLane(const Kernel &kernel,
                         std::chrono::milliseconds maxWait = std::chrono::milliseconds(2500));
    /// As stop().
    ~MessageLane();
    MessageLane(const MessageLane &) = delete;
    MessageLane &operator=(const MessageLane &) = delete;

    /// @param metrics outlives it. @thread main, before start()
    void measureWith(LaneMetrics &metrics) { m_metrics = &metrics; }

    void start();
    /// Takes no more, writes what waits and returns when the thread has ended. What waits longer
    /// than `patience` is refused: it was not acknowledged.
    void stop(std::chrono::milliseconds patience = std::chrono::seconds(5));

    /// @error Unavailable     the lane is full, late or stopped, or the database cannot serve
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
        Task task{[this, promise, work = std::move(work)] {
                      promise.fulfil(
                          guarded<T>([&] { return m_kernel.database.transact(work, inLane); }));
                  },
                  [promise] {
                      promise.fulfil(tl::unexpected<ApiError>(unavailable()));
                  }};
        if (!m_queue.push(std::move(task)))
            promise.fulfil(tl::unexpected<ApiError>(unavailable()));
        return promise.later();
    }

private:
    using Outcome = Result<StoredMessage>;
    using Time = std::chrono::steady_clock::time_point;
    struct Waiting {
        MessageDraft draft;
        Later<Outcome>::Promise promise;
        Time since = std::chrono::steady_clock::now();
    };
    struct Task {
        std::function<void()> run;
        std::function<void()> refuse;
        Time since = std::chrono::steady_clock::now();
    };
    using Item = std::variant<Waiting, Task>;

    /// Its one thread is the order, and waits for no other's events.
    static constexpr auto inLane = db::Database::Ordering::ByCaller;
    static constexpr size_t maxBatch = 64; ///< messages in one commit
    static constexpr size_t maxWaiting = 10000;

    void work();
    void take(std::vector<Item> &items);
    static void refuse(std::span<const Item> items);
    bool isLate(Time since) const;
    static void answer(const Waiting &waiting, Outcome outcome);
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
    const std::chrono::milliseconds m_maxWait;
    BoundedQueue<Item> m_queue{maxWaiting};
    std::atomic<Time> m_giveUpAt{Time::max()}; ///< set when it stops
    std::thread m_thread;
};

} // namespace guildhall
