// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/caller.h"
#include "server/gateway/rest/submitted.h"
#include "server/modules/guild/guild_service.h"
#include "server/modules/invite/invite_record.h"
#include "server/modules/kernel.h"
#include "server/modules/permission/permission_service.h"
#include "server/modules/user/user_service.h"

namespace guildhall {

/// Making, showing and revoking invites. Using them is InviteAcceptance's.
/// @thread api pool (blocks)
/// @source api.md 6.4, 6.5, 6.9
class InviteService {
public:
    /// Of one guild. @source api.md 13
    static constexpr int maxInvites = 1000;

    InviteService(const Kernel &kernel, PermissionService &permissions, UserService &users,
                  GuildService &guilds);

    /// Unless `unique` is asked for, the caller's own invite on the same terms is given again.
    /// @error UnknownChannel, MissingAccess, MissingPermissions, InvalidFormBody, MaximumInvites
    /// @error WrongChannelType  a category or a thread
    /// @event InviteCreated
    Result<InviteWithMetadata> create(const Caller &who, ChannelId channel,
                                      const Submitted<CreateInvite> &submitted);
    /// @error UnknownGuild, MissingAccess; MissingPermissions without ManageGuild or ViewAuditLog
    Result<std::vector<InviteWithMetadata>> ofGuild(const Caller &who, GuildId guild);
    /// @error UnknownChannel, MissingAccess; MissingPermissions without ManageChannels
    Result<std::vector<InviteWithMetadata>> ofChannel(const Caller &who, ChannelId channel);
    /// Anybody may look. @error UnknownInvite  none, expired or used up
    Result<Invite> find(const QString &code, const GetInvite &query);
    /// The inviter may, who manages the guild, and who manages the channel.
    /// @error UnknownInvite, MissingPermissions  @event InviteDeleted
    Result<Invite> remove(const Caller &who, const QString &code);

private:
    Result<InviteRecord> insert(db::Tx &tx, const ChannelGrant &grant, InviteRecord invite);
    std::vector<InviteWithMetadata> views(GuildId guild, const std::vector<InviteRecord> &records);
    Result<void> requireRevocable(const Caller &who, const InviteRecord &invite);

    Kernel m_kernel;
    PermissionService &m_permissions;
    UserService &m_users;
    GuildService &m_guilds;
};

} // namespace guildhall
