// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/message/message_lane.h"

#include "server/infrastructure/database/db_fault.h"
#include "server/infrastructure/logging/categories.h"
#include "server/infrastructure/runtime/clock.h"
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

} // namespace

MessageLane::MessageLane(const Kernel &kernel)
    : m_kernel(kernel)
{ }

MessageLane::~MessageLane()
{
    stop();
}

void MessageLane::start()
{
    m_accepting = true;
    m_thread = startNamedThread("messages",
                                {{},
                                 [this] {
                                     m_kernel.database.closeThreadSession();
                                 }},
                                [this] { work(); });
}

void MessageLane::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_accepting = false;
    }
    m_more.notify_all();
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
        if (fault.isForeignKeyViolation("messages_channel_id_fkey"))
            return makeError(ErrorCode::UnknownChannel);
        qCWarning(lcMessage) << "the lane failed:" << fault.what();
        return fault.isTemporary() ? unavailable() : makeError(ErrorCode::Internal);
    } catch (const std::exception &bug) {
        qCCritical(lcMessage) << "the lane failed:" << bug.what();
        return makeError(ErrorCode::Internal);
    }
}

bool MessageLane::push(Item item)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_accepting || m_items.size() >= maxWaiting)
            return false;
        m_items.push_back(std::move(item));
    }
    m_more.notify_one();
    return true;
}

Later<Result<StoredMessage>> MessageLane::post(MessageDraft draft)
{
    const Later<Outcome>::Promise promise;
    if (!push(Waiting{std::move(draft), promise}))
        promise.fulfil(tl::unexpected<ApiError>(unavailable()));
    return promise.later();
}

/// Either some messages in a row, or one task; empty when the lane has ended.
std::vector<MessageLane::Item> MessageLane::takeSome()
{
    std::unique_lock lock(m_mutex);
    m_more.wait(lock, [this] { return !m_items.empty() || !m_accepting; });
    std::vector<Item> some;
    while (!m_items.empty() && some.size() < maxBatch) {
        const bool isTask = std::holds_alternative<Task>(m_items.front());
        if (isTask && !some.empty())
            break;
        some.push_back(std::move(m_items.front()));
        m_items.pop_front();
        if (isTask)
            break;
    }
    return some;
}

void MessageLane::work()
{
    for (auto items = takeSome(); !items.empty(); items = takeSome()) {
        if (const Task *task = std::get_if<Task>(&items.front())) {
            (*task)();
            continue;
        }
        std::vector<Waiting *> batch;
        for (Item &item : items)
            batch.push_back(&std::get<Waiting>(item));
        storeBatch(batch);
    }
}

void MessageLane::storeBatch(std::span<Waiting *const> batch)
{
    auto outcomes = guarded<std::vector<Outcome>>([&] { return storeInOneCommit(batch); });
    if (outcomes) {
        for (size_t i = 0; i < batch.size(); ++i)
            batch[i]->promise.fulfil(std::move((*outcomes)[i]));
    } else if (batch.size() == 1) {
        batch.front()->promise.fulfil(tl::unexpected<ApiError>(std::move(outcomes.error())));
    } else {
        // One of them is at fault; the others must not suffer for it.
        for (Waiting *const &waiting : batch)
            storeBatch({&waiting, 1});
    }
}

Result<std::vector<MessageLane::Outcome>>
MessageLane::storeInOneCommit(std::span<Waiting *const> batch)
{
    return m_kernel.database.transact([&](db::Tx &tx) -> Result<std::vector<Outcome>> {
        std::vector<Outcome> outcomes;
        std::vector<MessageRecord> records;
        std::vector<AnyEvent> events;
        for (Waiting *waiting : batch) {
            outcomes.push_back(prepare(tx, waiting->draft));
            if (!outcomes.back() || !outcomes.back()->created)
                continue;
            records.push_back(waiting->draft.record);
            events.push_back(AnyEvent::of(MessageCreated{{*outcomes.back()->created}}));
            // Whoever waits between messages has to see the one before, so it goes in at once.
            if (waiting->draft.slowMode.count() > 0) {
                MessageRepository::insert(tx, records);
                records.clear();
            }
        }
        if (!records.empty())
            MessageRepository::insert(tx, records);
        if (!events.empty())
            tx.publishAllOnCommit(std::move(events));
        return outcomes;
    });
}

MessageLane::Outcome MessageLane::prepare(db::Tx &tx, MessageDraft &draft)
{
    GH_CHECK(checkSlowMode(tx, draft));
    MessageRecord &record = draft.record;
    record.id = m_kernel.ids.next<MessageId>();
    record.createdAt = createdAt(record.id);
    if (draft.enforcedNonce) {
        const Timestamp forgottenBefore{record.createdAt.ms - nonceMemoryMs};
        if (!MessageRepository::claimNonce(tx, record, *draft.enforcedNonce, forgottenBefore)) {
            const auto existing = MessageRepository::messageOfNonce(
                tx, record.channel, record.author, *draft.enforcedNonce);
            return StoredMessage{std::nullopt, existing.value_or(MessageId())};
        }
    }
    StoredMessage stored{draft.shown, MessageId()};
    stored.created->id = record.id;
    stored.created->timestamp = record.createdAt;
    return stored;
}

Result<void> MessageLane::checkSlowMode(db::Tx &tx, const MessageDraft &draft)
{
    if (draft.slowMode.count() == 0)
        return {};
    const qint64 nowMs = m_kernel.clock.now().ms;
    const qint64 waitMs = std::chrono::milliseconds(draft.slowMode).count();
    const auto since = firstIdAt<MessageId>(Timestamp{nowMs - waitMs});
    const auto earlier
        = MessageRepository::postedSince(tx, draft.record.channel, draft.record.author, since);
    if (!earlier)
        return {};
    ApiError error = makeError(ErrorCode::SlowMode);
    error.retryAfter = std::max(0.001, double(createdAt(*earlier).ms + waitMs - nowMs) / 1000.0);
    return tl::unexpected<ApiError>(std::move(error));
}

} // namespace guildhall
