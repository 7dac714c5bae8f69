// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/rest/caller.h"
#include "server/gateway/rest/submitted.h"
#include "server/modules/channel/channel_repository.h"
#include "server/modules/kernel.h"
#include "server/modules/permission/permission_service.h"
#include "shared/api/endpoint.h"

namespace guildhall {

/// Changes of channels that are there. @thread api pool (blocks)
///
/// A category's overwrites are copied into its children, not inherited: children that were equal to
/// the category's old overwrites follow it. @source api.md 4.2
class ChannelEditing {
public:
    ChannelEditing(const Kernel &kernel, PermissionService &permissions);

    /// @error UnknownChannel, MissingAccess, MissingPermissions (ManageChannels; ManageRoles for
    ///        overwrites, and each right in them)
    /// @error InvalidFormBody  @event ChannelUpdated, also for children that follow
    Result<Channel> modify(const Caller &who, ChannelId channel,
                           const Submitted<ModifyChannel> &submitted);
    /// @error UnknownGuild, InvalidFormBody
    /// @error MissingAccess, MissingPermissions  in the guild, or in a channel that would change
    ///        (ManageChannels; ManageRoles there for overwrites, and each right in them)
    /// @event ChannelUpdated for each that changed
    Result<api::NoReply> move(const Caller &who, GuildId guild,
                              const Submitted<std::vector<ChannelPosition>> &submitted);

    /// @error UnknownChannel, MissingAccess, MissingPermissions (ManageRoles, and each right)
    /// @error UnknownRole, UnknownUser  the target is not there
    /// @error InvalidFormBody, MaximumOverwrites  @event ChannelUpdated
    Result<api::NoReply> putOverwrite(const Caller &who, ChannelId channel, OverwriteId target,
                                      const Submitted<PutOverwrite> &submitted);
    /// @error as above, and UnknownOverwrite  @event ChannelUpdated
    Result<api::NoReply> removeOverwrite(const Caller &who, ChannelId channel, OverwriteId target);

private:
    Result<void> checkTarget(db::Executor &db, const ChannelGrant &grant,
                             const Overwrite &overwrite);
    void publishWithFollowers(db::Tx &tx, const ChannelGrant &grant, const Channel &before,
                              const Channel &after);

    Kernel m_kernel;
    PermissionService &m_permissions;
};

} // namespace guildhall
