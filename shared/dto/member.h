// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/core/timestamp.h"
#include "shared/dto/user.h"
#include "shared/permission/permissions.h"

#include <vector>

namespace guildhall {

/// A membership without the person: what messages carry beside their author.
struct PartialMember {
    Nullable<QString> nick;
    Nullable<QString> avatar;
    AlwaysNull banner;
    std::vector<RoleId> roles; ///< ascending, without @everyone
    Timestamp joinedAt;
    AlwaysNull premiumSince;
    bool deaf = false;
    bool mute = false;
    int flags = 0;
    bool pending = false;
    Nullable<Timestamp> communicationDisabledUntil;

    static constexpr auto jsonFields()
    {
        using json::field;
        using json::MayBeAbsent;
        return json::fields(
            field("nick", &PartialMember::nick), field("avatar", &PartialMember::avatar),
            field("banner", &PartialMember::banner, MayBeAbsent{}),
            field("roles", &PartialMember::roles), field("joined_at", &PartialMember::joinedAt),
            field("premium_since", &PartialMember::premiumSince, MayBeAbsent{}),
            field("deaf", &PartialMember::deaf), field("mute", &PartialMember::mute),
            field("flags", &PartialMember::flags, MayBeAbsent{}),
            field("pending", &PartialMember::pending, MayBeAbsent{}),
            field("communication_disabled_until", &PartialMember::communicationDisabledUntil));
    }
};

/// @source api.md 5, "Member"
struct Member : PartialMember {
    User user;
    std::optional<Permissions>
        permissions; ///< only in interactions and GET /users/@me/guilds/{g}/member

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fieldsAfter(PartialMember::jsonFields(), field("user", &Member::user),
                                 field("permissions", &Member::permissions));
    }
};

/// A member as gateway events carry it.
struct GuildMember : Member {
    GuildId guildId;

    static constexpr auto jsonFields()
    {
        return json::fieldsAfter(Member::jsonFields(),
                                 json::field("guild_id", &GuildMember::guildId));
    }
};

/// PATCH /guilds/{g}/members/{u}; each field asks for a right of its own.
struct ModifyMember {
    Patch<QString> nick;
    Patch<std::vector<RoleId>> roles;
    Patch<bool> mute;
    Patch<bool> deaf;
    Patch<ChannelId> channelId;
    Patch<Timestamp> communicationDisabledUntil;
    Patch<int> flags;

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(
            field("nick", &ModifyMember::nick, Trimmed{}, Length{0, 32}),
            field("roles", &ModifyMember::roles, Items{0, 250}), field("mute", &ModifyMember::mute),
            field("deaf", &ModifyMember::deaf), field("channel_id", &ModifyMember::channelId),
            field("communication_disabled_until", &ModifyMember::communicationDisabledUntil),
            field("flags", &ModifyMember::flags));
    }
};

/// PATCH /guilds/{g}/members/@me and its old alias.
struct ModifyOwnMember {
    Patch<QString> nick;

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(field("nick", &ModifyOwnMember::nick, Trimmed{}, Length{0, 32}));
    }
};

/// Query of GET /guilds/{g}/members.
struct ListMembers {
    int limit = 1;
    UserId after;

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(field("limit", &ListMembers::limit, MayBeAbsent{}, Range{1, 1000}),
                      field("after", &ListMembers::after, MayBeAbsent{}));
    }
};

/// Query of GET /guilds/{g}/members/search.
struct SearchMembers {
    QString query;
    int limit = 1;

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(field("query", &SearchMembers::query, Length{1, 100}),
                      field("limit", &SearchMembers::limit, MayBeAbsent{}, Range{1, 1000}));
    }
};

} // namespace guildhall
