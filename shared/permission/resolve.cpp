// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/permission/resolve.h"

#include <algorithm>

namespace guildhall {

namespace {

/// Every right that the contract's table gives to voice or stage channels and to no text channel.
constexpr Permissions voiceRights{Permission::PrioritySpeaker,   Permission::Stream,
                                  Permission::Connect,           Permission::Speak,
                                  Permission::MuteMembers,       Permission::DeafenMembers,
                                  Permission::MoveMembers,       Permission::UseVad,
                                  Permission::RequestToSpeak,    Permission::ManageEvents,
                                  Permission::UseSoundboard,     Permission::CreateEvents,
                                  Permission::UseExternalSounds, Permission::SetVoiceChannelStatus};

/// What nobody can use who may not send at all.
constexpr Permissions sendingRights{Permission::MentionEveryone, Permission::SendTtsMessages,
                                    Permission::AttachFiles, Permission::EmbedLinks};

/// Rights before the time-out is taken off.
Permissions unmasked(const MemberFacts &member, Permissions everyone, Permissions roles)
{
    if (member.owner)
        return Permissions::all();
    const Permissions sum = everyone | roles;
    return sum.has(Permission::Administrator) ? Permissions::all() : sum;
}

bool isAbsolute(const MemberFacts &member, Permissions everyone, Permissions roles)
{
    return member.owner || (everyone | roles).has(Permission::Administrator);
}

Permissions withOverwrites(Permissions base, GuildId guild, const MemberFacts &member,
                           std::span<const Overwrite> overwrites)
{
    const OverwriteId everyoneId(guild);
    const OverwriteId memberId(member.user);
    Permissions everyoneDeny, everyoneAllow, roleDeny, roleAllow, memberDeny, memberAllow;
    for (const Overwrite &overwrite : overwrites) {
        if (overwrite.type == OverwriteType::Member) {
            if (overwrite.id == memberId) {
                memberDeny = overwrite.deny;
                memberAllow = overwrite.allow;
            }
        } else if (overwrite.id == everyoneId) {
            everyoneDeny = overwrite.deny;
            everyoneAllow = overwrite.allow;
        } else if (std::binary_search(member.roles.begin(), member.roles.end(),
                                      RoleId(overwrite.id))) {
            roleDeny |= overwrite.deny;
            roleAllow |= overwrite.allow;
        }
    }
    base = base.without(everyoneDeny) | everyoneAllow;
    base = base.without(roleDeny) | roleAllow;
    return base.without(memberDeny) | memberAllow;
}

} // namespace

Permissions guildPermissions(const MemberFacts &member, Permissions everyone, Permissions roles)
{
    const Permissions rights = unmasked(member, everyone, roles);
    if (member.timedOut && !isAbsolute(member, everyone, roles))
        return rights & allowedInTimeout;
    return rights;
}

Permissions channelPermissions(GuildId guild, const MemberFacts &member, Permissions everyone,
                               Permissions roles, const ChannelFacts &channel)
{
    if (isAbsolute(member, everyone, roles))
        return Permissions::all();
    Permissions rights = withOverwrites(everyone | roles, guild, member, channel.overwrites);
    if (!rights.has(Permission::ViewChannel))
        return Permissions::none();
    if (member.timedOut)
        rights = rights & allowedInTimeout;
    const Permission send
        = channel.thread ? Permission::SendMessagesInThreads : Permission::SendMessages;
    if (!rights.has(send))
        rights = rights.without(sendingRights);
    if (channel.voice && !rights.has(Permission::Connect))
        rights = rights.without(voiceRights | Permission::ManageChannels | Permission::ManageRoles);
    return rights;
}

} // namespace guildhall
