// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/invite/invite_acceptance.h"

#include "server/infrastructure/database/database.h"
#include "server/infrastructure/logging/categories.h"
#include "server/infrastructure/runtime/clock.h"
#include "server/modules/invite/invite_events.h"
#include "server/modules/invite/invite_repository.h"

namespace guildhall {

InviteAcceptance::InviteAcceptance(const Kernel &kernel, UserService &users, GuildService &guilds,
                                   MemberService &members)
    : m_kernel(kernel)
    , m_users(users)
    , m_guilds(guilds)
    , m_members(members)
{ }

Result<AcceptedInvite> InviteAcceptance::accept(const Caller &who, const QString &code)
{
    const std::optional<User> user = m_users.find(who.user);
    if (!user)
        return refuse(ErrorCode::UnknownUser);
    return accept(*user, code);
}

Result<AcceptedInvite> InviteAcceptance::accept(const User &user, const QString &code)
{
    // Read ahead, with their cache: inside the transaction nothing waits for more than it must.
    const Timestamp now = m_kernel.clock.now();
    const auto seen = InviteRepository::find(m_kernel.database.session(), code, now);
    if (!seen)
        return refuse(ErrorCode::UnknownInvite);
    const std::optional<User> inviter = m_users.find(seen->inviter);
    return m_kernel.database.transact([&](db::Tx &tx) -> Result<AcceptedInvite> {
        const auto invite = InviteRepository::lock(tx, code, now);
        const auto guild = invite ? m_guilds.find(tx, invite->guild) : std::nullopt;
        if (!guild)
            return refuse(ErrorCode::UnknownInvite);
        AcceptedInvite accepted;
        static_cast<Invite &>(accepted) = toInvite(*invite, *guild, inviter);
        if (m_members.member(tx, invite->guild, user.id))
            return accepted;
        GH_CHECK(m_members.join(tx, invite->guild, user));
        accepted.newMember = true;
        if (invite->isLastUse()) {
            InviteRepository::remove(tx, code);
            tx.publishOnCommit(InviteDeleted{invite->guild, invite->channel.id, code});
        } else {
            InviteRepository::countUse(tx, code);
        }
        return accepted;
    });
}

void InviteAcceptance::acceptAtRegistration(UserId id, const QString &code) noexcept
{
    if (code.isEmpty())
        return;
    try {
        const std::optional<User> user = m_users.find(id);
        if (!user)
            return;
        if (const auto accepted = accept(*user, code); !accepted)
            qCInfo(lcGuild) << "an invite given at registration led nowhere:"
                            << accepted.error().message;
    } catch (const std::exception &fault) {
        qCWarning(lcGuild) << "an invite given at registration was not used:" << fault.what();
    }
}

} // namespace guildhall
