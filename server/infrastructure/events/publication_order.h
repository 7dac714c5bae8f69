// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/events/event.h"

#include <array>
#include <mutex>
#include <span>
#include <vector>

namespace guildhall {

/// Lets events leave in the order of the commits that they tell of.
///
/// COMMIT releases the row locks that put two changes of one thing in order; whoever waited for
/// them could publish before the first one does, and clients would end with the older state. So who
/// commits takes a turn first, among those whose events are about the same guilds or people, and
/// gives it up when its events are posted. Row locks are always taken before a turn, never inside
/// one, so the two cannot wait for each other.
/// @thread any
class PublicationOrder {
public:
    /// A turn; it ends with this value.
    using Turn = std::vector<std::unique_lock<std::mutex>>;
    /// Waits for it. Events that nobody outside of the daemon hears need none.
    Turn take(std::span<const AnyEvent> events);

private:
    /// Guilds and people share them by their ids; some wait for strangers, which is harmless.
    std::array<std::mutex, 128> m_gates;
};

} // namespace guildhall
