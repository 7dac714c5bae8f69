// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/database/session.h"
#include "server/infrastructure/events/event_bus.h"
#include "shared/core/result.h"

#include <functional>
#include <vector>

namespace guildhall::db {

template <typename T>
inline constexpr bool isResult = false;
template <typename T>
inline constexpr bool isResult<Result<T>> = true;

/// An open transaction, made by Database::transact. What has an effect outside of the database
/// belongs into publishOnCommit or afterCommit: the function that got the Tx may be run twice.
/// @thread the session's
class Tx final : public Executor {
public:
    Q_DISABLE_COPY_MOVE(Tx)
    ~Tx() override; ///< rolls back what was not committed

    ResultSet run(const Query &query, std::span<const Bind *const> binds) override;

    /// Runs the several statements of `script.text` as they are, without binds; for migrations.
    /// They must not end the transaction.
    void runScript(const Query &script);

    /// Hands the event to its Hear-in-transaction listeners now, and to everybody after the commit.
    template <Event E>
    void publishOnCommit(E event)
    {
        publishAllOnCommit({AnyEvent::of(std::move(event))});
    }
    /// The same for a batch; its events are all of one type, and the listeners get them as one
    /// list.
    void publishAllOnCommit(std::vector<AnyEvent> events);
    /// Run in this thread after the commit and after the events have left. Must not throw.
    void afterCommit(std::function<void()> work) { m_afterCommit.push_back(std::move(work)); }

    /// Runs `work()` under a savepoint. When it throws, or returns a refusal, everything it did
    /// here is undone (events it published included) and the transaction can go on. For an INSERT
    /// whose unique violation is an outcome.
    template <typename Work>
    auto attempt(Work &&work)
    {
        Savepoint savepoint(*this);
        if constexpr (std::is_void_v<std::invoke_result_t<Work &>>) {
            work();
            savepoint.release();
        } else {
            auto value = work();
            if constexpr (isResult<decltype(value)>) {
                if (!value)
                    return value;
            }
            savepoint.release();
            return value;
        }
    }

private:
    friend class Database;
    enum class Isolation { ReadCommitted, Snapshot };

    class Savepoint {
    public:
        explicit Savepoint(Tx &tx);
        ~Savepoint();
        Q_DISABLE_COPY_MOVE(Savepoint)
        void release();

    private:
        Tx &m_tx;
        size_t m_events;
        size_t m_works;
        bool m_released = false;
    };

    Tx(Session &session, EventBus &bus, Isolation isolation);
    /// @throws DbFault; OutcomeUnknown when the connection was lost on the way
    void commit();
    std::span<const AnyEvent> events() const { return m_events; }
    /// @return false: somebody did not hear an event that is stored
    bool publish();
    void runWhatFollows();
    void rollBack() noexcept;

    Session &m_session;
    EventBus &m_bus;
    std::vector<AnyEvent> m_events;
    std::vector<std::function<void()>> m_afterCommit;
    bool m_open = false;
};

} // namespace guildhall::db
