// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/invite/invite_record.h"

namespace guildhall {

namespace {

InviteGuild outsideOf(const Guild &guild)
{
    InviteGuild view;
    view.id = guild.id;
    view.name = guild.name;
    view.banner = guild.banner;
    view.description = guild.description;
    view.icon = guild.icon;
    view.features = guild.features;
    view.verificationLevel = guild.verificationLevel;
    view.nsfwLevel = guild.nsfwLevel;
    view.nsfw = guild.nsfw;
    return view;
}

} // namespace

Invite toInvite(const InviteRecord &record, const Guild &guild, const std::optional<User> &inviter)
{
    Invite invite;
    invite.code = record.code;
    invite.guild = outsideOf(guild);
    invite.guildId = record.guild;
    invite.channel = record.channel;
    invite.inviter = inviter;
    invite.expiresAt = record.expiresAt;
    return invite;
}

InviteWithMetadata toInviteWithMetadata(const InviteRecord &record, const Guild &guild,
                                        const std::optional<User> &inviter)
{
    InviteWithMetadata invite;
    static_cast<Invite &>(invite) = toInvite(record, guild, inviter);
    invite.uses = record.uses;
    invite.maxUses = record.maxUses;
    invite.maxAge = record.maxAge;
    invite.temporary = record.temporary;
    invite.createdAt = record.createdAt;
    return invite;
}

} // namespace guildhall
