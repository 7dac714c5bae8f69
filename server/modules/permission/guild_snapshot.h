// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/gateway/realtime/audience.h"
#include "server/modules/permission/member_table.h"
#include "shared/dto/channel.h"
#include "shared/permission/resolve.h"

#include <optional>
#include <span>
#include <unordered_map>

namespace guildhall {

class Clock;

/// What a role is good for.
struct RoleRights {
    Permissions permissions;
    int position = 0;
    bool managed = false;
    bool mentionable = false;
};

/// What a channel asks for.
struct ChannelRights {
    ChannelType type = ChannelType::Text;
    ChannelId parent;
    std::vector<Overwrite> overwrites;
    int rateLimitPerUser = 0;
};

/// Owner, roles, channels and members of one guild as they were at one moment: everything that
/// decides what somebody may do, so that no check asks the database. Immutable.
class GuildSnapshot final : public realtime::GuildRights {
public:
    using Roles = std::unordered_map<RoleId, RoleRights>;
    using Channels = std::unordered_map<ChannelId, ChannelRights>;
    struct Shape {
        GuildId guild;
        UserId owner;
        Roles roles;
        Channels channels;
    };

    GuildSnapshot(quint64 generation, std::shared_ptr<const Shape> shape, MemberTable members,
                  const Clock &clock);

    GuildId guild() const { return m_shape->guild; }
    UserId owner() const { return m_shape->owner; }
    const std::shared_ptr<const Shape> &shape() const { return m_shape; }
    const MemberTable &members() const { return m_members; }
    const MemberRecord *member(UserId user) const { return m_members.find(user); }
    const ChannelRights *channel(ChannelId channel) const;
    const RoleRights *role(RoleId role) const;

    /// Rights in the whole guild; nothing for somebody who is no member.
    Permissions permissions(UserId user) const;
    /// Rights in a channel; nothing when it is not visible, or there is no such channel or member.
    Permissions permissions(UserId user, ChannelId channel) const;
    /// The same for a channel of which more is known than is in here: of that type, with these
    /// overwrites. Not for threads.
    Permissions permissions(UserId user, ChannelType type,
                            std::span<const Overwrite> overwrites) const;
    /// Where the member stands in the order of roles.
    Rank rank(UserId user) const;
    Rank rankOf(RoleId role) const;
    /// Members who hold `need` in `channel`. Walks all members.
    std::vector<UserId> holders(ChannelId channel, Permissions need) const;

    bool mayHear(UserId user, const Audience &audience) const override;

private:
    MemberFacts factsOf(const MemberRecord &member) const;
    Permissions sumOfRoles(const MemberRecord &member) const;
    Permissions everyone() const;
    Permissions inChannel(const MemberRecord &member, const ChannelRights &channel) const;

    std::shared_ptr<const Shape> m_shape;
    MemberTable m_members;
    const Clock &m_clock;
};

using GuildSnapshotPtr = std::shared_ptr<const GuildSnapshot>;

} // namespace guildhall
