// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/modules/permission/guild_snapshot.h"

#include "server/infrastructure/runtime/clock.h"

namespace guildhall {

GuildSnapshot::GuildSnapshot(quint64 generation, std::shared_ptr<const Shape> shape,
                             MemberTable members, const Clock &clock)
    : GuildRights(generation)
    , m_shape(std::move(shape))
    , m_members(std::move(members))
    , m_clock(clock)
{ }

const ChannelRights *GuildSnapshot::channel(ChannelId channel) const
{
    const auto found = m_shape->channels.find(channel);
    return found == m_shape->channels.end() ? nullptr : &found->second;
}

const RoleRights *GuildSnapshot::role(RoleId role) const
{
    const auto found = m_shape->roles.find(role);
    return found == m_shape->roles.end() ? nullptr : &found->second;
}

MemberFacts GuildSnapshot::factsOf(const MemberRecord &member) const
{
    const bool timedOut = member.timedOutUntil && *member.timedOutUntil > m_clock.now();
    return {member.user, member.user == m_shape->owner, member.roles, timedOut};
}

Permissions GuildSnapshot::everyone() const
{
    const RoleRights *base = role(RoleId(m_shape->guild));
    return base ? base->permissions : Permissions::none();
}

Permissions GuildSnapshot::sumOfRoles(const MemberRecord &member) const
{
    Permissions sum;
    for (const RoleId id : member.roles) {
        if (const RoleRights *rights = role(id))
            sum |= rights->permissions;
    }
    return sum;
}

Permissions GuildSnapshot::permissions(UserId user) const
{
    const MemberRecord *record = member(user);
    return record ? guildPermissions(factsOf(*record), everyone(), sumOfRoles(*record))
                  : Permissions::none();
}

Permissions GuildSnapshot::inChannel(const MemberRecord &member, const ChannelRights &channel) const
{
    const ChannelRights *rules = &channel;
    const bool thread = isThread(channel.type);
    if (thread) {
        const auto parent = m_shape->channels.find(channel.parent);
        if (parent == m_shape->channels.end())
            return Permissions::none();
        rules = &parent->second;
    }
    const ChannelFacts facts{rules->overwrites, thread, isVoiceLike(channel.type)};
    return channelPermissions(m_shape->guild, factsOf(member), everyone(), sumOfRoles(member),
                              facts);
}

Permissions GuildSnapshot::permissions(UserId user, ChannelId id) const
{
    const MemberRecord *record = member(user);
    const ChannelRights *rights = channel(id);
    return record && rights ? inChannel(*record, *rights) : Permissions::none();
}

Permissions GuildSnapshot::permissions(UserId user, ChannelType type,
                                       std::span<const Overwrite> overwrites) const
{
    const MemberRecord *record = member(user);
    if (!record)
        return Permissions::none();
    const ChannelFacts facts{overwrites, false, isVoiceLike(type)};
    return channelPermissions(m_shape->guild, factsOf(*record), everyone(), sumOfRoles(*record),
                              facts);
}

Rank GuildSnapshot::rankOf(RoleId id) const
{
    const RoleRights *rights = role(id);
    if (!rights || id == RoleId(m_shape->guild))
        return {};
    return {rights->position, id, false};
}

Rank GuildSnapshot::rank(UserId user) const
{
    Rank highest;
    if (const MemberRecord *record = member(user)) {
        for (const RoleId id : record->roles) {
            const Rank candidate = rankOf(id);
            if (highest.role.isNull() || candidate.isAbove(highest))
                highest = candidate;
        }
    }
    highest.owner = user == m_shape->owner;
    return highest;
}

std::vector<UserId> GuildSnapshot::holders(ChannelId id, Permissions need) const
{
    std::vector<UserId> users;
    const ChannelRights *rights = channel(id);
    if (!rights)
        return users;
    m_members.forEach([&](const MemberRecord &record) {
        if (inChannel(record, *rights).has(need))
            users.push_back(record.user);
    });
    return users;
}

bool GuildSnapshot::mayHear(UserId user, const Audience &audience) const
{
    const MemberRecord *record = member(user);
    if (!record)
        return false;
    if (audience.kind == Audience::Kind::Guild) {
        return audience.need.isEmpty()
            || guildPermissions(factsOf(*record), everyone(), sumOfRoles(*record))
                   .has(audience.need);
    }
    const ChannelRights *rights = channel(audience.channel);
    return rights && inChannel(*record, *rights).has(audience.need);
}

} // namespace guildhall
