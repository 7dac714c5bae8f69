// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/audience.h"
#include "server/infrastructure/events/event.h"

#include <mutex>
#include <vector>

namespace guildhall {
class EventBus;
}

namespace guildhall::realtime {

class Shard;

/// Takes every event of the bus, in the thread that committed it, to the shards that have sessions,
/// with the rights of that moment. All shards get events in the same order.
class Dispatcher {
public:
    /// Hears the bus from now on; it must be made after the modules that keep rights, so that
    /// theirs are renewed before an event is judged. The bus cannot forget it, so it lives as long.
    Dispatcher(EventBus &bus, RightsSource &rights, std::vector<Shard *> shards);

private:
    void dispatch(const AnyEvent &event);
    bool anySession() const;

    RightsSource &m_rights;
    const std::vector<Shard *> m_shards;
    std::mutex m_order; ///< two committing threads must not reach two shards in different orders
};

} // namespace guildhall::realtime
