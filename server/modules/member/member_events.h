// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/events/event.h"
#include "shared/dto/member.h"
#include "shared/json/codec.h"

namespace guildhall {

/// Somebody joined. The gateway gives the guild to the joiner's own sessions, from membership().
struct MemberJoined {
    static constexpr const char *eventName = "GUILD_MEMBER_ADD";
    GuildMember member;

    Intent intent() const { return Intent::GuildMembers; }
    Audience audience() const { return Audience::members(member.guildId); }
    QByteArray payload(PayloadVariant) const { return json::encode(member); }
    std::optional<MembershipChange> membership() const
    {
        return MembershipChange{MembershipChange::Kind::Joined, member.guildId, member.user.id};
    }
};

struct MemberUpdated {
    static constexpr const char *eventName = "GUILD_MEMBER_UPDATE";
    GuildMember member;

    Intent intent() const { return Intent::GuildMembers; }
    Audience audience() const
    {
        return Audience::members(member.guildId).andAlways(member.user.id);
    }
    QByteArray payload(PayloadVariant) const { return json::encode(member); }
};

/// Somebody left or was removed; their own sessions get GUILD_DELETE and nothing later.
struct MemberLeft {
    static constexpr const char *eventName = "GUILD_MEMBER_REMOVE";
    GuildId guildId;
    User user;

    Intent intent() const { return Intent::GuildMembers; }
    Audience audience() const { return Audience::members(guildId); }
    QByteArray payload(PayloadVariant) const { return json::encode(*this); }
    std::optional<MembershipChange> membership() const
    {
        return MembershipChange{MembershipChange::Kind::Left, guildId, user.id};
    }
    static constexpr auto jsonFields()
    {
        return json::fields(json::field("guild_id", &MemberLeft::guildId),
                            json::field("user", &MemberLeft::user));
    }
};

} // namespace guildhall
