// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/message/message_lane.h"

#include "server/infrastructure/database/db_fault.h"
#include "server/infrastructure/logging/categories.h"
#include "server/infrastructure/metrics/metric_groups.h"
#include "server/infrastructure/runtime/clock.h"
#include "server/infrastructure/runtime/guarded.h"
#include "server/infrastructure/runtime/named_thread.h"
#include "server/infrastructure/runtime/snowflakes.h"
#include "server/modules/message/message_repository.h"
#include "shared/core/snowflake.h"

#include <algorithm>
#include <cmath>

namespace guildhall {

namespace {

/// How long a nonce is remembered. @source api.md 6.6
constexpr qint64 nonceMemoryMs = 5 * 60 * 1000;

/// Whether storing it asks for messages that are stored already, those of its own batch included.
bool looksForOthers(const MessageDraft &draft)
{
    return draft.slowMode.count() > 0 || draft.enforcedNonce.has_value();
}

} // namespace

MessageLane::MessageLane(const Kernel &kernel, std::chrono::milliseconds maxWait)
    : m_kernel(kernel)
    , m_maxWait(maxWait)
{ }

MessageLane::~MessageLane()
{
    stop();
}

void MessageLane::start()
{
    m_giveUpAt = Time::max();
    m_queue.open();
    m_thread = startNamedThread("messages",
                                {{},
                                 [this] {
                                     m_kernel.database.closeThreadSession();
                                 }},
                                [this] { work(); });
}

void MessageLane::stop(std::chrono::milliseconds patience)
{
    m_giveUpAt = std::chrono::steady_clock::now() + patience;
    m_queue.close();
    if (m_thread.joinable())
        m_thread.join();
}

ApiError MessageLane::unavailable()
{
    ApiError error = makeError(ErrorCode::Unavailable);
    error.retryAfter = 1;
    return error;
}

ApiError MessageLane::refusalOfFault()
{
    try {
        throw;
    } catch (const db::DbFault &fault) {
        if (fault.isForeignKeyViolation("messages_channel_id_fkey")
            || fault.isForeignKeyViolation("message_nonces_channel_id_fkey"))
            return makeError(ErrorCode::UnknownChannel);
        qCWarning(lcMessage) << "the lane failed:" << fault.what();
        return fault.isTemporary() ? unavailable() : makeError(ErrorCode::Internal);
    } catch (const std::exception &bug) {
        qCCritical(lcMessage) << "the lane failed:" << bug.what();
        return makeError(ErrorCode::Internal);
    }
}

Later<Result<StoredMessage>> MessageLane::post(MessageDraft draft)
{
    const Later<Outcome>::Promise promise;
    if (!m_queue.push(Waiting{std::move(draft), promise}))
        promise.fulfil(tl::unexpected<ApiError>(unavailable()));
    return promise.later();
}

void MessageLane::work()
{
    // Messages in a row go together; a task goes alone.
    const auto goTogether = [](const Item &first, const Item &next) {
        return std::holds_alternative<Waiting>(first) && std::holds_alternative<Waiting>(next);
    };
    while (true) {
        std::vector<Item> items = m_queue.take(maxBatch, goTogether);
        if (items.empty())
            return;
        // Whatever one turn throws must not end the lane: nobody could post any more.
        if (!runGuarded("a turn of the message lane", [&] { take(items); }))
            refuse(items);
    }
}

/// Those who have been answered do not notice.
void MessageLane::refuse(std::span<const Item> items)
{
    for (const Item &item : items) {
        if (const Task *task = std::get_if<Task>(&item))
            runGuarded("the answer to a task", task->refuse);
        else
            answer(std::get<Waiting>(item), tl::unexpected<ApiError>(unavailable()));
    }
}

void MessageLane::take(std::vector<Item> &items)
{
    if (const Task *task = std::get_if<Task>(&items.front()))
        return isLate(task->since) ? task->refuse() : task->run();
    std::vector<Waiting *> batch;
    for (Item &item : items) {
        Waiting &waiting = std::get<Waiting>(item);
        if (isLate(waiting.since))
            answer(waiting, tl::unexpected<ApiError>(unavailable()));
        else
            batch.push_back(&waiting);
    }
    if (!batch.empty())
        storeBatch(batch);
}

bool MessageLane::isLate(Time since) const
{
    const Time now = std::chrono::steady_clock::now();
    return now - since > m_maxWait || now > m_giveUpAt.load();
}

/// Who waits is told in this thread, and what that throws is no affair of the others in the batch.
void MessageLane::answer(const Waiting &waiting, Outcome outcome)
{
    runGuarded("the answer to a message", [&] { waiting.promise.fulfil(std::move(outcome)); });
}

void MessageLane::storeBatch(std::span<Waiting *const> batch)
{
    auto outcomes = guarded<std::vector<Outcome>>([&] { return storeMeasured(batch); });
    if (outcomes) {
        for (size_t i = 0; i < batch.size(); ++i)
            answer(*batch[i], std::move((*outcomes)[i]));
    } else if (batch.size() == 1 || outcomes.error().code == ErrorCode::Unavailable) {
        // When the database went away nobody knows what it kept: storing again could double it.
        for (Waiting *waiting : batch)
            answer(*waiting, tl::unexpected<ApiError>(outcomes.error()));
    } else {
        // One of them is at fault; the others must not suffer for it.
        for (Waiting *const &waiting : batch)
            storeBatch({&waiting, 1});
    }
}

Result<std::vector<MessageLane::Outcome>>
MessageLane::storeMeasured(std::span<Waiting *const> batch)
{
    const auto since = std::chrono::steady_clock::now();
    auto outcomes = storeInOneCommit(batch);
    if (m_metrics && outcomes) {
        const auto took = std::chrono::steady_clock::now() - since;
        m_metrics->batchSize.Observe(double(batch.size()));
        m_metrics->batchSeconds.Observe(std::chrono::duration<double>(took).count());
    }
    return outcomes;
}

Result<std::vector<MessageLane::Outcome>>
MessageLane::storeInOneCommit(std::span<Waiting *const> batch)
{
    return m_kernel.database.transact(
        [&](db::Tx &tx) -> Result<std::vector<Outcome>> {
            std::vector<Outcome> outcomes;
            std::vector<MessageRecord> records;
            std::vector<AnyEvent> events;
            for (Waiting *waiting : batch) {
                if (looksForOthers(waiting->draft) && !records.empty()) {
                    MessageRepository::insert(tx, records);
                    records.clear();
                }
                outcomes.push_back(prepare(tx, waiting->draft));
                if (!outcomes.back() || !outcomes.back()->created)
                    continue;
                records.push_back(waiting->draft.record);
                events.push_back(AnyEvent::of(MessageCreated{{*outcomes.back()->created}}));
            }
            if (!records.empty())
                MessageRepository::insert(tx, records);
            if (!events.empty())
                tx.publishAllOnCommit(std::move(events));
            return outcomes;
        },
        inLane);
}

MessageLane::Outcome MessageLane::prepare(db::Tx &tx, MessageDraft &draft)
{
    MessageRecord &record = draft.record;
    record.id = m_kernel.ids.next<MessageId>();
    record.createdAt = createdAt(record.id);
    if (draft.enforcedNonce) {
        if (const auto twin = twinOf(tx, draft))
            return StoredMessage{std::nullopt, *twin};
    }
    GH_CHECK(checkSlowMode(tx, draft)); // after the twin, which makes no message
    StoredMessage stored{draft.shown, MessageId()};
    stored.created->id = record.id;
    stored.created->timestamp = record.createdAt;
    return stored;
}

std::optional<MessageId> MessageLane::twinOf(db::Tx &tx, const MessageDraft &draft)
{
    const MessageRecord &record = draft.record;
    const Timestamp forgottenBefore{record.createdAt.ms - nonceMemoryMs};
    if (MessageRepository::claimNonce(tx, record, *draft.enforcedNonce, forgottenBefore))
        return std::nullopt;
    // Whoever had it has committed, and its row is ours until we commit. Only now can be seen
    // whether its message is still there.
    if (const auto twin = MessageRepository::messageOfNonce(tx, record, *draft.enforcedNonce))
        return twin;
    MessageRepository::takeNonceOver(tx, record, *draft.enforcedNonce);
    return std::nullopt;
}

Result<void> MessageLane::checkSlowMode(db::Tx &tx, const MessageDraft &draft)
{
    if (draft.slowMode.count() == 0)
        return {};
    const qint64 nowMs = m_kernel.clock.now().ms;
    const qint64 waitMs = std::chrono::milliseconds(draft.slowMode).count();
    const auto since = firstIdAt<MessageId>(Timestamp{nowMs - waitMs + 1});
    const auto earlier
        = MessageRepository::postedSince(tx, draft.record.channel, draft.record.author, since);
    if (!earlier)
        return {};
    ApiError error = makeError(ErrorCode::SlowMode);
    error.retryAfter = std::max(0.001, double(createdAt(*earlier).ms + waitMs - nowMs) / 1000.0);
    return tl::unexpected<ApiError>(std::move(error));
}

} // namespace guildhall
