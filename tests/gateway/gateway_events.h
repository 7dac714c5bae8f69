// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway_fakes.h"
#include "server/infrastructure/events/event.h"

namespace guildhall::test {

/// A message in a channel of the guild.
struct Posted {
    static constexpr const char *eventName = "MESSAGE_CREATE";
    QByteArray content;
    ChannelId channel = general;
    UserId author{};
    GuildId guild = theGuild;

    Intent intent() const { return Intent::GuildMessages; }
    Audience audience() const { return Audience::viewers(guild, channel); }
    bool showsContentTo(UserId user) const { return user == author; }
    QByteArray payload(PayloadVariant variant) const
    {
        return "{\"content\":\"" + (variant == PayloadVariant::Full ? content : QByteArray())
            + "\",\"channel_id\":\"" + QByteArray::number(channel.value()) + "\"}";
    }
};

/// A direct message.
struct Whispered {
    static constexpr const char *eventName = "MESSAGE_CREATE";
    QByteArray content;
    std::vector<UserId> participants;

    Intent intent() const { return Intent::DirectMessages; }
    Audience audience() const { return Audience::only(participants); }
    QByteArray payload(PayloadVariant) const { return "{\"content\":\"" + content + "\"}"; }
};

struct GuildRenamed {
    static constexpr const char *eventName = "GUILD_UPDATE";
    QByteArray name;
    GuildId guild = theGuild;

    Intent intent() const { return Intent::Guilds; }
    Audience audience() const { return Audience::members(guild); }
    QByteArray payload(PayloadVariant) const { return "{\"name\":\"" + name + "\"}"; }
};

struct Banned {
    static constexpr const char *eventName = "GUILD_BAN_ADD";
    UserId user;

    Intent intent() const { return Intent::GuildModeration; }
    Audience audience() const { return Audience::members(theGuild, Permission::BanMembers); }
    QByteArray payload(PayloadVariant) const { return "{}"; }
};

struct MemberChanged {
    static constexpr const char *eventName = "GUILD_MEMBER_UPDATE";
    UserId user;

    Intent intent() const { return Intent::GuildMembers; }
    Audience audience() const { return Audience::members(theGuild).andAlways(user); }
    QByteArray payload(PayloadVariant) const { return "{}"; }
};

/// Somebody's status, not told to the session that set it.
struct StatusChanged {
    static constexpr const char *eventName = "PRESENCE_UPDATE";
    QByteArray causedBy;

    Intent intent() const { return Intent::GuildPresences; }
    Audience audience() const { return Audience::members(theGuild).butNotSession(causedBy); }
    QByteArray payload(PayloadVariant) const { return "{}"; }
};

struct MemberJoined {
    static constexpr const char *eventName = "GUILD_MEMBER_ADD";
    UserId user;
    GuildId guild = theGuild;

    Intent intent() const { return Intent::GuildMembers; }
    Audience audience() const { return Audience::members(guild); }
    std::optional<MembershipChange> membership() const
    {
        return MembershipChange{MembershipChange::Kind::Joined, guild, user};
    }
    QByteArray payload(PayloadVariant) const { return "{}"; }
};

struct MemberLeft {
    static constexpr const char *eventName = "GUILD_MEMBER_REMOVE";
    UserId user;
    GuildId guild = theGuild;

    Intent intent() const { return Intent::GuildMembers; }
    Audience audience() const { return Audience::members(guild); }
    std::optional<MembershipChange> membership() const
    {
        return MembershipChange{MembershipChange::Kind::Left, guild, user};
    }
    QByteArray payload(PayloadVariant) const { return "{}"; }
};

/// Only the daemon's own listeners hear of it by name; sessions get GUILD_DELETE.
struct GuildGone {
    static constexpr const char *eventName = nullptr;
    GuildId guild = theGuild;

    Intent intent() const { return Intent::Guilds; }
    Audience audience() const { return Audience::nobody(); }
    std::optional<MembershipChange> membership() const
    {
        return MembershipChange{MembershipChange::Kind::Left, guild, {}};
    }
    QByteArray payload(PayloadVariant) const { return "{}"; }
};

} // namespace guildhall::test
