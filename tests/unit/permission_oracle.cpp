// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/permission_oracle.h"

#include <string_view>

namespace guildhall::test {

namespace {

quint64 bit(std::string_view name)
{
    for (const PermissionRow &row : permissionTable) {
        if (name == row.name)
            return 1ull << row.bit;
    }
    qFatal("no such permission in the table");
}

/// "Every voice bit": what voice or stage channels have and text channels do not.
quint64 voiceBits()
{
    quint64 bits = 0;
    for (const PermissionRow &row : permissionTable) {
        const std::string_view channels = row.channels;
        const bool voice
            = channels.find('V') != channels.npos || channels.find('S') != channels.npos;
        if (voice && channels.find('T') == channels.npos)
            bits |= 1ull << row.bit;
    }
    return bits;
}

bool oneIn(std::mt19937_64 &random, int n)
{
    return std::uniform_int_distribution<int>(1, n)(random) == 1;
}

/// Few bits, and mostly those that the rules name, so that they meet each other.
quint64 randomBits(std::mt19937_64 &random, int oneOf)
{
    static constexpr int named[] = {4, 10, 11, 12, 13, 14, 15, 16, 17, 20, 21, 28, 38};
    quint64 bits = 0;
    for (const int candidate : named) {
        if (oneIn(random, oneOf))
            bits |= 1ull << candidate;
    }
    if (oneIn(random, 3))
        bits |= random() & random() & OracleGuild::allBits() & ~bit("ADMINISTRATOR");
    return bits;
}

} // namespace

quint64 OracleGuild::allBits()
{
    quint64 bits = 0;
    for (const PermissionRow &row : permissionTable)
        bits |= 1ull << row.bit;
    return bits;
}

quint64 OracleGuild::base(UserId user) const
{
    if (owner == user)
        return allBits();
    quint64 p = roles.at(RoleId(id)).permissions;
    for (const RoleId role : members.at(user).roles)
        p |= roles.at(role).permissions;
    return p & bit("ADMINISTRATOR") ? allBits() : p;
}

bool OracleGuild::isAll(UserId user) const
{
    return owner == user || (base(user) & bit("ADMINISTRATOR")) != 0;
}

quint64 OracleGuild::inGuild(UserId user) const
{
    quint64 p = base(user);
    if (!isAll(user) && members.at(user).timeoutMs > 0)
        p &= bit("VIEW_CHANNEL") | bit("READ_MESSAGE_HISTORY");
    return p;
}

quint64 OracleGuild::inChannel(UserId user, ChannelId channelId) const
{
    if (isAll(user))
        return allBits();
    const OracleChannel *channel = &channels.at(channelId);
    const bool thread = channel->type == ChannelType::PublicThread;
    if (thread)
        channel = &channels.at(channel->parent);
    quint64 p = base(user);
    for (const OracleOverwrite &ow : channel->overwrites) {
        if (!ow.forMember && ow.target == id.value())
            p = (p & ~ow.deny) | ow.allow;
    }
    quint64 a = 0, d = 0;
    for (const RoleId role : members.at(user).roles) {
        for (const OracleOverwrite &ow : channel->overwrites) {
            if (!ow.forMember && ow.target == role.value()) {
                a |= ow.allow;
                d |= ow.deny;
            }
        }
    }
    p = (p & ~d) | a;
    for (const OracleOverwrite &ow : channel->overwrites) {
        if (ow.forMember && ow.target == user.value())
            p = (p & ~ow.deny) | ow.allow;
    }
    if (!(p & bit("VIEW_CHANNEL")))
        return 0;
    if (members.at(user).timeoutMs > 0)
        p &= bit("VIEW_CHANNEL") | bit("READ_MESSAGE_HISTORY");
    if (!(p & (thread ? bit("SEND_MESSAGES_IN_THREADS") : bit("SEND_MESSAGES"))))
        p &= ~(bit("MENTION_EVERYONE") | bit("SEND_TTS_MESSAGES") | bit("ATTACH_FILES")
               | bit("EMBED_LINKS"));
    const bool voice = channel->type == ChannelType::Voice || channel->type == ChannelType::Stage;
    if (voice && !(p & bit("CONNECT")))
        p &= ~(bit("MANAGE_CHANNELS") | bit("MANAGE_ROLES") | voiceBits());
    return p;
}

OracleGuild randomGuild(std::mt19937_64 &random)
{
    OracleGuild guild;
    guild.id = GuildId(1);
    guild.owner = UserId(oneIn(random, 4) ? 999 : 100);
    guild.roles[RoleId(1)] = {randomBits(random, 2), 0};
    if (oneIn(random, 20))
        guild.roles[RoleId(1)].permissions |= bit("ADMINISTRATOR");
    for (quint64 role = 10; role < 14; ++role) {
        guild.roles[RoleId(role)] = {randomBits(random, 4), int(role) - 9};
        if (oneIn(random, 12))
            guild.roles[RoleId(role)].permissions |= bit("ADMINISTRATOR");
    }
    for (quint64 user = 100; user < 104; ++user) {
        OracleMember &member = guild.members[UserId(user)];
        for (quint64 role = 10; role < 14; ++role) {
            if (oneIn(random, 2))
                member.roles.insert(RoleId(role));
        }
        if (oneIn(random, 4))
            member.timeoutMs = oneIn(random, 2) ? 1 : -1;
    }
    static constexpr ChannelType types[]
        = {ChannelType::Text,  ChannelType::Voice,        ChannelType::Stage,
           ChannelType::Forum, ChannelType::PublicThread, ChannelType::Category};
    for (quint64 id = 50; id < 56; ++id) {
        OracleChannel &channel = guild.channels[ChannelId(id)];
        channel.type = types[id - 50];
        if (channel.type == ChannelType::PublicThread)
            channel.parent = ChannelId(oneIn(random, 2) ? 50 : 53);
        // Roles, members, and the ids of one kind used for the other.
        for (const quint64 target : {1u, 10u, 11u, 12u, 13u, 100u, 101u, 102u}) {
            if (!oneIn(random, 3))
                continue;
            const bool forMember = target >= 100 ? !oneIn(random, 8) : oneIn(random, 8);
            const quint64 allow = randomBits(random, 4);
            channel.overwrites.push_back(
                {target, forMember, allow, randomBits(random, 3) & ~allow});
        }
    }
    return guild;
}

} // namespace guildhall::test
