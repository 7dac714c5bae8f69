// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace guildhall::realtime {

/// What the sockets of a shard were sent, and what they were not, since somebody looked. Plain
/// numbers of one thread, as they are raised with each send.
struct Traffic {
    quint64 dispatches = 0; ///< given to sockets
    quint64 bytes = 0; ///< taken by the system
    quint64 droppedTooSlow = 0; ///< payloads for clients that took too little
    quint64 droppedGone = 0; ///< payloads for clients that left before they took them
};

} // namespace guildhall::realtime
