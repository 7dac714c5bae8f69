// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/runtime/clock.h"
#include "shared/core/id.h"

#include <atomic>

namespace guildhall {

/// Makes ids: milliseconds since 2015 << 22 | node << 17 | sequence. Every id is greater than the
/// one before, in whichever thread it was made, also while the wall clock is set back and when 4096
/// ids of one millisecond are used up: then ids are borrowed from the milliseconds to come.
/// @thread any; lock-free
/// @source api.md 1.2
class Snowflakes {
public:
    static constexpr int maxNodeId = 31;

    /// @param nodeId 0…31, unique among the daemons on one database; throws Fault otherwise
    explicit Snowflakes(int nodeId, const Clock &clock = Clock::system());

    template <typename AnyId>
    AnyId next()
    {
        return AnyId(nextValue());
    }

    /// From now on ids are greater than `id`, whichever node made it. Called at start with the
    /// newest id in the database, so that a restart after the clock was set back stays in order.
    template <typename AnyId>
    void raiseTo(AnyId id)
    {
        raiseToValue(id.value());
    }

    int nodeId() const { return int(m_nodeBits >> nodeShift); }

private:
    static constexpr int timeShift = 22;
    static constexpr int nodeShift = 17;
    static constexpr int sequenceBits = 12;

    quint64 nextValue();
    void raiseToValue(quint64 id);

    const Clock &m_clock;
    const quint64 m_nodeBits;
    /// Milliseconds << 12 | sequence of the newest id: one number, so that "the next one" is an
    /// addition whose carry is the borrowing.
    std::atomic<quint64> m_position{0};
};

} // namespace guildhall
