// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/member/member_view.h"

namespace guildhall {

namespace {

/// MemberRecord has null strings where the wire has null.
Nullable<QString> nullable(const QString &text)
{
    return text.isNull() ? Nullable<QString>() : Nullable<QString>(text);
}

void fill(PartialMember &member, const MemberRecord &record)
{
    member.nick = nullable(record.nick);
    member.avatar = nullable(record.avatar);
    member.roles = record.roles;
    member.joinedAt = record.joinedAt;
    member.deaf = record.deaf;
    member.mute = record.mute;
    member.flags = record.flags;
    member.communicationDisabledUntil = record.timedOutUntil;
}

} // namespace

PartialMember toPartialMember(const MemberRecord &record)
{
    PartialMember member;
    fill(member, record);
    return member;
}

Member toMember(const MemberRecord &record, const User &user)
{
    Member member;
    fill(member, record);
    member.user = user;
    return member;
}

GuildMember toGuildMember(GuildId guild, const MemberRecord &record, const User &user)
{
    GuildMember member;
    fill(member, record);
    member.user = user;
    member.guildId = guild;
    return member;
}

} // namespace guildhall
