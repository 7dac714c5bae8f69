// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/guild/guild_editing.h"

#include "server/infrastructure/database/database.h"
#include "server/modules/guild/guild_changes.h"
#include "server/modules/guild/guild_events.h"
#include "server/modules/guild/guild_repository.h"

namespace guildhall {

GuildEditing::GuildEditing(const Kernel &kernel, PermissionService &permissions, UserService &users,
                           RoleService &roles)
    : m_kernel(kernel)
    , m_permissions(permissions)
    , m_users(users)
    , m_roles(roles)
{ }

Result<void> GuildEditing::checkNewOwner(const GuildGrant &grant, UserId owner)
{
    if (!grant.isOwner())
        return refuse(ErrorCode::MissingPermissions);
    if (!grant.snapshot().member(owner))
        return refuse(ErrorCode::UnknownMember);
    if (m_users.isBot(owner))
        return refuse(ErrorCode::OwnershipToBot);
    return {};
}

Result<Guild> GuildEditing::modify(const Caller &who, GuildId id,
                                   const Submitted<ModifyGuild> &submitted)
{
    GH_TRY(const GuildGrant grant, m_permissions.require(who.user, id, Permission::ManageGuild));
    GH_TRY(const ModifyGuild change, submitted.checked());
    if (change.ownerId)
        GH_CHECK(checkNewOwner(grant, *change.ownerId));
    return m_kernel.database.transact([&](db::Tx &tx) -> Result<Guild> {
        const auto before = GuildRepository::lock(tx, id);
        if (!before)
            return refuse(ErrorCode::UnknownGuild);
        const std::vector<ChannelId> channels = guildChanges::namedChannels(change);
        if (!channels.empty())
            GH_CHECK(guildChanges::checkChannels(change,
                                                 GuildRepository::channelTypes(tx, id, channels)));
        GuildRecord after = *before;
        guildChanges::apply(change, after);
        if (change.ownerId) {
            // Asked again: of two who were owner a moment ago only one is it now, and no member
            // leaves while the guild is locked.
            if (before->owner != who.user)
                return refuse(ErrorCode::MissingPermissions);
            if (!GuildRepository::isMember(tx, id, *change.ownerId))
                return refuse(ErrorCode::UnknownMember);
            after.owner = *change.ownerId;
        }
        Guild guild = toGuild(after, m_roles.list(tx, id));
        if (after != *before) {
            GuildRepository::update(tx, grant, after);
            tx.publishOnCommit(GuildUpdated{guild});
        }
        return guild;
    });
}

void GuildEditing::forgetChannel(db::Tx &tx, GuildId guild, ChannelId channel)
{
    if (!GuildRepository::clearChannel(tx, guild, channel))
        return;
    if (const auto record = GuildRepository::find(tx, guild))
        tx.publishOnCommit(GuildUpdated{toGuild(*record, m_roles.list(tx, guild))});
}

} // namespace guildhall
