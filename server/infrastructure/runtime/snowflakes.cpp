// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/runtime/snowflakes.h"

#include "server/infrastructure/fault.h"
#include "shared/core/snowflake.h"

namespace guildhall {

namespace {

quint64 nodeBitsOf(int nodeId, int shift)
{
    if (nodeId < 0 || nodeId > Snowflakes::maxNodeId)
        throw Fault("node id " + std::to_string(nodeId) + " is not within 0...31");
    return quint64(nodeId) << shift;
}

} // namespace

Snowflakes::Snowflakes(int nodeId, const Clock &clock)
    : m_clock(clock)
    , m_nodeBits(nodeBitsOf(nodeId, nodeShift))
{ }

quint64 Snowflakes::nextValue()
{
    const qint64 sinceEpoch = std::max<qint64>(m_clock.now().ms - snowflakeEpochMs, 0);
    const quint64 clockPosition = quint64(sinceEpoch) << sequenceBits;
    quint64 previous = m_position.load(std::memory_order_relaxed);
    quint64 position = 0;
    do {
        position = std::max(previous + 1, clockPosition);
    } while (!m_position.compare_exchange_weak(previous, position, std::memory_order_acq_rel,
                                               std::memory_order_relaxed));
    const quint64 sequenceMask = (quint64(1) << sequenceBits) - 1;
    return (position >> sequenceBits << timeShift) | m_nodeBits | (position & sequenceMask);
}

void Snowflakes::raiseToValue(quint64 id)
{
    if (id == 0)
        return;
    // The whole millisecond counts as used: within it another node's id may be greater than ours.
    const quint64 sequenceMask = (quint64(1) << sequenceBits) - 1;
    const quint64 floor = (id >> timeShift << sequenceBits) | sequenceMask;
    quint64 previous = m_position.load(std::memory_order_relaxed);
    while (previous < floor
           && !m_position.compare_exchange_weak(previous, floor, std::memory_order_acq_rel,
                                                std::memory_order_relaxed)) { }
}

} // namespace guildhall
