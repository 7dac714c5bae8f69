// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/member/member_listeners.h"

#include "server/infrastructure/database/tx.h"
#include "server/infrastructure/events/event_bus.h"
#include "server/modules/kernel.h"
#include "server/modules/member/member_events.h"
#include "server/modules/member/member_repository.h"
#include "server/modules/member/member_view.h"
#include "server/modules/user/user_events.h"

namespace guildhall::memberListeners {

namespace {

void tellGuilds(db::Tx &tx, const User &user)
{
    std::vector<AnyEvent> changes;
    for (const MemberRepository::InGuild &place : MemberRepository::membershipsOf(tx, user.id))
        changes.push_back(
            AnyEvent::of(MemberUpdated{toGuildMember(place.guild, place.member, user)}));
    if (!changes.empty())
        tx.publishAllOnCommit(std::move(changes));
}

} // namespace

void listen(const Kernel &kernel)
{
    kernel.events.inTransaction<UserUpdated>(
        [](db::Tx &tx, std::span<const UserUpdated *const> events) {
            for (const UserUpdated *event : events)
                tellGuilds(tx, event->user);
        });
}

} // namespace guildhall::memberListeners
