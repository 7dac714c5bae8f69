// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/infrastructure/events/event.h"
#include "shared/dto/invite.h"
#include "shared/json/codec.h"

namespace guildhall {

/// An invite was made; for those who manage its channel. @source api.md 8.2
struct InviteCreated {
    static constexpr const char *eventName = "INVITE_CREATE";
    GuildId guildId;
    ChannelId channelId;
    QString code;
    std::optional<User> inviter;
    int maxAge = 0; ///< seconds
    int maxUses = 0;
    int uses = 0;
    bool temporary = false;
    int type = 0;
    Timestamp createdAt;
    Nullable<Timestamp> expiresAt;

    Intent intent() const { return Intent::GuildInvites; }
    Audience audience() const
    {
        return Audience::viewers(guildId, channelId,
                                 Permission::ViewChannel | Permission::ManageChannels);
    }
    QByteArray payload(PayloadVariant) const { return json::encode(*this); }
    static constexpr auto jsonFields()
    {
        using json::field;
        using E = InviteCreated;
        return json::fields(field("guild_id", &E::guildId), field("channel_id", &E::channelId),
                            field("code", &E::code), field("inviter", &E::inviter),
                            field("max_age", &E::maxAge), field("max_uses", &E::maxUses),
                            field("uses", &E::uses), field("temporary", &E::temporary),
                            field("type", &E::type), field("created_at", &E::createdAt),
                            field("expires_at", &E::expiresAt));
    }
};

/// An invite was revoked, or used for the last time.
struct InviteDeleted {
    static constexpr const char *eventName = "INVITE_DELETE";
    GuildId guildId;
    ChannelId channelId;
    QString code;

    Intent intent() const { return Intent::GuildInvites; }
    Audience audience() const
    {
        return Audience::viewers(guildId, channelId,
                                 Permission::ViewChannel | Permission::ManageChannels);
    }
    QByteArray payload(PayloadVariant) const { return json::encode(*this); }
    static constexpr auto jsonFields()
    {
        using json::field;
        return json::fields(field("guild_id", &InviteDeleted::guildId),
                            field("channel_id", &InviteDeleted::channelId),
                            field("code", &InviteDeleted::code));
    }
};

} // namespace guildhall
