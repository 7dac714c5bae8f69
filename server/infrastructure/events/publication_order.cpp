// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/infrastructure/events/publication_order.h"

#include <set>

namespace guildhall {

PublicationOrder::Turn PublicationOrder::take(std::span<const AnyEvent> events)
{
    std::set<size_t> gates; // in one order for all, or two could wait for each other
    const auto add = [&](auto id) {
        gates.insert(qHash(id) % m_gates.size()); // mixed: the low bits of many ids are 0
    };
    for (const AnyEvent &event : events) {
        const Audience &audience = event.audience();
        if (!audience.guild.isNull())
            add(audience.guild);
        for (const UserId user : audience.users)
            add(user);
    }
    Turn turn;
    turn.reserve(gates.size());
    for (const size_t gate : gates)
        turn.emplace_back(m_gates[gate]);
    return turn;
}

} // namespace guildhall
