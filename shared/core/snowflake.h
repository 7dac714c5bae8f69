// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/id.h"
#include "shared/core/timestamp.h"

namespace guildhall {

/// First millisecond of 2015, UTC. @source api.md 1.2
inline constexpr qint64 snowflakeEpochMs = 1420070400000;

/// When the thing with this id was made.
template <typename Tag>
constexpr Timestamp createdAt(Id<Tag> id)
{
    return Timestamp{qint64(id.value() >> 22) + snowflakeEpochMs};
}

/// The smallest id that anything made at `time` can have; for "older than" by id.
template <typename AnyId>
constexpr AnyId firstIdAt(Timestamp time)
{
    return AnyId(time.ms <= snowflakeEpochMs ? 0 : quint64(time.ms - snowflakeEpochMs) << 22);
}

} // namespace guildhall
