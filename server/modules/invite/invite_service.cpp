// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/invite/invite_service.h"

#include "server/infrastructure/database/database.h"
#include "server/infrastructure/runtime/clock.h"
#include "server/infrastructure/security/random.h"
#include "server/modules/invite/invite_events.h"
#include "server/modules/invite/invite_repository.h"

namespace guildhall {

namespace {

/// An invite opens a place to be in: neither a heading nor a thread.
bool canBeInvitedTo(ChannelType type)
{
    return type != ChannelType::Category && !isThread(type);
}

InviteRecord wantedInvite(const ChannelGrant &grant, const CreateInvite &body, Timestamp now)
{
    InviteRecord invite;
    invite.guild = grant.guild();
    invite.channel.id = grant.channel();
    invite.channel.type = grant.rights().type;
    invite.inviter = grant.user();
    invite.maxAge = body.maxAge;
    invite.maxUses = body.maxUses;
    invite.temporary = body.temporary;
    invite.createdAt = now;
    if (body.maxAge > 0)
        invite.expiresAt = Timestamp{now.ms + qint64(body.maxAge) * 1000};
    return invite;
}

InviteCreated created(const InviteRecord &invite, const std::optional<User> &inviter)
{
    InviteCreated event;
    event.guildId = invite.guild;
    event.channelId = invite.channel.id;
    event.code = invite.code;
    event.inviter = inviter;
    event.maxAge = invite.maxAge;
    event.maxUses = invite.maxUses;
    event.temporary = invite.temporary;
    event.createdAt = invite.createdAt;
    event.expiresAt = invite.expiresAt;
    return event;
}

} // namespace

InviteService::InviteService(const Kernel &kernel, PermissionService &permissions,
                             UserService &users, GuildService &guilds)
    : m_kernel(kernel)
    , m_permissions(permissions)
    , m_users(users)
    , m_guilds(guilds)
{ }

Result<InviteRecord> InviteService::insert(db::Tx &tx, const ChannelGrant &grant,
                                           InviteRecord invite)
{
    if (InviteRepository::count(tx, grant.guild(), invite.createdAt) >= maxInvites)
        return refuse(ErrorCode::MaximumInvites);
    do {
        invite.code = QString::fromLatin1(random::inviteCode());
    } while (!InviteRepository::insert(tx, grant, invite));
    return *InviteRepository::find(tx, invite.code, invite.createdAt);
}

Result<InviteWithMetadata> InviteService::create(const Caller &who, ChannelId channel,
                                                 const Submitted<CreateInvite> &submitted)
{
    GH_TRY(const ChannelGrant grant,
           m_permissions.require(who.user, channel, Permission::CreateInstantInvite));
    if (!canBeInvitedTo(grant.rights().type))
        return refuse(ErrorCode::WrongChannelType);
    GH_TRY(const CreateInvite body, submitted.checked());
    const std::optional<User> inviter = m_users.find(who.user);
    const InviteRecord wanted = wantedInvite(grant, body, m_kernel.clock.now());
    return m_kernel.database.transact([&](db::Tx &tx) -> Result<InviteWithMetadata> {
        InviteRepository::lockGuild(tx, grant.guild());
        const auto guild = m_guilds.find(tx, grant.guild());
        if (!guild || !InviteRepository::channelStands(tx, channel))
            return refuse(ErrorCode::UnknownChannel);
        if (!body.unique) {
            if (const auto same = InviteRepository::alike(tx, wanted, wanted.createdAt))
                return toInviteWithMetadata(*same, *guild, inviter);
        }
        GH_TRY(const InviteRecord stored, insert(tx, grant, wanted));
        tx.publishOnCommit(created(stored, inviter));
        return toInviteWithMetadata(stored, *guild, inviter);
    });
}

std::vector<InviteWithMetadata> InviteService::views(GuildId id,
                                                     const std::vector<InviteRecord> &records)
{
    std::vector<InviteWithMetadata> invites;
    const auto guild = m_guilds.find(m_kernel.database.session(), id);
    if (!guild)
        return invites;
    for (const InviteRecord &record : records)
        invites.push_back(toInviteWithMetadata(record, *guild, m_users.find(record.inviter)));
    return invites;
}

Result<std::vector<InviteWithMetadata>> InviteService::ofGuild(const Caller &who, GuildId guild)
{
    GH_TRY(const GuildGrant grant, m_permissions.requireMember(who.user, guild));
    if (!grant.permissions().hasAny(Permission::ManageGuild | Permission::ViewAuditLog))
        return refuse(ErrorCode::MissingPermissions);
    return views(
        guild, InviteRepository::ofGuild(m_kernel.database.session(), guild, m_kernel.clock.now()));
}

Result<std::vector<InviteWithMetadata>> InviteService::ofChannel(const Caller &who,
                                                                 ChannelId channel)
{
    GH_TRY(const ChannelGrant grant,
           m_permissions.require(who.user, channel, Permission::ManageChannels));
    return views(
        grant.guild(),
        InviteRepository::ofChannel(m_kernel.database.session(), channel, m_kernel.clock.now()));
}

Result<Invite> InviteService::find(const QString &code, const GetInvite &query)
{
    db::Executor &db = m_kernel.database.session();
    const auto record = InviteRepository::find(db, code, m_kernel.clock.now());
    const auto guild = record ? m_guilds.find(db, record->guild) : std::nullopt;
    if (!guild)
        return refuse(ErrorCode::UnknownInvite);
    Invite invite = toInvite(*record, *guild, m_users.find(record->inviter));
    if (query.withCounts) {
        const GuildCount count = m_guilds.count(record->guild);
        invite.approximateMemberCount = count.members;
        invite.approximatePresenceCount = count.online;
    }
    return invite;
}

Result<void> InviteService::requireRevocable(const Caller &who, const InviteRecord &invite)
{
    if (invite.inviter == who.user)
        return {};
    // Who sees an invite's code knows that it is there; so a stranger is told of rights, not of
    // absence.
    if (m_permissions.require(who.user, invite.guild, Permission::ManageGuild))
        return {};
    if (m_permissions.require(who.user, invite.channel.id, Permission::ManageChannels))
        return {};
    return refuse(ErrorCode::MissingPermissions);
}

Result<Invite> InviteService::remove(const Caller &who, const QString &code)
{
    const auto found
        = InviteRepository::find(m_kernel.database.session(), code, m_kernel.clock.now());
    if (!found)
        return refuse(ErrorCode::UnknownInvite);
    GH_CHECK(requireRevocable(who, *found));
    const std::optional<User> inviter = m_users.find(found->inviter);
    return m_kernel.database.transact([&](db::Tx &tx) -> Result<Invite> {
        const auto invite = InviteRepository::lock(tx, code, m_kernel.clock.now());
        const auto guild = invite ? m_guilds.find(tx, invite->guild) : std::nullopt;
        if (!guild)
            return refuse(ErrorCode::UnknownInvite);
        InviteRepository::remove(tx, code);
        tx.publishOnCommit(InviteDeleted{invite->guild, invite->channel.id, code});
        return toInvite(*invite, *guild, inviter);
    });
}

} // namespace guildhall
