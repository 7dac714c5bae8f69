// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gateway/realtime/dispatcher.h"

#include "server/gateway/realtime/shard.h"
#include "server/gateway/realtime/shard_mailbox.h"
#include "server/infrastructure/events/event_bus.h"
#include "server/infrastructure/runtime/guarded.h"

#include <algorithm>

namespace guildhall::realtime {

Dispatcher::Dispatcher(EventBus &bus, RightsSource &rights, std::vector<Shard *> shards)
    : m_rights(rights)
    , m_shards(std::move(shards))
{
    bus.atAnyCommit([this](const AnyEvent &event) { dispatch(event); });
}

bool Dispatcher::anySession() const
{
    return std::any_of(m_shards.begin(), m_shards.end(),
                       [](const Shard *shard) { return shard->sessionCount() > 0; });
}

void Dispatcher::dispatch(const AnyEvent &event)
{
    const Audience &audience = event.audience();
    const bool named = event.name() != nullptr && audience.kind != Audience::Kind::Nobody;
    if ((!named && !event.membership()) || !anySession())
        return;
    EventMail mail{event, nullptr, false};
    if (named && audience.kind != Audience::Kind::Users) {
        mail.rights = m_rights.newest(audience.guild);
        if (!mail.rights)
            mail.rightsUnknown = !runGuarded("reading the rights for an event",
                                             [&] { mail.rights = m_rights.fetch(audience.guild); });
    }
    const std::scoped_lock lock(m_order);
    for (const Shard *shard : m_shards) {
        if (shard->sessionCount() > 0)
            shard->mailbox()->post(mail);
    }
}

} // namespace guildhall::realtime
