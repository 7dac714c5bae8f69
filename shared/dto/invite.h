// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/dto/channel.h"
#include "shared/dto/user.h"

namespace guildhall {

/// The guild as somebody outside sees it on an invite.
struct InviteGuild {
    GuildId id;
    QString name;
    AlwaysNull splash;
    Nullable<QString> banner;
    Nullable<QString> description;
    Nullable<QString> icon;
    std::vector<QString> features;
    int verificationLevel = 0;
    AlwaysNull vanityUrlCode;
    int nsfwLevel = 0;
    bool nsfw = false;
    int premiumSubscriptionCount = 0;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(
            field("id", &InviteGuild::id), field("name", &InviteGuild::name),
            field("splash", &InviteGuild::splash, json::MayBeAbsent{}),
            field("banner", &InviteGuild::banner), field("description", &InviteGuild::description),
            field("icon", &InviteGuild::icon), field("features", &InviteGuild::features),
            field("verification_level", &InviteGuild::verificationLevel),
            field("vanity_url_code", &InviteGuild::vanityUrlCode, json::MayBeAbsent{}),
            field("nsfw_level", &InviteGuild::nsfwLevel), field("nsfw", &InviteGuild::nsfw),
            field("premium_subscription_count", &InviteGuild::premiumSubscriptionCount));
    }
};

struct InviteChannel {
    ChannelId id;
    QString name;
    ChannelType type = ChannelType::Text;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(field("id", &InviteChannel::id), field("name", &InviteChannel::name),
                            field("type", &InviteChannel::type));
    }
};

/// @source api.md 5, "Invite"
struct Invite {
    int type = 0;
    QString code;
    InviteGuild guild;
    GuildId guildId;
    InviteChannel channel;
    std::optional<User> inviter;
    Nullable<Timestamp> expiresAt;
    int flags = 0;
    std::optional<int> approximateMemberCount;
    std::optional<int> approximatePresenceCount;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(field("type", &Invite::type), field("code", &Invite::code),
                            field("guild", &Invite::guild), field("guild_id", &Invite::guildId),
                            field("channel", &Invite::channel), field("inviter", &Invite::inviter),
                            field("expires_at", &Invite::expiresAt), field("flags", &Invite::flags),
                            field("approximate_member_count", &Invite::approximateMemberCount),
                            field("approximate_presence_count", &Invite::approximatePresenceCount));
    }
};

/// An invite with how it is used, for those who manage it.
struct InviteWithMetadata : Invite {
    int uses = 0;
    int maxUses = 0;
    int maxAge = 0; ///< seconds; 0: does not expire
    bool temporary = false;
    Timestamp createdAt;

    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fieldsAfter(Invite::jsonFields(), field("uses", &InviteWithMetadata::uses),
                                 field("max_uses", &InviteWithMetadata::maxUses),
                                 field("max_age", &InviteWithMetadata::maxAge),
                                 field("temporary", &InviteWithMetadata::temporary),
                                 field("created_at", &InviteWithMetadata::createdAt));
    }
};

/// The answer to accepting an invite.
struct AcceptedInvite : Invite {
    bool newMember = false;

    static constexpr auto jsonFields()
    {
        return json::fieldsAfter(Invite::jsonFields(),
                                 json::field("new_member", &AcceptedInvite::newMember));
    }
};

/// POST /channels/{c}/invites; the body may be absent.
struct CreateInvite {
    int maxAge = 86400;
    int maxUses = 0;
    bool temporary = false;
    bool unique = false;

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(field("max_age", &CreateInvite::maxAge, MayBeAbsent{}, Range{0, 604800}),
                      field("max_uses", &CreateInvite::maxUses, MayBeAbsent{}, Range{0, 100}),
                      field("temporary", &CreateInvite::temporary, MayBeAbsent{}),
                      field("unique", &CreateInvite::unique, MayBeAbsent{}));
    }
};

/// Query of GET /invites/{code}.
struct GetInvite {
    bool withCounts = false;
    bool withExpiration = false;

    static constexpr auto jsonFields()
    {
        using namespace json;
        return fields(field("with_counts", &GetInvite::withCounts, MayBeAbsent{}),
                      field("with_expiration", &GetInvite::withExpiration, MayBeAbsent{}));
    }
};

} // namespace guildhall
