// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/channel/channel_editing.h"

#include "server/infrastructure/database/database.h"
#include "server/modules/channel/channel_events.h"
#include "server/modules/channel/channel_patch.h"
#include "server/modules/channel/overwrite_rights.h"
#include "shared/dto/channel_rules.h"

#include <algorithm>

namespace guildhall {

namespace {

const Overwrite *findIn(const std::vector<Overwrite> &overwrites, OverwriteId id)
{
    const auto found
        = std::find_if(overwrites.begin(), overwrites.end(),
                       [id](const Overwrite &overwrite) { return overwrite.id == id; });
    return found == overwrites.end() ? nullptr : &*found;
}

} // namespace

ChannelEditing::ChannelEditing(const Kernel &kernel, PermissionService &permissions)
    : m_kernel(kernel)
    , m_permissions(permissions)
{ }

void ChannelEditing::publishWithFollowers(db::Tx &tx, const ChannelGrant &grant,
                                          const Channel &before, const Channel &after)
{
    tx.publishOnCommit(ChannelUpdated{after});
    if (after.type != ChannelType::Category
        || before.permissionOverwrites == after.permissionOverwrites)
        return;
    auto followers = ChannelRepository::childrenOf(tx, after.guildId, after.id);
    std::erase_if(followers, [&](const Channel &child) {
        return !overwriteRights::sameOverwrites(child.permissionOverwrites,
                                                before.permissionOverwrites);
    });
    for (Channel &child : followers)
        child.permissionOverwrites = after.permissionOverwrites;
    ChannelRepository::replaceOverwrites(tx, grant, followers);
    tx.publishAllOnCommit(updatesOf(std::move(followers)));
}

Result<Channel> ChannelEditing::modify(const Caller &who, ChannelId id,
                                       const Submitted<ModifyChannel> &submitted)
{
    GH_TRY(const ChannelGrant grant,
           m_permissions.require(who.user, id, Permission::ManageChannels));
    GH_TRY(const ModifyChannel body, submitted.checked());
    Permissions need = Permission::ManageChannels;
    if (body.permissionOverwrites.isPresent())
        need |= Permission::ManageRoles;
    return m_kernel.database.transact([&](db::Tx &tx) -> Result<Channel> {
        if (!ChannelRepository::lock(tx, grant.guild()))
            return refuse(ErrorCode::UnknownChannel);
        const std::vector<Channel> channels = ChannelRepository::list(tx, grant.guild());
        const auto before = std::find_if(channels.begin(), channels.end(),
                                         [id](const Channel &channel) { return channel.id == id; });
        if (before == channels.end())
            return refuse(ErrorCode::UnknownChannel);
        GH_TRY(const Permissions held,
               overwriteRights::requireIn(grant.snapshot(), who.user, *before, need));
        const auto targets = ChannelRepository::existingTargets(
            tx, grant.guild(), overwriteRights::idsIn(body.permissionOverwrites.valueOr({})));
        GH_TRY(Channel after, channelPatch::applied(body, *before, held, targets, channels));
        if (after == *before)
            return after;
        ChannelRepository::update(tx, grant, after);
        if (after.permissionOverwrites != before->permissionOverwrites)
            ChannelRepository::replaceOverwrites(tx, grant, {&after, 1});
        publishWithFollowers(tx, grant, *before, after);
        return after;
    });
}

Result<api::NoReply> ChannelEditing::move(const Caller &who, GuildId guild,
                                          const Submitted<std::vector<ChannelPosition>> &submitted)
{
    GH_TRY(const GuildGrant grant,
           m_permissions.require(who.user, guild, Permission::ManageChannels));
    GH_TRY(const std::vector<ChannelPosition> moves, submitted.checked());
    return m_kernel.database.transact([&](db::Tx &tx) -> Result<api::NoReply> {
        if (!ChannelRepository::lock(tx, guild))
            return refuse(ErrorCode::UnknownGuild);
        std::vector<Channel> channels = ChannelRepository::list(tx, guild);
        const std::vector<Channel> before = channels;
        GH_CHECK(channelPatch::applyMoves(moves, channels));
        std::vector<Channel> moved;
        std::vector<Channel> relocked;
        for (size_t i = 0; i < channels.size(); ++i) {
            if (channels[i] == before[i])
                continue;
            GH_CHECK(channelPatch::requireMove(grant, before[i], channels[i]));
            moved.push_back(channels[i]);
            if (channels[i].permissionOverwrites != before[i].permissionOverwrites)
                relocked.push_back(channels[i]);
        }
        if (moved.empty())
            return api::NoReply{};
        ChannelRepository::place(tx, grant, moved);
        ChannelRepository::replaceOverwrites(tx, grant, relocked);
        tx.publishAllOnCommit(updatesOf(std::move(moved)));
        return api::NoReply{};
    });
}

Result<void> ChannelEditing::checkTarget(db::Executor &db, const ChannelGrant &grant,
                                         const Overwrite &overwrite)
{
    const auto existing = ChannelRepository::existingTargets(db, grant.guild(), {&overwrite.id, 1});
    if (std::ranges::find(existing, OverwriteTarget{overwrite.id, overwrite.type})
        != existing.end())
        return {};
    return refuse(overwrite.type == OverwriteType::Role ? ErrorCode::UnknownRole
                                                        : ErrorCode::UnknownUser);
}

Result<api::NoReply> ChannelEditing::putOverwrite(const Caller &who, ChannelId id,
                                                  OverwriteId target,
                                                  const Submitted<PutOverwrite> &submitted)
{
    GH_TRY(const ChannelGrant grant, m_permissions.require(who.user, id, Permission::ManageRoles));
    GH_TRY(const PutOverwrite body, submitted.checked());
    const Overwrite wanted{target, body.type, body.allow.valueOr(Permissions()),
                           body.deny.valueOr(Permissions())};
    if (wanted.allow.hasAny(wanted.deny)) {
        return refuseField({QStringLiteral("allow")}, "BASE_TYPE_CHOICES",
                           QStringLiteral("A permission cannot be both allowed and denied"));
    }
    return m_kernel.database.transact([&](db::Tx &tx) -> Result<api::NoReply> {
        if (!ChannelRepository::lock(tx, grant.guild()))
            return refuse(ErrorCode::UnknownChannel);
        const auto before = ChannelRepository::find(tx, id);
        if (!before)
            return refuse(ErrorCode::UnknownChannel);
        GH_CHECK(checkTarget(tx, grant, wanted));
        GH_TRY(const Permissions held,
               overwriteRights::requireIn(grant.snapshot(), who.user, *before,
                                          Permission::ManageRoles));
        const Overwrite *old = findIn(before->permissionOverwrites, target);
        if (!overwriteRights::changesOnly(held, old, &wanted))
            return refuse(ErrorCode::MissingPermissions);
        if (!old && before->permissionOverwrites.size() >= channelRules::maxOverwrites)
            return refuse(ErrorCode::MaximumOverwrites);
        ChannelRepository::putOverwrite(tx, grant, wanted);
        publishWithFollowers(tx, grant, *before, *ChannelRepository::find(tx, id));
        return api::NoReply{};
    });
}

Result<api::NoReply> ChannelEditing::removeOverwrite(const Caller &who, ChannelId id,
                                                     OverwriteId target)
{
    GH_TRY(const ChannelGrant grant, m_permissions.require(who.user, id, Permission::ManageRoles));
    return m_kernel.database.transact([&](db::Tx &tx) -> Result<api::NoReply> {
        if (!ChannelRepository::lock(tx, grant.guild()))
            return refuse(ErrorCode::UnknownChannel);
        const auto before = ChannelRepository::find(tx, id);
        const Overwrite *old = before ? findIn(before->permissionOverwrites, target) : nullptr;
        if (!old)
            return refuse(ErrorCode::UnknownOverwrite);
        GH_TRY(const Permissions held,
               overwriteRights::requireIn(grant.snapshot(), who.user, *before,
                                          Permission::ManageRoles));
        if (!overwriteRights::changesOnly(held, old, nullptr))
            return refuse(ErrorCode::MissingPermissions);
        ChannelRepository::removeOverwrite(tx, grant, target);
        publishWithFollowers(tx, grant, *before, *ChannelRepository::find(tx, id));
        return api::NoReply{};
    });
}

} // namespace guildhall
