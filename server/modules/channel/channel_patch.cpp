// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/channel/channel_patch.h"

#include "server/modules/channel/overwrite_rights.h"
#include "shared/core/field_errors.h"
#include "shared/dto/channel_rules.h"

#include <algorithm>

namespace guildhall::channelPatch {

namespace {

Result<void> applyType(int wanted, Channel &channel)
{
    const ChannelType type = ChannelType(wanted);
    if (type == channel.type)
        return {};
    const auto convertible = [](ChannelType t) {
        return t == ChannelType::Text || t == ChannelType::Announcement;
    };
    if (!convertible(type) || !convertible(channel.type)) {
        return refuseField(
            {QStringLiteral("type")}, "BASE_TYPE_CHOICES",
            QStringLiteral("Only text and announcement channels turn into each other."));
    }
    channel.type = type;
    return {};
}

void applyVoice(const ModifyChannel &body, Channel &channel)
{
    if (body.bitrate.hasValue())
        channel.bitrate = *body.bitrate;
    if (body.userLimit.isPresent())
        channel.userLimit = body.userLimit.valueOr(0);
    if (body.rtcRegion.isPresent())
        channel.rtcRegion = body.rtcRegion;
    if (body.videoQualityMode.isPresent())
        channel.videoQualityMode = body.videoQualityMode.valueOr(1);
}

void applyTextAndThreads(const ModifyChannel &body, Channel &channel)
{
    if (body.nsfw.isPresent())
        channel.nsfw = body.nsfw.valueOr(false);
    if (body.rateLimitPerUser.isPresent())
        channel.rateLimitPerUser = body.rateLimitPerUser.valueOr(0);
    channel.defaultAutoArchiveDuration
        = body.defaultAutoArchiveDuration.appliedTo(channel.defaultAutoArchiveDuration);
    channel.defaultThreadRateLimitPerUser
        = body.defaultThreadRateLimitPerUser.appliedTo(channel.defaultThreadRateLimitPerUser);
}

Result<void> applyParent(const Patch<ChannelId> &parent, Channel &channel,
                         const std::vector<Channel> &channels)
{
    if (!parent.isPresent())
        return {};
    if (parent.hasValue())
        GH_CHECK(channelRules::checkParent(channels, channel.type, channel.id, *parent));
    channel.parentId = parent.asOptional();
    return {};
}

Result<void> applyMove(const ChannelPosition &move, Channel &channel,
                       const std::vector<Channel> &channels)
{
    if (move.position.hasValue())
        channel.position = *move.position;
    GH_CHECK(applyParent(move.parentId, channel, channels));
    if (!move.lockPermissions.valueOr(false) || !channel.parentId)
        return {};
    const auto parent
        = std::find_if(channels.begin(), channels.end(),
                       [&](const Channel &candidate) { return candidate.id == *channel.parentId; });
    if (parent != channels.end()
        && !overwriteRights::sameOverwrites(channel.permissionOverwrites,
                                            parent->permissionOverwrites))
        channel.permissionOverwrites = parent->permissionOverwrites;
    return {};
}

} // namespace

Result<Channel> applied(const ModifyChannel &body, Channel channel, Permissions held,
                        std::span<const OverwriteTarget> targets,
                        const std::vector<Channel> &channels)
{
    if (body.type)
        GH_CHECK(applyType(*body.type, channel));
    if (body.name) {
        GH_TRY(channel.name, channelRules::keptName(channel.type, *body.name));
    }
    if (body.topic.hasValue())
        GH_CHECK(channelRules::checkTopic(*body.topic));
    channel.topic = body.topic.appliedTo(channel.topic);
    if (body.position.hasValue())
        channel.position = *body.position;
    applyTextAndThreads(body, channel);
    if (isVoiceLike(channel.type))
        applyVoice(body, channel);
    GH_CHECK(applyParent(body.parentId, channel, channels));
    if (body.permissionOverwrites.isPresent()) {
        const auto wanted = body.permissionOverwrites.valueOr(std::vector<OverwriteInput>());
        GH_TRY(channel.permissionOverwrites,
               overwriteRights::checked(wanted, held, channel.permissionOverwrites, targets));
    }
    return channel;
}

Result<void> applyMoves(const std::vector<ChannelPosition> &moves, std::vector<Channel> &channels)
{
    std::vector<FieldError> mistakes;
    for (size_t i = 0; i < moves.size(); ++i) {
        const auto channel
            = std::find_if(channels.begin(), channels.end(),
                           [&](const Channel &candidate) { return candidate.id == moves[i].id; });
        const Result<void> moved = channel == channels.end()
            ? refuseField({QStringLiteral("id")}, "BASE_TYPE_CHOICES",
                          QStringLiteral("Channel does not exist in this guild"))
            : applyMove(moves[i], *channel, channels);
        if (!moved)
            std::ranges::move(under({QString::number(i)}, moved.error().fields),
                              std::back_inserter(mistakes));
    }
    if (!mistakes.empty())
        return tl::unexpected<ApiError>(makeFieldErrors(std::move(mistakes)));
    return {};
}

Result<void> requireMove(const GuildGrant &grant, const Channel &before, const Channel &after)
{
    GH_TRY(const Permissions held,
           overwriteRights::requireIn(grant.snapshot(), grant.user(), before,
                                      Permission::ManageChannels));
    if (before.permissionOverwrites == after.permissionOverwrites)
        return {};
    if (!held.has(Permission::ManageRoles)
        || !overwriteRights::changesOnly(held, before.permissionOverwrites,
                                         after.permissionOverwrites))
        return refuse(ErrorCode::MissingPermissions);
    return {};
}

} // namespace guildhall::channelPatch
